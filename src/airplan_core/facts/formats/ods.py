"""ODS: its XML says of each cell the value, how it is shown, and what stands there as a text.

Not calamine, which tells neither percentages nor booleans from numbers, nor hidden rows.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.parsers import expat

import attrs

from airplan_core.facts.formats import zipped
from airplan_core.facts.formats.looks import Look, look, plain
from airplan_core.facts.formats.pages import MOST_CELLS, Page
from airplan_core.facts.grid import letters

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")

_TRUE, _BOOLEANS = ("TRUE", "真"), ("TRUE", "真", "FALSE", "假")

#: The parts of a date's format, as the codes of other spreadsheets have them.
_PARTS = {
    "year": "yyyy", "month": "m", "day": "d", "hours": "h", "minutes": "mm", "seconds": "ss",
    "am-pm": "AM/PM", "era": "", "quarter": "", "week-of-year": "", "day-of-week": "aaaa",
}  # fmt: skip


@attrs.define
class _Style:
    """How cells of a style are shown; what it does not say, its parent does."""

    parent: str | None = None
    format: str | None = None
    struck: bool | None = None


@attrs.define
class _Format:
    """A format, as a code, and those that stand in for it under conditions."""

    code: str = ""
    others: list[tuple[str, str]] = attrs.field(factory=list)


@attrs.define
class _Styles:
    cells: dict[str, _Style] = attrs.field(factory=dict)
    formats: dict[str, _Format] = attrs.field(factory=dict)
    hidden: set[str] = attrs.field(factory=set)
    looks: dict[str | None, Look | None] = attrs.field(factory=dict)

    def read(self, parts: zipfile.ZipFile, file: str) -> None:
        """The styles of a document, and those of its own."""
        for part in ("styles.xml", "content.xml"):
            if part not in parts.namelist():
                continue
            parser = _parser()
            reader = _StyleReader(self, parser)
            parser.StartElementHandler = reader.start
            parser.EndElementHandler = reader.end
            parser.CharacterDataHandler = reader.text
            with suppress(_Done):
                zipped.parsed(parts, part, file, parser)

    def look(self, name: str | None) -> Look | None:
        """How numbers of a style are shown."""
        if name not in self.looks:
            format_ = self._of(name, "format")
            self.looks[name] = None if format_ is None else look(self._code(format_))
        return self.looks[name]

    def struck(self, name: str | None) -> bool:
        """Whether a style is struck through."""
        return bool(self._of(name, "struck"))

    def _of(self, name: str | None, what: str) -> Any:
        seen = set()
        while name is not None and name not in seen:
            seen.add(name)
            style = self.cells.get(name)
            if style is None:
                return None
            if (found := getattr(style, what)) is not None:
                return found
            name = style.parent
        return None

    def _code(self, name: str) -> str:
        format_ = self.formats.get(name)
        if format_ is None:
            return ""
        # the conditions come first, what holds otherwise last
        sections = [
            f"[{condition}]{self.formats[other].code}"
            for condition, other in format_.others
            if other in self.formats
        ]
        return ";".join([*sections, format_.code][:3])


class _Done(Exception):  # noqa: N818
    """What was looked for has been seen."""


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    return parser


def _bare(name: str) -> str:
    """An element's name, whatever its name space."""
    return name.rpartition(" ")[2]


def _attributes(attributes: dict[str, str]) -> dict[str, str]:
    return {_bare(name): value for name, value in attributes.items()}


