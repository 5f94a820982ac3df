"""The verbs of the command, but for `assess`: each calls the library and prints."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airplan_core.assessment.assessment import Assessment
    from airplan_core.engines.sql.database import Database
    from airplan_core.facts.facts import Facts
    from airplan_core.rulebook.rulebook import Rulebook


CLEAN, SHORTFALL, BAD_INPUT = 0, 1, 2

#: A fault of airplan's own, or of a plugin's (EX_SOFTWARE): it says nothing of the county.
FAULT = 70


def rulebook_of(arguments: argparse.Namespace) -> Rulebook:
    """The rulebook of --config, of the facts' own airplan.toml, or of every installed plugin."""
    from airplan_core.rulebook.building import load_rulebook

    if arguments.config:
        return load_rulebook(arguments.config)
    own = Path(getattr(arguments, "facts", ".")) / "airplan.toml"
    return load_rulebook(own if "facts" in arguments and own.is_file() else None)


@contextlib.contextmanager
def engine_of(arguments: argparse.Namespace, rulebook: Rulebook) -> Iterator[Database | None]:
    """The engine that was asked for, with its options, for as long as it is needed; or None."""
    from airplan_core.errors import AirplanError

    name = arguments.engine
    if arguments.memory and name not in ("duckdb", "spark"):
        raise AirplanError(f"--memory is of --engine duckdb and spark, not of {name}")
    if arguments.database and name not in ("duckdb", "postgres"):
        raise AirplanError(f"--database is of --engine postgres and duckdb, not of {name}")
    if rulebook.database.tables and name == "polars":
        tables = ", ".join(rulebook.database.tables)
        raise AirplanError(
            f"{tables} stand in a database (airplan.toml, [database.tables]); name its engine: "
            "--engine postgres"
        )
    if name == "polars":
        yield None
        return
    from airplan_core.engines.available import connect

    options = {"memory": arguments.memory, "url": arguments.database or rulebook.database.url}
    wanted = {"duckdb": ("memory", "url"), "postgres": ("url",), "spark": ("memory",)}[name]
    engine = connect(name, **{option: options[option] for option in wanted})
    try:
        yield engine
    finally:
        engine.close()


def facts_of(
    arguments: argparse.Namespace, rulebook: Rulebook, engine: Database | None = None
) -> Facts:
    """The facts, with a progress bar where someone watches."""
    from airplan_core.facts.reading import read_facts

    if engine is not None:
        from airplan_core.engines.sql.reading import read_with

        return read_with(engine, arguments.facts, rulebook)
    if not sys.stderr.isatty():
        return read_facts(arguments.facts, rulebook)
    from rich.console import Console
    from rich.progress import Progress

    from airplan_core.readers.words import word

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(word("progress", arguments.lang), total=None)

        def tell(file: str) -> None:
            progress.update(task, description=f"{word('progress', arguments.lang)} {file}")

        return read_facts(arguments.facts, rulebook, tell)


def day_of(arguments: argparse.Namespace) -> Any:
    """The day that --as-of names, or today."""
    import datetime as dt

    from airplan_core.errors import AirplanError
    from airplan_core.quantities.dates import to_day

    if arguments.as_of is None:
        return dt.date.today()
    try:
        return to_day(arguments.as_of)
    except ValueError as error:
        raise AirplanError(f"--as-of: {error}") from None


def sql(arguments: argparse.Namespace) -> int:
    """Print the query that holds a ledger against one rule."""
    from airplan_core.engines.available import needs

    needs("duckdb", "sqlglot")
    from airplan_core.handbook.query import query_text

    rulebook = rulebook_of(arguments)
    rule, day = rulebook.rule(arguments.rule), day_of(arguments)
    print(query_text(rulebook, rule, day, arguments.dialect, arguments.lang))
    return CLEAN


