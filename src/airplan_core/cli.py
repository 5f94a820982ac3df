"""The command `airplan`: it parses, calls the library, prints, and turns errors into one line."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from airplan_core.engines import Engine
    from airplan_core.facts import Facts
    from airplan_core.rulebook import Rulebook

CLEAN, SHORTFALL, BAD_INPUT = 0, 1, 2


def run() -> int:
    """The command as a process of its own: `main`, with what a short process can do without."""
    # nearly all that it makes lives until its end: looking for garbage finds none, then or before
    gc.set_threshold(100_000, 20, 100)
    code = main()
    gc.freeze()
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 clean, 1 something falls short, 2 bad input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(argv)
    from airplan_core.errors import AirplanError

    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except AirplanError as error:
        for line in str(error).splitlines():
            print(f"airplan: {line}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # the reader has seen enough; what is buffered has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        print(f"airplan: {error.filename}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the nearest right word."""

    def error(self, message: str) -> NoReturn:
        # the word that was not understood stands in quotes, or behind "unrecognized arguments:"
        wrong = message.split("'")[1:2] or message.partition("arguments: ")[2].split()
        for word in wrong[:1]:
            near = difflib.get_close_matches(word.partition("=")[0], _words(self), n=1)
            if near:
                message += f"; did you mean {near[0]!r}?"
        self.exit(BAD_INPUT, f"airplan: {message}\n")


def _words(parser: argparse.ArgumentParser) -> list[str]:
    """Every option and choice that a parser or one of its commands understands."""
    found = list(parser._option_string_actions)
    for action in parser._actions:
        found += map(str, action.choices or ())
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                found += _words(command)
    return found


def _parser() -> _Parser:
    parser = _Parser(
        prog="airplan",
        description="Hold a county's ledgers against every sentence of its air-quality plan.",
        epilog="Exit status: 0 clean, 1 something falls short, 2 bad input.",
        allow_abbrev=False,
    )
    from airplan_core import __version__

    parser.add_argument("--version", action="version", version=f"airplan {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=_Parser
    )

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        found.set_defaults(run=run)
        found.add_argument("--config", metavar="TOML", help="a county's airplan.toml")
        found.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh by default")
        return found

    one = command("assess", _assess, "hold every row against every sentence on a date")
    one.add_argument("facts", metavar="FACTS", help="a folder of ledgers")
    one.add_argument("--as-of", metavar="DATE", help="the day of assessment; today by default")
    one.add_argument(
        "--format", choices=("text", "json", "csv", "parquet", "outcomes"), default="text",
        help="outcomes: who stands how, as Parquet that the engine itself writes into --out DIR",
    )  # fmt: skip
    one.add_argument("--out", metavar="FILE", help="write there instead of printing")
    one.add_argument("--outcome", action="append", metavar="NAME", help="only such verdicts")
    one.add_argument("--department", metavar="NAME", help="only what is this department's")
    one.add_argument(
        "--all-metrics", action="store_true", help="also those that no rule reads, in the text"
    )
    one.add_argument(
        "--by-department", action="store_true", help="each department's list of what falls short"
    )
    one.add_argument("--limit", type=int, default=30, help="entries in each list of the text")
    _engines(one)
    one.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="counties of a province at one time"
    )

    one = command("sql", _sql, "print the query that holds a ledger against one rule")
    one.add_argument("rule", metavar="RULE")
    one.add_argument("--dialect", choices=("duckdb", "postgres", "spark"), default="duckdb")
    one.add_argument("--as-of", metavar="DATE", help="the day of assessment; today by default")

    one = command("outlook", _outlook, "say what the rest of a running period must bring")
    one.add_argument("facts", metavar="FACTS", help="a folder of ledgers")
    one.add_argument("--as-of", metavar="DATE", help="the day of the outlook; today by default")
    one.add_argument("--format", choices=("text", "json", "svg", "png"), default="text")
    one.add_argument("--out", metavar="FILE", help="write there instead of printing")

    one = command("explain", _explain, "say why a subject stands to a rule as it does")
    one.add_argument("rule", metavar="RULE")
    one.add_argument("subject", metavar="SUBJECT")
    one.add_argument("facts", metavar="FACTS", help="a folder of ledgers")
    one.add_argument("--as-of", metavar="DATE", help="the day of assessment; today by default")
    one.add_argument("--format", choices=("text", "json"), default="text")

    _engines(one)

    one = command("rules", _rules, "list the rules in force")
    one.add_argument("--campaign", metavar="NAME", help="only the rules of one campaign")
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command("clauses", _clauses, "list every sentence and how it is covered")
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command("schema", _schema, "print the JSON Schema of all ledgers")
    one.add_argument("--out", metavar="FILE", help="write there instead of printing")

    one = command("template", _template, "write empty ledgers to fill in")
    one.add_argument("folder", metavar="DIR")
    one.add_argument("--format", choices=("csv", "xlsx"), default="xlsx")
    one.add_argument("--ledger", action="append", metavar="NAME", help="only this ledger")
    return parser