class _StyleReader:
    def __init__(self, styles: _Styles, parser: expat.XMLParserType) -> None:
        self.styles, self.parser = styles, parser
        self.style: _Style | None = None
        self.name = ""
        self.format: _Format | None = None
        self.literal: str | None = None
        self.position = 0
        self.number: tuple[str, str] | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        kind, a = _bare(name), _attributes(given)
        if kind == "body":
            raise _Done
        if kind == "style" and a.get("family") in ("table-cell", "table"):
            self.name = a.get("name", "")
            self.style = _Style(a.get("parent-style-name"), a.get("data-style-name"))
            if a["family"] == "table-cell":
                self.styles.cells[self.name] = self.style
        elif kind == "table-properties" and a.get("display") == "false":
            self.styles.hidden.add(self.name)
        elif kind == "text-properties" and self.style is not None:
            line = a.get("text-line-through-style", a.get("text-line-through-type"))
            if line is not None:
                self.style.struck = line != "none"
        elif kind.endswith("-style") and kind.split("-")[0] in (
            "number", "percentage", "date", "time", "currency", "boolean", "text",
        ) and "name" in a:  # fmt: skip
            self.format = self.styles.formats[a["name"]] = _Format()
        elif self.format is not None:
            self._part(kind, a)

    def _part(self, kind: str, a: dict[str, str]) -> None:
        assert self.format is not None
        if kind in _PARTS:
            self.format.code += _PARTS[kind]
        elif kind == "number":
            whole = int(a.get("min-integer-digits", "1"))
            places = "0" * min(max(whole, 0), 20) or "#"
            decimals = (
                ".0" if int(a.get("min-decimal-places", a.get("decimal-places", "0"))) else ""
            )
            factor = len(a.get("display-factor", "1")) - 1
            self.number = (places, "," * (factor // 3) + decimals)
        elif kind == "text-content":
            self.format.code += "@"
        elif kind in ("text", "currency-symbol", "embedded-text"):
            self.literal = ""
            self.position = int(a.get("position", "0"))
        elif kind == "map":
            condition = a.get("condition", "").replace("value()", "").replace("!=", "<>")
            self.format.others.append((condition, a.get("apply-style-name", "")))

    def text(self, text: str) -> None:
        if self.literal is not None:
            self.literal += text

    def end(self, name: str) -> None:
        kind = _bare(name)
        if kind == "style":
            self.style = None
        if self.format is None:
            return
        if self.literal is not None and kind in ("text", "currency-symbol", "embedded-text"):
            # a percent sign is one wherever it stands
            literal = self.literal.replace('"', "")
            code = "%" if literal == "%" else f'"{literal}"'
            self.literal = None
            if kind != "embedded-text":
                self.format.code += code
            elif self.number is not None:
                places, rest = self.number
                at = len(places) - self.position
                self.number = places[:at] + code + places[at:], rest
        elif kind == "number" and self.number is not None:
            self.format.code += "".join(self.number)
            self.number = None
        elif kind.endswith("-style"):
            self.format = None


@attrs.frozen
class Book:
    """An opened document: its tables by name, and whether each is visible."""

    file: str
    parts: zipfile.ZipFile
    styles: Any
    sheets: dict[str, bool]

    def page(self, sheet: str) -> Page:
        """What stands in a table."""
        reader = _Reader(self.file, self.styles, sheet)
        _run(reader, self.parts, self.file)
        return Page(
            lines=reader.lines(),
            hidden=sorted(reader.hidden),
            struck=sorted(reader.struck),
            merged=reader.merged,
        )


def book(file: str, parts: zipfile.ZipFile) -> Book:
    """The document in a zip."""
    if "META-INF/manifest.xml" in parts.namelist():
        manifest = zipped.tree(parts, "META-INF/manifest.xml", file)
        if manifest.find(".//{*}encryption-data") is not None:
            raise zipped.encrypted(file)
    styles = _Styles()
    styles.read(parts, file)
    names = _Reader(file, styles, None)
    _run(names, parts, file)
    return Book(file=file, parts=parts, styles=styles, sheets=names.sheets)


def _run(reader: _Reader, parts: zipfile.ZipFile, file: str) -> None:
    parser = _parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    with suppress(_Done):
        zipped.parsed(parts, "content.xml", file, parser)


class _Reader:
    """Reads the table of a name, or only the names of all."""

    def __init__(self, file: str, styles: _Styles, wanted: str | None) -> None:
        self.file, self.styles, self.wanted = file, styles, wanted
        self.sheets: dict[str, bool] = {}
        self.hidden: list[int] = []
        self.struck: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.rows: dict[int, list[str]] = {}
        self.columns = 0
        self.depth = 0
        self.inside = False
        # the row that is being read, and the cell
        self.row = self.repeated = 0
        self.visible = True
        self.row_style: str | None = None
        self.column_styles: list[tuple[int, str | None]] = []
        self.line: list[str] = []
        self.place = 0
        self.cell: dict[str, str] | None = None
        self.shown: list[str] = []
        self.paragraphs = 0
        self.paragraph = False
        self.passed = 0
        self.crossed = False

    def lines(self) -> Iterator[list[str]]:
        """The rows, from the first to the last with something in it."""
        for row in range(1, max(self.rows, default=0) + 1):
            line = self.rows.get(row, [])
            yield line + [""] * (self.columns - len(line))

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = _bare(name)
        if kind == "table":
            a = _attributes(given)
            self.depth += 1
            if self.depth == 1:
                title = a.get("name", "")
                self.sheets[title] = a.get("style-name") not in self.styles.hidden
                self.inside = title == self.wanted
            return
        if not self.inside or self.depth != 1:
            return
        if self.passed or kind in ("annotation", "shapes", "forms", "tracked-changes"):
            # a comment or a drawing is no part of what stands in the cell
            self.passed += 1
        elif kind == "table-column":
            a = _attributes(given)
            times = int(a.get("number-columns-repeated", "1"))
            self.column_styles.append((times, a.get("default-cell-style-name")))
        elif kind == "table-row":
            a = _attributes(given)
            self.row += 1
            self.repeated = int(a.get("number-rows-repeated", "1"))
            self.visible = a.get("visibility", "visible") == "visible"
            self.row_style = a.get("default-cell-style-name")
            self.line, self.place, self.crossed = [], 0, False
        elif kind in ("table-cell", "covered-table-cell"):
            self.cell = _attributes(given)
            self.shown, self.paragraphs = [], 0
        elif self.cell is not None:
            if kind == "p":
                if self.paragraphs:
                    self.shown.append("\n")
                self.paragraphs += 1
                self.paragraph = True
            elif kind == "s":
                self.shown.append(" " * min(int(_attributes(given).get("c", "1")), 1000))
            elif kind == "tab":
                self.shown.append("\t")
            elif kind == "line-break":
                self.shown.append("\n")

    def text(self, text: str) -> None:
        if self.paragraph and not self.passed:
            self.shown.append(text)

    def end(self, name: str) -> None:
        kind = _bare(name)
        if kind == "table":
            self.depth -= 1
            if self.depth == 0 and self.inside:
                raise _Done
            return
        if not self.inside or self.depth != 1:
            return
        if self.passed:
            self.passed -= 1
        elif kind == "p":
            self.paragraph = False
        elif kind in ("table-cell", "covered-table-cell"):
            self._end_of_cell()
        elif kind == "table-row":
            self._end_of_row()

    def _end_of_cell(self) -> None:
        cell = self.cell or {}
        self.cell = None
        times = int(cell.get("number-columns-repeated", "1"))
        place = self.place
        self.place += times
        style = cell.get("style-name", self.row_style) or self._column_style(place)
        text = self._text(cell, style)
        if text:
            self._bounded(self.row, place + times)
            self.crossed |= self.styles.struck(style)
            self.line += [""] * (place - len(self.line)) + [text] * times
        wide, high = (int(cell.get(f"number-{of}-spanned", "1")) for of in ("columns", "rows"))
        if wide > 1 or high > 1:
            self.merged.append((self.row, self.row + high - 1, place, place + wide - 1))

    def _column_style(self, place: int) -> str | None:
        for times, style in self.column_styles:
            if place < times:
                return style
            place -= times
        return None

    def _end_of_row(self) -> None:
        last = self.row + self.repeated - 1
        if self.line:
            self._bounded(last, len(self.line))
            self.columns = max(self.columns, len(self.line))
            for row in range(self.row, last + 1):
                self.rows[row] = self.line
                if not self.visible:
                    self.hidden.append(row)
                if self.crossed:
                    self.struck.add(row)
        self.row = last

    def _bounded(self, rows: int, columns: int) -> None:
        columns = max(self.columns, columns)
        if columns * rows > MOST_CELLS:
            raise zipped.too_far(self.file, self.wanted or "", f"{letters(columns - 1)}{rows}")

    def _text(self, cell: dict[str, str], style: str | None) -> str:
        shown = "".join(self.shown)
        kind = cell.get("value-type")
        value: Any = None
        if kind in ("float", "percentage", "currency"):
            value = float(cell["value"])
            if shown in _BOOLEANS:
                # what came from another spreadsheet is kept as a number that is shown as a word
                return plain(shown in _TRUE)
        elif kind == "date":
            value = dt.datetime.fromisoformat(cell["date-value"][:26])
        elif kind == "time":
            value = _duration(cell["time-value"])
        elif kind == "boolean":
            return plain(cell.get("boolean-value") == "true")
        elif kind is None and not shown and "formula" in cell:
            return "=" + cell["formula"].partition(":=")[2]
        if value is None or shown.startswith(("#", "Err:")):
            return shown
        found = self.styles.look(style)
        if found is None and kind == "percentage":
            found = look("0%")
        return plain(value) if found is None else found(value)


def _duration(text: str) -> dt.timedelta | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] else span
