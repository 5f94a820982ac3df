"""What the command understands: its verbs, their options, and errors that name the nearest word."""

from __future__ import annotations

import argparse
import difflib
from typing import Any, NoReturn

from airplan_core.cli.assess import assess
from airplan_core.cli.verbs import (
    BAD_INPUT,
    clauses,
    explain,
    outlook,
    rules,
    schema,
    sql,
    template,
)


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


def _count(written: str) -> int:
    if not written.isdecimal():
        raise argparse.ArgumentTypeError(f"{written!r} is no number of entries; write 0 or more")
    return int(written)


def parser() -> _Parser:
    """The parser of the command line."""
    parser = _Parser(
        prog="airplan",
        description="Hold a county's ledgers against every sentence of its air-quality plan.",
        epilog="Exit status: 0 clean, 1 something falls short, 2 bad input, 70 a fault of "
        "airplan's own, or a plugin's.",
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

    one = command("assess", assess, "hold every row against every sentence on a date")
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
    one.add_argument("--limit", type=_count, default=30, help="entries in each list of the text")
    _engines(one)
    one.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="counties of a province at one time"
    )

    one = command("sql", sql, "print the query that holds a ledger against one rule")
    one.add_argument("rule", metavar="RULE")
    one.add_argument("--dialect", choices=("duckdb", "postgres", "spark"), default="duckdb")
    one.add_argument("--as-of", metavar="DATE", help="the day of assessment; today by default")

    one = command("outlook", outlook, "say what the rest of a running period must bring")
    one.add_argument("facts", metavar="FACTS", help="a folder of ledgers")
    one.add_argument("--as-of", metavar="DATE", help="the day of the outlook; today by default")
    one.add_argument("--format", choices=("text", "json", "svg", "png"), default="text")
    one.add_argument("--out", metavar="FILE", help="write there instead of printing")
    _engines(one)

    one = command("explain", explain, "say why a subject stands to a rule as it does")
    one.add_argument("rule", metavar="RULE")
    one.add_argument("subject", metavar="SUBJECT")
    one.add_argument("facts", metavar="FACTS", help="a folder of ledgers")
    one.add_argument("--as-of", metavar="DATE", help="the day of assessment; today by default")
    one.add_argument("--format", choices=("text", "json"), default="text")
    _engines(one)

    one = command("rules", rules, "list the rules in force")
    one.add_argument("--campaign", metavar="NAME", help="only the rules of one campaign")
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command("clauses", clauses, "list every sentence and how it is covered")
    one.add_argument("--format", choices=("text", "json"), default="text")

    one = command("schema", schema, "print the JSON Schema of all ledgers")
    one.add_argument("--out", metavar="FILE", help="write there instead of printing")

    one = command("template", template, "write empty ledgers to fill in")
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