def _engines(command: argparse.ArgumentParser) -> None:
    """The options that say where the rules run."""
    command.add_argument(
        "--engine", choices=("polars", "duckdb", "spark", "postgres"), default="polars",
        help="where the rules run: in this process, or where large ledgers stand",
    )  # fmt: skip
    command.add_argument("--memory", metavar="SIZE", help="of DuckDB and local Spark, such as 1GiB")
    command.add_argument(
        "--database", metavar="URL", help="postgresql://host/name, or a file of DuckDB's"
    )


def _rulebook(arguments: argparse.Namespace) -> Rulebook:
    """The rulebook of --config, of the facts' own airplan.toml, or of every installed plugin."""
    from airplan_core.rulebook import load_rulebook

    if arguments.config:
        return load_rulebook(arguments.config)
    own = Path(getattr(arguments, "facts", ".")) / "airplan.toml"
    return load_rulebook(own if "facts" in arguments and own.is_file() else None)


@contextlib.contextmanager
def _engine(arguments: argparse.Namespace, rulebook: Rulebook) -> Iterator[Engine | None]:
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
    from airplan_core.engines import connect

    options = {"memory": arguments.memory, "url": arguments.database or rulebook.database.url}
    wanted = {"duckdb": ("memory", "url"), "postgres": ("url",), "spark": ("memory",)}[name]
    engine = connect(name, **{option: options[option] for option in wanted})
    try:
        yield engine
    finally:
        engine.close()


def _facts(
    arguments: argparse.Namespace, rulebook: Rulebook, engine: Engine | None = None
) -> Facts:
    """The facts, with a progress bar where someone watches."""
    from airplan_core.reading import read_facts

    if engine is not None:
        from airplan_core.scan import read_with

        return read_with(engine, arguments.facts, rulebook)
    if not sys.stderr.isatty():
        return read_facts(arguments.facts, rulebook)
    from rich.console import Console
    from rich.progress import Progress

    from airplan_core.report.words import word

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(word("progress", arguments.lang), total=None)

        def tell(file: str) -> None:
            progress.update(task, description=f"{word('progress', arguments.lang)} {file}")

        return read_facts(arguments.facts, rulebook, tell)


def _day(arguments: argparse.Namespace) -> Any:
    import datetime as dt

    from airplan_core.dates import to_day
    from airplan_core.errors import AirplanError

    if arguments.as_of is None:
        return dt.date.today()
    try:
        return to_day(arguments.as_of)
    except ValueError as error:
        raise AirplanError(f"--as-of: {error}") from None