def outlook(arguments: argparse.Namespace) -> int:
    """Say what the rest of a running period must bring."""
    from airplan_core.assessment.assess import assess
    from airplan_core.errors import AirplanError

    if arguments.format == "png" and not arguments.out:
        raise AirplanError("a PNG is no text; name a file: --out outlook.png")
    rulebook = rulebook_of(arguments)
    day = day_of(arguments)
    with engine_of(arguments, rulebook) as engine:
        facts = facts_of(arguments, rulebook, engine)
        return _put_outlook(arguments, assess(rulebook, facts, day, engine))


def _put_outlook(arguments: argparse.Namespace, assessment: Assessment) -> int:
    """Print, draw or write the outlook of an assessment."""
    import shutil

    from airplan_core.assessment.outlook import outlook
    from airplan_core.report import outlook as report

    found = outlook(assessment)
    if arguments.format in ("svg", "png"):
        from airplan_core.report.charts import chart

        drawn, notes = chart(assessment, found, arguments.format, arguments.lang)
        if arguments.out:
            Path(arguments.out).write_bytes(drawn)
        else:
            sys.stdout.write(drawn.decode())
        for note in notes:
            print(f"airplan: {note}", file=sys.stderr)
    elif arguments.format == "json":
        put(arguments.out, report.outlook_json(assessment, found) + "\n")
    else:
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = report.outlook_text(assessment, found, arguments.lang, width, color=shown)
        put(arguments.out, page)
    if told_set_aside(assessment.facts):
        return BAD_INPUT
    return SHORTFALL if any(one.attainable is False for one in found) else CLEAN


def told_set_aside(facts: Facts, limit: int = 30) -> bool:
    """Tell what could not be read, on stderr; whether there is any such thing."""
    for problem in facts.faults[:limit]:
        print(f"airplan: {problem}", file=sys.stderr)
    return bool(facts.faults)


def explain(arguments: argparse.Namespace) -> int:
    """Say why a subject stands to a rule as it does."""
    from airplan_core.assessment.assess import assess
    from airplan_core.assessment.explanation import explanation_text
    from airplan_core.report.data import explanation_json

    rulebook = rulebook_of(arguments)
    rulebook.rule(arguments.rule)  # a misspelt rule is told before anything is read
    with engine_of(arguments, rulebook) as engine:
        facts = facts_of(arguments, rulebook, engine)
        assessment = assess(rulebook, facts, day_of(arguments), engine)
        explanation = assessment.explain(arguments.rule, arguments.subject)
    as_json = arguments.format == "json"
    print(
        explanation_json(explanation) if as_json else explanation_text(explanation, arguments.lang)
    )
    return CLEAN


def rules(arguments: argparse.Namespace) -> int:
    """List the rules in force."""
    from airplan_core.handbook.listing import rules_json, rules_text

    rulebook = rulebook_of(arguments)
    write = rules_json if arguments.format == "json" else rules_text
    print(write(rulebook, arguments.campaign, arguments.lang))
    return CLEAN


def clauses(arguments: argparse.Namespace) -> int:
    """List every sentence and how it is covered."""
    from airplan_core.handbook.listing import clauses_json, clauses_text

    write = clauses_json if arguments.format == "json" else clauses_text
    print(write(rulebook_of(arguments), arguments.lang))
    return CLEAN


def schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of all ledgers."""
    from airplan_core.handbook.schema import json_schema
    from airplan_core.report.data import dump_json

    put(arguments.out, dump_json(json_schema(rulebook_of(arguments).entities)) + "\n")
    return CLEAN


def template(arguments: argparse.Namespace) -> int:
    """Write empty ledgers to fill in."""
    from airplan_core.handbook.templates import write_templates

    rulebook = rulebook_of(arguments)
    for path in write_templates(
        arguments.folder, rulebook.entities, arguments.format, arguments.ledger, arguments.lang
    ):
        print(path)
    return CLEAN


def put(out: str | None, text: str, mark: str = "") -> None:
    """Print, or write a file; `mark` begins a file."""
    if out is None:
        sys.stdout.write(text)
    else:
        Path(out).write_text(mark + text, encoding="utf-8", newline="")
