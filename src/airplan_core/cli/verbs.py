"""The verbs of the command, but for `assess`: each calls the library and prints."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airplan_core.cli.output import LINES, put, tell, tell_problems
from airplan_core.cli.places import format_of, guard

if TYPE_CHECKING:
    from airplan_core.assessment.assessment import Assessment
    from airplan_core.engines.sql.database import Database
    from airplan_core.facts.facts import Facts
    from airplan_core.rulebook.rulebook import Rulebook


#: The verbs of the command's own; a plugin adds no command of such a name.
VERBS = (
    "check",
    "assess",
    "explain",
    "outlook",
    "sql",
    "rules",
    "clauses",
    "pages",
    "schema",
    "template",
)

CLEAN, SHORTFALL, BAD_INPUT = 0, 1, 2

#: A fault of airplan's own, or of a plugin's: it says nothing of the county.
FAULT = 3

#: What a shell calls a command that was interrupted.
INTERRUPTED = 130


def rulebook_of(arguments: argparse.Namespace) -> Rulebook:
    """The rulebook of --config, of the facts' own airplan.toml, or of every installed plugin."""
    from airplan_core.rulebook.building import load_rulebook

    return load_rulebook(config_of(arguments))


def config_of(arguments: argparse.Namespace) -> str | None:
    """The configuration that --config names, or the facts' own."""
    if arguments.config is not None or "facts" not in arguments:
        given: str | None = arguments.config
        return given
    own = Path(arguments.facts) / "airplan.toml"
    return str(own) if os.path.lexists(own) else None


def guarded(arguments: argparse.Namespace, rulebook: Rulebook) -> None:
    """See that --out is not written over what the command reads: see `guard`."""
    if arguments.out is None:
        return
    from airplan_core.model.entity import ledger_of

    names = {name for entity in rulebook.entities for name in ledger_of(entity).names}
    read = (config_of(arguments), getattr(arguments, "database", None))
    guard(arguments.out, getattr(arguments, "facts", None), read, names)