def _assess(arguments: argparse.Namespace) -> int:
    from airplan_core.errors import AirplanError, nearest
    from airplan_core.standings import named_by

    day = _day(arguments)
    if arguments.format == "parquet" and not arguments.out:
        raise AirplanError("parquet is no text; name a file: --out verdicts.parquet")
    if arguments.format == "outcomes" and (not arguments.out or arguments.department):
        raise AirplanError("outcomes are all departments'; name a new folder for them: --out DIR")
    wanted = [name.upper() for name in arguments.outcome or ()]
    named_by(wanted)
    if _is_province(arguments):
        return _assess_province(arguments, day, wanted)
    if arguments.jobs != 1:
        raise AirplanError("--jobs is of a folder of county folders; this is one county")
    rulebook = _rulebook(arguments)
    known = {name for clause in rulebook.clauses.values() for name in clause.departments}
    if arguments.department is not None and arguments.department not in known:
        raise AirplanError(
            f"no department is called {arguments.department!r}; "
            f"{nearest(arguments.department, known)}"
        )
    with _engine(arguments, rulebook) as engine:
        return _report(arguments, rulebook, day, wanted, engine)


def _report(
    arguments: argparse.Namespace,
    rulebook: Rulebook,
    day: Any,
    wanted: list[str],
    engine: Engine | None,
) -> int:
    """Assess one county, and print or write what was asked for."""
    import shutil

    import polars as pl

    from airplan_core.assessment import assess
    from airplan_core.report import data, text
    from airplan_core.verdict import NAMES

    facts = _facts(arguments, rulebook, engine)
    assessment = assess(rulebook, facts, day, engine)
    only = pl.lit(value=True)
    if wanted:
        only = only & pl.col("outcome").is_in(wanted)
    if arguments.department is not None:
        only = only & pl.col("departments").list.contains(arguments.department)
    chosen = bool(wanted) or arguments.department is not None
    if arguments.format == "text":
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = text.assessment_text(
            assessment,
            arguments.lang,
            arguments.limit,
            width,
            color=shown,
            only=only if chosen else None,
            all_metrics=arguments.all_metrics,
            by_department=arguments.by_department,
        )
        _put(arguments.out, page)
    elif arguments.format == "outcomes":
        assessment.write_outcomes(arguments.out, wanted or NAMES)
    else:
        verdicts = assessment.select(*(wanted or NAMES)).filter(only)
        if arguments.format == "parquet":
            verdicts.write_parquet(arguments.out)
        elif arguments.format == "csv":
            # a spreadsheet knows UTF-8 by its mark
            _put(arguments.out, data.verdicts_csv(verdicts), mark="\ufeff")
        else:
            _put(arguments.out, data.assessment_json(assessment, verdicts) + "\n")
    if _told_set_aside(facts, arguments.limit):
        return BAD_INPUT
    return CLEAN if assessment.clean else SHORTFALL


def _is_province(arguments: argparse.Namespace) -> bool:
    from airplan_core.province import county_folders

    return arguments.config is None and bool(county_folders(arguments.facts))


def _assess_province(arguments: argparse.Namespace, day: Any, wanted: list[str]) -> int:
    import shutil

    import polars as pl

    from airplan_core.errors import AirplanError
    from airplan_core.province import assess_province
    from airplan_core.report import data, province as report
    from airplan_core.verdict import SHORT, Outcome

    if arguments.format == "outcomes":
        raise AirplanError("--format outcomes is of one county: name its folder")
    if arguments.department or arguments.by_department or arguments.all_metrics:
        raise AirplanError(
            "--department, --by-department and --all-metrics are of one county: name its folder"
        )
    engine = {"name": arguments.engine, "memory": arguments.memory, "url": arguments.database}
    engine = {key: value for key, value in engine.items() if value is not None}
    text = arguments.format == "text"
    short = [name for name in Outcome.__members__ if Outcome[name] & SHORT]
    found = assess_province(
        arguments.facts,
        day,
        jobs=arguments.jobs,
        outcomes=wanted or (short if text else ()),
        engine=None if arguments.engine == "polars" else engine,
    )
    if text:
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = report.province_text(found, arguments.lang, arguments.limit, width, color=shown)
        _put(arguments.out, page)
    elif arguments.format == "parquet":
        found.verdicts.write_parquet(arguments.out)
    elif arguments.format == "csv":
        _put(arguments.out, data.verdicts_csv(found.verdicts.cast({"county": pl.String})), "\ufeff")
    else:
        _put(arguments.out, report.province_json(found) + "\n")
    for one in found.counties:
        for line in (*one.error.splitlines(), *one.set_aside):
            print(f"airplan: {one.county}: {line}", file=sys.stderr)
    if found.failed or any(one.set_aside for one in found.counties):
        return BAD_INPUT
    return CLEAN if found.clean else SHORTFALL


