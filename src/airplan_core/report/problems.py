"""Problems as a clerk reads them: one line for each kind of them, or every one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from airplan_core.errors import Problem, said
from airplan_core.readers.words import word
from airplan_core.visible import visible

if TYPE_CHECKING:
    import polars as pl


def kinds(problems: Iterable[Problem]) -> list[list[Problem]]:
    """The problems by kind, in the order in which they stand: one file, one column, one fault."""
    found: dict[tuple[Any, ...], list[Problem]] = {}
    for one in problems:
        # what is expected may say more in English: why this very cell is not so
        key = (one.file, one.sheet, one.column, one.expected.zh, one.row is None)
        found.setdefault(key, []).append(one)
    return list(found.values())


def problem_lines(
    problems: Iterable[Problem], lang: str = "zh", *, every: bool = False
) -> Iterator[str]:
    """A line for each kind of problem, with how many there are and one of them; or for `every`."""
    for alike in [[one] for one in problems] if every else kinds(problems):
        yield alike[0].text(lang) if len(alike) == 1 else _line(alike, lang)


def _line(alike: list[Problem], lang: str) -> str:
    first = alike[0]
    places = [said(first.file).text(lang)]
    if first.sheet is not None:
        places.append(word("sheet_of", lang, first.sheet))
    if first.column is not None:
        places.append(said(first.column).text(lang))
    what = "cells" if first.column is not None else "rows" if first.row is not None else "places"
    example = [] if first.row is None else [word("row_of", lang, first.row)]
    if first.read is not None:
        example.append(word("read_of", lang, first.read) if first.read else word("blank", lang))
    hints = {one.hint for one in alike}
    hint = "" if first.hint is None else word("hint", lang, first.hint.text(lang))
    such = "".join(example) if lang == "zh" else ", ".join(example)
    if len(hints) > 1:
        such, hint = such + hint, ""
    such = word("such_as", lang, such) if such else ""
    expected = word(f"expected_{what}", lang, len(alike), first.expected.text(lang))
    return visible(f"{' · '.join(places)}{word('colon', lang)}{expected}{such}{hint}")


def problem_table(problems: Iterable[Problem], lang: str = "zh") -> pl.DataFrame:
    """Every problem as a row of texts, under headings in the reader's language."""
    import polars as pl

    heads = [word(head, lang) for head in ("file", "sheet", "row", "column", "read", "expected")]
    rows = [
        (
            said(one.file).text(lang),
            one.sheet,
            one.row,
            None if one.column is None else said(one.column).text(lang),
            one.read,
            one.expected.text(lang),
            None if one.hint is None else one.hint.text(lang),
        )
        for one in problems
    ]
    kinds: list[Any] = [pl.String, pl.String, pl.Int64, *[pl.String] * 4]
    schema = dict(zip([*heads, word("instead", lang)], kinds, strict=True))
    return pl.DataFrame(rows, schema=schema, orient="row")


def problem_record(problem: Problem, lang: str = "zh") -> dict[str, Any]:
    """A problem as a record: its place, what stands there, and its text."""
    return {
        "file": said(problem.file).text(lang),
        "sheet": problem.sheet,
        "row": problem.row,
        "column": None if problem.column is None else said(problem.column).text(lang),
        "read": problem.read,
        "expected": problem.expected.text(lang),
        "hint": None if problem.hint is None else problem.hint.text(lang),
        "problem": problem.text(lang),
    }
