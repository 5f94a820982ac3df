"""Rows that are no record: totals, remarks, signatures, a header again. In doubt a row is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import polars as pl

from airplan_core.errors import FactsError, Said
from airplan_core.facts.grid import merged_problem
from airplan_core.facts.headers import Names, field_in, named_in, two_headers
from airplan_core.facts.sheet import Sheet
from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import Ledger
from airplan_core.model.fields import Text

_SUM = r"(合计|小计|总计|共计)"
_MEAN = r"(全[市县区年]|本[年月季周]|各?站点?)?(平均值?|均值|累计|总和)"
#: What else is made of a column, and how many rows it has: 合计2条, 共12家.
_MADE = r"最[大小高低]值?|中位数|平均数|总数|汇总|total|sum|((合|小|总|共)计|共)\d+\D{1,8}"
_BEHIND = r"([（(：:].*)?"
_OVERALL = rf"({_MEAN}|{_MADE}){_BEHIND}"
_PLAIN_TOTAL = re.compile(rf"(本[页表年月季周]|全[市县区年])?{_SUM}{_BEHIND}|{_OVERALL}", re.I)
#: Also of what the total is: 西镇小计, 其中：国有.
_TOTAL = re.compile(rf".{{0,16}}?{_SUM}{_BEHIND}|{_OVERALL}|其中[：:].*", re.I)

#: What a line below a table begins with: its remarks, and who filled it in.
_LABEL = (
    r"(备?注|附注|说明|填表说明|附件|填[表报写]人|制表人?|经办人?|审[核批]人?|复核人?|主管|(主要|分管)?领导"
    r"|(单位)?负责人|联系(人|电话|方式)|电话|手机|传真|邮箱|(填[表报]|编制|责任)?单位|盖章|公章|签[字名]"
    r"|[填制]?[表报]?日期|(填[表报]|统计|更新)(时间|日期)|统计截止.*?|数据来源)\d*"
)
_STAMP = r"[（(]?(签[字名章]|盖章|公章)[)）]?"
#: A label whose value stands in the next cell, and a remark that is whole.
_ASKS = re.compile(rf"{_LABEL}({_STAMP})?[：:]|{_LABEL}?{_STAMP}[：:]?")
_REMARK = re.compile(
    rf"{_LABEL}({_STAMP})?[：:].+|注[（(]?\d*[)）.、．].*|注|备注|说明|[审复]核"
    r"|[—\-]*以下(空白|无正文)[—\-]*|第\d+页([，,/]?共\d+页)?"
)

#: No id is a sentence.
_SENTENCE = re.compile(r".{6,}。.*")
_NUMBER = re.compile(r"[-+]?[\d,，.]+\s*(%|‰|[^\d\s]{1,6})?|[/／—\-]+")
_DATED = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}.*")

#: A row is looked at closely only where one of its first texts has one of these.
_SIGNS = (
    "计", "总和", "均", "其中", "注", "说明", "附件", "人", "制表", "经办", "审", "主管", "领导",
    "电话", "手机", "传真", "邮箱", "联系", "单位", "章", "签", "日期", "时间", "来源", "。",
    "最", "中位", "总数", "汇总", "total", "sum", "共", "核", "以下", "页",
)  # fmt: skip
#: What may say that a row is none.
_SAID = "(?i)^(?:" + "|".join(p.pattern for p in (_TOTAL, _ASKS, _REMARK, _SENTENCE)) + ")$"

#: So many row numbers are shown of one kind.
_SHOWN = 20


def records(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    names: Names,
    *,
    headed: bool = False,
    every_row_counts: bool = False,
) -> Sheet:
    """The sheet without the rows that are no record, and notes that say which they are.

    Totals are told by the word in the id or the first text, beside numbers alone; remarks and
    signatures by theirs, in an otherwise empty row; a header that is repeated by its cells. A row
    that has nothing under any field is none. What looks so and has more to say is a record, which
    is noted; so is a row that has an id alone, as a title or a remark in other words has.

    Args:
        sheet: below its header.
        ledger: whose records they are.
        fields: the place of every field.
        names: what a header may call them.
        headed: the file holds records, and nothing else (Parquet, JSON): what looks so is noted.
        every_row_counts: no row is taken for a total or a remark.

    Raises:
        FactsError: cells of records are merged, or there is another header among them.
    """
    cells, height = sheet.cells, sheet.cells.height
    look = _Look(sheet, ledger, fields, names)
    gone = set(_empty(cells, look.read))
    if not headed:
        gone |= set(_headers(cells, look))
    doubtful: list[int] = []
    for at in () if every_row_counts else _suspects(cells, look):
        row = ["".join((text or "").split()) for text in cells.row(at)]
        if at not in gone and look.is_none(row) and not headed:
            gone.add(at)
        elif at not in gone and look.seems_none(row):
            doubtful.append(at)
    notes = sheet.notes
    others = [] if headed or every_row_counts or "id" not in fields else look.read[1:]
    alone = set(_empty(cells, others)).difference(gone, doubtful) if len(others) > 1 else None
    if alone:
        shown = _shown(sheet, sorted(alone))
        notes += (
            Said(
                f"{_where(sheet)}：第 {shown} 行只有编号，别的列都是空白，按记录读了；"
                "不是记录的请从台账里去掉",
                f"{_where(sheet)}: rows {shown} have an id and nothing else, and are read as "
                "records; take out those that are none",
            ),
        )
    if doubtful:
        shown = _shown(sheet, doubtful)
        notes += (
            Said(
                f"{_where(sheet)}：第 {shown} 行像是合计或说明，按记录读了；"
                "不是记录的请从台账里去掉",
                f"{_where(sheet)}: rows {shown} look like totals or remarks, and are read as "
                "records; take out those that are none",
            ),
        )
    if gone:
        shown = _shown(sheet, sorted(gone))
        notes += (
            Said(
                f"{_where(sheet)}：第 {shown} 行不是记录，没有读"
                "（合计、说明、重复的表头，或没有内容）",
                f"{_where(sheet)}: rows {shown} are no records (totals, remarks, a header again, "
                "or nothing): they are not read",
            ),
        )
        kept = pl.repeat(value=True, n=height, dtype=pl.Boolean, eager=True)
        kept = kept.scatter(sorted(gone), values=False)
        sheet = attrs.evolve(
            sheet,
            cells=cells.filter(kept),
            rows=sheet.rows.filter(kept),
            origins=None if sheet.origins is None else sheet.origins.filter(kept),
        )
    _unmerged(sheet, look.read)
    return attrs.evolve(sheet, notes=notes)


def _where(sheet: Sheet) -> str:
    return f"{sheet.file}“{sheet.sheet}”" if sheet.sheet else sheet.file


def _shown(sheet: Sheet, places: Sequence[int]) -> str:
    # of a file in another shape, several rows here may be one there
    rows = list(dict.fromkeys(sheet.rows[at] for at in places))
    numbers = "、".join(map(str, rows[:_SHOWN]))
    return f"{numbers}……（共 {len(rows)} 行）" if len(rows) > _SHOWN else numbers


def _unmerged(sheet: Sheet, read: Iterable[int]) -> None:
    """Merged cells matter where they reach into a record, under a column that is read."""
    if not sheet.merged:
        return
    rows, places = set(sheet.rows), set(read)
    wrong = [
        area
        for area in sheet.merged
        if not rows.isdisjoint(range(area[0], area[1] + 1))
        and not places.isdisjoint(range(area[2], area[3] + 1))
    ]
    if wrong:
        raise FactsError(merged_problem(sheet.file, sheet.sheet, area) for area in wrong)


def _text(place: int) -> pl.Expr:
    return pl.col(str(place)).fill_null("").str.strip_chars()


def _empty(cells: pl.DataFrame, read: Sequence[int]) -> list[int]:
    """The rows with nothing under any field; a column without a blank shows that there is none."""
    if not cells.height:
        return []
    empty = pl.repeat(value=True, n=cells.height, dtype=pl.Boolean, eager=True)
    for place in read:
        empty &= cells.select(_text(place) == "").to_series()
        if not empty.any():
            return []
    return empty.arg_true().to_list()


def _headers(cells: pl.DataFrame, look: _Look) -> Iterator[int]:
    """The rows that name the fields again, in any of their names, or that number the columns."""
    for place in look.read[:2]:
        words = look.words(place)
        likely = _among(cells, [place], words)
        same = _text(place).str.to_lowercase().is_in(pl.lit(pl.Series(words).implode()))
        for at in likely.filter(cells[likely].select(same).to_series()):
            row = cells.row(at)
            if look.names_fields(row):
                yield at
            elif look.names_others(row):
                sheet = look.sheet
                raise two_headers(sheet, sheet.head, int(sheet.rows[at]))
    if cells.height and look.numbers_columns(cells.row(0)):
        yield 0


def _suspects(cells: pl.DataFrame, look: _Look) -> list[int]:
    """The rows whose first texts may say that they are none."""
    if not cells.height:
        return []
    at = _among(cells, look.first, _SIGNS)
    words = (_text(place).str.replace_all(r"\s", "") for place in look.first)
    said = cells[at].select(pl.any_horizontal(text.str.contains(_SAID) for text in words))
    return at.filter(said.to_series()).to_list()


def _among(cells: pl.DataFrame, places: Iterable[int], words: Sequence[str]) -> pl.Series:
    """The rows in which some words are found in some columns: few of many."""
    found = pl.any_horizontal(
        pl.col(str(place)).str.contains_any(list(words), ascii_case_insensitive=True)
        for place in places
    )
    return cells.select(found).to_series().arg_true()


class _Look:
    """What a row of a sheet is looked at for."""

    def __init__(
        self,
        sheet: Sheet,
        ledger: Ledger,
        fields: Mapping[str, tuple[int, str | None]],
        names: Names,
    ) -> None:
        self.sheet = sheet
        self.field = {place: name for name, (place, _) in fields.items()}
        self.names = names
        id = [fields["id"][0]] if "id" in fields else []
        keys = [fields[name][0] for name in ledger.key if name in fields]
        self.id = (id or keys)[:1]
        #: The places of fields, what names a row first.
        self.read = list(dict.fromkeys((*id, *keys, *self.field)))
        # where a row is named by a text, of a metric it may be, 退出产能合计 is one
        called = not id and bool(ledger.key) and isinstance(ledger.columns[ledger.key[0]], Text)
        self.totals = _PLAIN_TOTAL if called else _TOTAL
        self.dates = [
            fields[name][0]
            for name in ledger.key
            if name in fields and isinstance(ledger.columns[name], Event | Moment)
        ]
        self.first = list(dict.fromkeys((*self.id, *self.dates, *range(min(3, len(sheet.header))))))

    def words(self, place: int) -> list[str]:
        """What the field of a column may be called, in lower case."""
        field = self.field[place]
        called = {name.lower() for name, (one, _) in self.names.items() if one == field}
        return sorted(called | {self.sheet.header[place].strip().lower()})

    def names_fields(self, row: Sequence[str | None]) -> bool:
        """Whether every cell of a row under a field names it, two at least."""
        said = 0
        for place in self.read:
            text = (row[place] or "").strip()
            if not text:
                continue
            same = "".join(text.split()) == "".join(self.sheet.header[place].split())
            if not same and field_in(named_in(text), self.names)[0] != self.field[place]:
                return False
            said += 1
        return said > 1

    def names_others(self, row: Sequence[str | None]) -> bool:
        """Whether the cells of a row name fields, but others than those they stand under."""
        said = [field_in(named_in(text), self.names)[0] for text in row if (text or "").strip()]
        return all(said) and len(set(said)) > 1

    def numbers_columns(self, row: Sequence[str | None]) -> bool:
        """Whether the row below the header numbers its columns: 甲、乙、1、2、3."""
        if int(self.sheet.rows[0]) != self.sheet.head + 1 or len(row) < 4:
            return False
        texts = [(text or "").strip().strip("()（）") for text in row]
        letters = sum(text in "甲乙丙丁" for text in texts if len(text) == 1)
        wanted = [*"甲乙丙丁"[:letters], *(str(n + 1) for n in range(len(texts) - letters))]
        return texts == wanted

    def _said(self, row: Sequence[str]) -> Iterator[int]:
        """The places of what may say that a row is none: the id, the first text, a day."""
        filled = [place for place, text in enumerate(row) if text]
        if len(filled) > 1 and filled[0] not in self.field and row[filled[0]].isdigit():
            # a number that the office counts its rows with, and what it is a number of
            filled = filled[1:]
        yield from dict.fromkeys((*(n for n in self.id if row[n]), *filled[:1]))

    def is_none(self, row: Sequence[str]) -> bool:
        """Whether a row is a total, a remark or a signature, and nothing else."""
        return any(
            self._total(row, said) or self._remark(row, said) for said in self._said(row)
        ) or any(
            # a day that says 平均 is none, whosever mean it is
            self.totals.fullmatch(row[day]) and self._numbers(row, [*self.dates, *self.id])
            for day in self.dates
        )

    def seems_none(self, row: Sequence[str]) -> bool:
        """Whether a row has the word of a total or a remark among its first texts."""
        return any(
            self.totals.fullmatch(row[place]) or _REMARK.fullmatch(row[place])
            or _ASKS.fullmatch(row[place])
            for place in self.first
        )  # fmt: skip

    def _total(self, row: Sequence[str], said: int) -> bool:
        return bool(self.totals.fullmatch(row[said])) and self._numbers(row, [said])

    def _numbers(self, row: Sequence[str], but: Sequence[int]) -> bool:
        """Whether numbers stand under the fields, and nothing else."""
        return all(
            _NUMBER.fullmatch(row[n]) or self.totals.fullmatch(row[n])
            for n in self.read
            if row[n] and n not in but
        )

    def _remark(self, row: Sequence[str], said: int) -> bool:
        if said in self.id and _SENTENCE.fullmatch(row[said]):
            return not any(row[n] for n in self.read if n != said)
        if not (_REMARK.fullmatch(row[said]) or _ASKS.fullmatch(row[said])):
            return False
        asked = False
        for text in filter(None, row[said:]):
            if _ASKS.fullmatch(text):
                asked = True
            elif asked or _REMARK.fullmatch(text) or _DATED.fullmatch(text):
                asked = False
            else:
                return False
        return not any(text and not text.isdigit() for text in row[:said])
