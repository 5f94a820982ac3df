"""XLSX and XLSM: calamine reads the values, one look at the XML what calamine does not tell.

It tells no number formats, errors, formulas without a value, nor which rows are hidden or struck.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from xml.parsers import expat

import attrs

from airplan_core.facts.formats import zipped
from airplan_core.facts.formats.looks import BUILT_IN, EPOCH, EPOCH_1904, Look, look, plain
from airplan_core.facts.formats.pages import MOST_CELLS, Page
from airplan_core.facts.grid import letters


@attrs.frozen
class Book:
    """An opened workbook: its sheets by name, each with its part and whether it is visible."""

    file: str
    parts: zipfile.ZipFile
    values: Any
    sheets: Mapping[str, tuple[str, bool]]
    looks: tuple[Look | None, ...]
    struck: frozenset[int]

    def page(self, sheet: str) -> Page:
        """What stands in a sheet."""
        part, _ = self.sheets[sheet]
        seen = _look_at(self, part)
        if seen.rows * seen.columns > MOST_CELLS:
            raise zipped.too_far(self.file, sheet, f"{letters(seen.columns - 1)}{seen.rows}")
        with _calamine(self.file):
            found = self.values.get_sheet_by_name(sheet)
            values = found.to_python(skip_empty_area=False)
            merged = found.merged_cell_ranges or ()
        return Page(
            lines=_lines(values, seen, self.looks),
            hidden=seen.hidden,
            struck=sorted(seen.struck),
            merged=[(top + 1, end + 1, left, right) for (top, left), (end, right) in merged],
        )


@contextmanager
def _calamine(file: str) -> Iterator[None]:
    """What goes wrong in calamine is said of the file; a panic of it is no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise zipped.damaged(file, str(error)) from None


def book(path: Any, file: str, parts: zipfile.ZipFile) -> Book:
    """The workbook in a zip."""
    import python_calamine

    main, related = _related(parts, "", "officeDocument", file)
    root = zipped.tree(parts, main, file)
    settings = root.find("{*}workbookPr")
    old = settings is not None and settings.get("date1904") in ("1", "true")
    sheets = {}
    for one in root.iterfind("{*}sheets/{*}sheet"):
        id = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
        part, kind = related.get(id, ("", ""))
        if kind.endswith("/worksheet"):
            sheets[one.get("name", "")] = part, one.get("state", "visible") == "visible"
    styles = next((part for part, kind in related.values() if kind.endswith("/styles")), None)
    looks, struck = _styles(parts, styles, file, EPOCH_1904 if old else EPOCH)
    with _calamine(file):
        values = python_calamine.CalamineWorkbook.from_path(path)
        if missing := set(sheets) - set(values.sheet_names):
            raise ValueError(f"no sheet {min(missing)}")
    return Book(file=file, parts=parts, values=values, sheets=sheets, looks=looks, struck=struck)