def _sql(arguments: argparse.Namespace) -> int:
    from airplan_core.engines import needs

    needs("duckdb", "sqlglot")
    from airplan_core.report.query import query_text

    rulebook = _rulebook(arguments)
    rule, day = rulebook.rule(arguments.rule), _day(arguments)
    print(query_text(rulebook, rule, day, arguments.dialect, arguments.lang))
    return CLEAN


def _outlook(arguments: argparse.Namespace) -> int:
    import shutil

    from airplan_core.assessment import assess
    from airplan_core.errors import AirplanError
    from airplan_core.outlook import outlook
    from airplan_core.report import outlook as report

    if arguments.format == "png" and not arguments.out:
        raise AirplanError("a PNG is no text; name a file: --out outlook.png")
    rulebook = _rulebook(arguments)
    day = _day(arguments)
    facts = _facts(arguments, rulebook)
    assessment = assess(rulebook, facts, day)
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
        _put(arguments.out, report.outlook_json(assessment, found) + "\n")
    else:
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = report.outlook_text(assessment, found, arguments.lang, width, color=shown)
        _put(arguments.out, page)
    if _told_set_aside(facts):
        return BAD_INPUT
    return SHORTFALL if any(one.attainable is False for one in found) else CLEAN


def _told_set_aside(facts: Facts, limit: int = 30) -> bool:
    """Tell which rows could not be read, on stderr; whether there are any."""
    if not facts.set_aside:
        return False
    print(
        f"airplan: {len(facts.set_aside)} rows were set aside, and the result is without them:",
        file=sys.stderr,
    )
    for row in facts.set_aside[:limit]:
        for problem in row.problems:
            print(f"airplan: {problem}", file=sys.stderr)
    return True


def _explain(arguments: argparse.Namespace) -> int:
    from airplan_core.assessment import assess
    from airplan_core.report.data import explanation_json
    from airplan_core.report.text import explanation_text

    rulebook = _rulebook(arguments)
    rulebook.rule(arguments.rule)  # a misspelt rule is told before anything is read
    with _engine(arguments, rulebook) as engine:
        facts = _facts(arguments, rulebook, engine)
        assessment = assess(rulebook, facts, _day(arguments), engine)
        explanation = assessment.explain(arguments.rule, arguments.subject)
    as_json = arguments.format == "json"
    print(
        explanation_json(explanation) if as_json else explanation_text(explanation, arguments.lang)
    )
    return CLEAN


def _rules(arguments: argparse.Namespace) -> int:
    from airplan_core.report.listing import rules_json, rules_text

    rulebook = _rulebook(arguments)
    write = rules_json if arguments.format == "json" else rules_text
    print(write(rulebook, arguments.campaign, arguments.lang))
    return CLEAN


def _clauses(arguments: argparse.Namespace) -> int:
    from airplan_core.report.listing import clauses_json, clauses_text

    write = clauses_json if arguments.format == "json" else clauses_text
    print(write(_rulebook(arguments), arguments.lang))
    return CLEAN


def _schema(arguments: argparse.Namespace) -> int:
    from airplan_core.report.data import dump_json
    from airplan_core.schema import json_schema

    _put(arguments.out, dump_json(json_schema(_rulebook(arguments).entities)) + "\n")
    return CLEAN


def _template(arguments: argparse.Namespace) -> int:
    from airplan_core.templates import write_templates

    rulebook = _rulebook(arguments)
    for path in write_templates(
        arguments.folder, rulebook.entities, arguments.format, arguments.ledger, arguments.lang
    ):
        print(path)
    return CLEAN


def _put(out: str | None, text: str, mark: str = "") -> None:
    """Print, or write a file; `mark` begins a file."""
    if out is None:
        sys.stdout.write(text)
    else:
        Path(out).write_text(mark + text, encoding="utf-8", newline="")


if __name__ == "__main__":
    sys.exit(main())