@contextlib.contextmanager
def engine_of(arguments: argparse.Namespace, rulebook: Rulebook) -> Iterator[Database | None]:
    """The engine that was asked for, with its options, for as long as it is needed; or None."""
    from airplan_core.errors import AirplanError

    name = arguments.engine
    if arguments.memory and name not in ("duckdb", "spark"):
        raise AirplanError(
            f"--memory is of --engine duckdb and spark, not of {name}",
            f"--memory 只用于 --engine duckdb 和 spark，不用于 {name}",
        )
    if arguments.database and name not in ("duckdb", "postgres"):
        raise AirplanError(
            f"--database is of --engine postgres and duckdb, not of {name}",
            f"--database 只用于 --engine postgres 和 duckdb，不用于 {name}",
        )
    if rulebook.database.tables and name == "polars":
        tables = rulebook.database.tables
        raise AirplanError(
            f"{', '.join(tables)} stand in a database (airplan.toml, [database.tables]); name its "
            "engine: --engine postgres",
            f"{'、'.join(tables)} 在数据库里（见 airplan.toml 的 [database.tables]）；"
            "写明引擎：--engine postgres",
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
    watched = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if not watched:
        return read_facts(arguments.facts, rulebook)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from airplan_core.readers.words import word
    from airplan_core.visible import visible

    reading = word("progress", arguments.lang)
    text = TextColumn("{task.description}", markup=False)
    with Progress(text, BarColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(reading, total=None)

        def tell_file(file: str) -> None:
            progress.update(task, description=visible(f"{reading} {file}"))

        return read_facts(arguments.facts, rulebook, tell_file)


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
        written = arguments.as_of
        raise AirplanError(
            f"--as-of: {error}", f"--as-of：“{written}”不是能用的日期；写成 2024-10-31"
        ) from None


def sql(arguments: argparse.Namespace) -> int:
    """Print the query that holds a ledger against one rule."""
    from airplan_core.engines.available import needs

    needs("duckdb", "sqlglot")
    from airplan_core.handbook.query import query_text

    rulebook = rulebook_of(arguments)
    rule, day = rulebook.rule(arguments.rule), day_of(arguments)
    put(None, query_text(rulebook, rule, day, arguments.dialect, arguments.lang) + "\n")
    return CLEAN


def outlook(arguments: argparse.Namespace) -> int:
    """Say what the rest of a running period must bring."""
    from airplan_core.assessment.assess import assess
    from airplan_core.errors import AirplanError

    endings = {".json": "json", ".svg": "svg", ".png": "png", ".txt": "text"}
    arguments.format = format_of(arguments, endings)
    if arguments.format == "png" and not arguments.out:
        raise AirplanError(
            "a PNG is no text; name a file: --out outlook.png",
            "PNG 不能显示为文字；写明文件：--out 展望.png",
        )
    rulebook = rulebook_of(arguments)
    guarded(arguments, rulebook)
    day = day_of(arguments)
    with engine_of(arguments, rulebook) as engine:
        facts = facts_of(arguments, rulebook, engine)
        return _put_outlook(arguments, assess(rulebook, facts, day, engine))


def _put_outlook(arguments: argparse.Namespace, assessment: Assessment) -> int:
    """Print, draw or write the outlook of an assessment."""
    from airplan_core.assessment.outlook import outlook
    from airplan_core.report import outlook as report

    found, lang = outlook(assessment), arguments.lang
    if arguments.format in ("svg", "png"):
        from airplan_core.report.charts import chart
        from airplan_core.report.writing import write_bytes

        drawn, notes = chart(assessment, found, arguments.format, lang)
        if arguments.out:
            write_bytes(arguments.out, drawn)
        else:
            put(None, drawn.decode())
        for note in notes:
            tell(note.text(lang))
    elif arguments.format == "json":
        put(arguments.out, report.outlook_json(assessment, found, lang) + "\n")
    else:
        width, color = page_of(arguments)
        put(arguments.out, report.outlook_text(assessment, found, lang, width, color=color))
    if told_set_aside(arguments, assessment.facts):
        return BAD_INPUT
    return SHORTFALL if any(one.attainable is False for one in found) else CLEAN


def page_of(arguments: argparse.Namespace) -> tuple[int, bool]:
    """How wide a page is that is printed or written, and whether in colour."""
    from airplan_core.report.page import WIDTH, coloured, columns

    if arguments.out is not None:
        return WIDTH, False
    return columns(sys.stdout), coloured(sys.stdout)


def told_set_aside(arguments: argparse.Namespace, facts: Facts, limit: int = LINES) -> bool:
    """Tell what could not be read, on stderr; whether there is any such thing."""
    tell_problems(facts.faults, arguments.lang, every=arguments.all, limit=limit)
    return bool(facts.faults)


def explain(arguments: argparse.Namespace) -> int:
    """Say why a subject stands to a rule, or to the rules of a clause, as it does."""
    from airplan_core.assessment.assess import assess
    from airplan_core.assessment.explanation import explanation_text
    from airplan_core.cli.named import rules_of, subject_of
    from airplan_core.report.data import explanation_json
    from airplan_core.visible import visible

    rulebook, day = rulebook_of(arguments), day_of(arguments)
    meant = rules_of(arguments.rule, rulebook)  # a misspelt rule is told before anything is read
    with engine_of(arguments, rulebook) as engine:
        facts = facts_of(arguments, rulebook, engine)
        assessment = assess(rulebook, facts, day, engine)
        explanations = [
            assessment.explain(rule.id, subject)
            for rule, subject in subject_of(arguments.subject, meant, assessment)
        ]
    if arguments.format == "json":
        put(None, explanation_json(explanations) + "\n")
    else:
        pages = "\n\n".join(explanation_text(one, arguments.lang) for one in explanations)
        put(None, visible(pages, keep="\n") + "\n")
    return BAD_INPUT if told_set_aside(arguments, facts) else CLEAN


def rules(arguments: argparse.Namespace) -> int:
    """List the rules in force."""
    from airplan_core.handbook.listing import rules_json, rules_text

    rulebook = rulebook_of(arguments)
    write = rules_json if arguments.format == "json" else rules_text
    put(None, write(rulebook, arguments.campaign, arguments.lang) + "\n")
    return CLEAN


def clauses(arguments: argparse.Namespace) -> int:
    """List every sentence and how it is covered."""
    from airplan_core.handbook.listing import clauses_json, clauses_text

    write = clauses_json if arguments.format == "json" else clauses_text
    put(None, write(rulebook_of(arguments), arguments.lang) + "\n")
    return CLEAN


def pages(arguments: argparse.Namespace) -> int:
    """Write the pages of the rules, the ledgers and the clauses."""
    from airplan_core.handbook.pages import write_pages
    from airplan_core.visible import visible

    for path in write_pages(rulebook_of(arguments), arguments.folder):
        put(None, visible(str(path)) + "\n")
    return CLEAN


def schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of all ledgers."""
    from airplan_core.handbook.schema import json_schema
    from airplan_core.report.data import dump_json

    rulebook = rulebook_of(arguments)
    guarded(arguments, rulebook)
    put(arguments.out, dump_json(json_schema(rulebook.entities)) + "\n")
    return CLEAN


def template(arguments: argparse.Namespace) -> int:
    """Write empty ledgers to fill in."""
    from airplan_core.handbook.templates import write_templates
    from airplan_core.visible import visible

    rulebook = rulebook_of(arguments)
    for path in write_templates(
        arguments.folder, rulebook.entities, arguments.format, arguments.ledger, arguments.lang
    ):
        put(None, visible(str(path)) + "\n")
    return CLEAN