def _related(
    parts: zipfile.ZipFile, part: str, kind: str, file: str
) -> tuple[str, dict[str, tuple[str, str]]]:
    """The part that is the workbook, and by id the part and the kind of what it refers to."""

    def of(part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        return {
            one.get("Id", ""): (
                posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
                one.get("Type", ""),
            )
            for one in zipped.tree(parts, listed, file)
        }

    main = next((to for to, type_ in of(part).values() if type_.endswith(f"/{kind}")), None)
    if main is None:
        raise zipped.damaged(file, "no workbook")
    return main, of(main)


def _styles(
    parts: zipfile.ZipFile, part: str | None, file: str, epoch: dt.datetime
) -> tuple[tuple[Look | None, ...], frozenset[int]]:
    """How the cells of each style are shown, and which styles are struck through."""
    if part is None:
        return (), frozenset()
    root = zipped.tree(parts, part, file)
    codes = dict(BUILT_IN)
    for one in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    fonts = [
        (line := font.find("{*}strike")) is not None and line.get("val", "1") not in ("0", "false")
        for font in root.iterfind("{*}fonts/{*}font")
    ]
    looks, struck = [], set()
    for place, one in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        looks.append(look(codes.get(int(one.get("numFmtId", "0")), ""), epoch))
        font = int(one.get("fontId", "0"))
        if font < len(fonts) and fonts[font]:
            struck.add(place)
    return tuple(looks), frozenset(struck)


@attrs.define
class _Seen:
    """What a look at a sheet's XML sees.

    Attributes:
        rows, columns: how far the cells with something in them reach.
        shown: by row, the columns whose cells are shown otherwise than `plain` says: the style
            that decides, or the text itself.
        hidden, struck: the rows that are.
    """

    rows: int = 0
    columns: int = 0
    shown: dict[int, list[tuple[int, int | str]]] = attrs.field(factory=dict)
    hidden: list[int] = attrs.field(factory=list)
    struck: set[int] = attrs.field(factory=set)


def _look_at(book: Book, part: str) -> _Seen:
    """Look at a sheet's XML: one function for all of its elements, most of which are cells."""
    seen = _Seen()
    decides = [one is not None for one in book.looks]
    names: dict[str, str] = {}
    places: dict[str, int] = {}
    formulas: dict[str, str] = {}
    text: list[str] = []
    row = column = style = rows = columns = 0
    # of a cell with a formula or an error: its kind, the formula, the group that shares it
    odd = valued = False
    kind = formula = group = ""

    def finish() -> None:
        nonlocal odd, valued, formula, group
        parser.CharacterDataHandler = None
        found = "".join(text).strip()
        if not valued:
            formula, found = found, ""
        if group and formula:
            formulas[group] = formula
        if kind == "e":
            seen.shown.setdefault(row, []).append((column - 1, found))
        elif not found and not (valued and kind == "str"):
            written = formula or formulas.get(group, "")
            seen.shown.setdefault(row, []).append((column - 1, f"={written}"))
        text.clear()
        odd = valued = False
        formula = group = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, style, rows, columns, odd, valued, kind, formula, group
        what = names.get(name)
        if what is None:
            what = names[name] = name.rpartition(":")[2]
        if what == "c":
            if odd:
                finish()
            place = attributes.get("r")
            if place is None:
                column += 1
            else:
                letter = place.rstrip("0123456789")
                column = places.get(letter) or places.setdefault(letter, _column(letter))
                row = int(place[len(letter) :])
            style = int(attributes.get("s", "0"))
            if style < len(decides) and decides[style]:
                seen.shown.setdefault(row, []).append((column - 1, style))
            kind = attributes.get("t", "")
            if kind == "e":
                odd = True
                parser.CharacterDataHandler = text.append
        elif what in ("v", "f", "is"):
            if row > rows:
                rows = row
            if column > columns:
                columns = column
            if style in book.struck:
                seen.struck.add(row)
            if what == "f":
                odd = True
                group = attributes.get("si", "")
                parser.CharacterDataHandler = text.append
            elif odd:
                formula, valued = "".join(text).strip(), True
                text.clear()
        elif what == "row":
            if odd:
                finish()
            place = attributes.get("r")
            row = row + 1 if place is None else int(place)
            column = 0
            if attributes.get("hidden") in ("1", "true"):
                seen.hidden.append(row)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    zipped.parsed(book.parts, part, book.file, parser)
    if odd:
        finish()
    seen.rows, seen.columns = rows, columns
    return seen


def _column(letters: str) -> int:
    """The place of a column, from 1."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter.upper()) - ord("A") + 1
    return place


def _lines(
    values: list[list[Any]], seen: _Seen, looks: Sequence[Look | None]
) -> Iterator[list[str]]:
    """The rows of calamine's values, and what was seen of them, from the first row on."""
    for row in range(1, max(len(values), seen.rows) + 1):
        line = values[row - 1] if row <= len(values) else []
        texts = [value if type(value) is str else plain(value) for value in line]
        texts += [""] * (seen.columns - len(texts))
        for column, how in seen.shown.get(row, ()):
            if isinstance(how, str):
                texts[column] = how
            elif column < len(line) and (found := looks[how]) is not None:
                value = line[column]
                if value != "":
                    texts[column] = found(value)
        yield texts
