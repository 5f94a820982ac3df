"""A sheet's rows: every cell typed or marked unreadable, each id once, no reference left dangling.

A cell that cannot be read is unknown, and its row stays: what rests on it is open. A row whose id
or key cannot be read is nobody's: it is set aside, and may belong to anyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import polars as pl

from airplan_core.errors import Problem, Said, nearest, said
from airplan_core.facts import apart
from airplan_core.facts.cells import Passed, Wanted, passed_note, read_cells, wanted_of
from airplan_core.facts.demands import broken
from airplan_core.facts.facts import Elsewhere, SetAside, Unreadable, id_of, table_schema
from airplan_core.facts.sheet import Sheet
from airplan_core.model.entity import Ledger, Reference, ledger_of
from airplan_core.model.ledgers import County
from airplan_core.rulebook.config import FactsConfig


@attrs.frozen
class Part:
    """Where some rows of a ledger's table come from."""

    file: str
    sheet: str | None
    rows: pl.Series


@attrs.frozen(kw_only=True)
class LedgerRead:
    """One ledger as read: its table, the rows beside it, and what makes it unusable.

    Attributes:
        ledger: which.
        table: the rows whose id could be read.
        adrift: the rows whose id could not, with what else could be read of them.
        parts: where the rows of `table` come from, in order.
        set_aside: one for each row of `adrift`.
        unreadable: the cells that could not be read.
        passed: by file, column and kind, the cells in which an instrument has no valid value.
        problems: what makes the ledger unusable.
        notes: what a reader should know.
    """

    ledger: Ledger
    table: pl.DataFrame
    adrift: pl.DataFrame
    parts: tuple[Part, ...]
    set_aside: tuple[SetAside, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    passed: tuple[tuple[str, str, Passed], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()

    def place(self, at: int) -> dict[str, Any]:
        """The file, sheet and row of a row of the table, as a `Problem` names them."""
        for part in self.parts:
            if at < len(part.rows):
                return {"file": part.file, "sheet": part.sheet, "row": int(part.rows[at])}
            at -= len(part.rows)
        raise IndexError(at)


def joined(parts: Sequence[LedgerRead]) -> LedgerRead:
    """The parts of one ledger as one; an id or a key that stands in two rows is a problem.

    So are two rows that are to lie apart.
    """
    first = parts[0]
    whole = first
    if len(parts) > 1:
        whole = LedgerRead(
            ledger=first.ledger,
            table=pl.concat([one.table for one in parts]),
            adrift=pl.concat([one.adrift for one in parts]),
            parts=tuple(part for one in parts for part in one.parts),
            set_aside=tuple(row for one in parts for row in one.set_aside),
            unreadable=tuple(cell for one in parts for cell in one.unreadable),
            passed=tuple(cells for one in parts for cells in one.passed),
            problems=tuple(problem for one in parts for problem in one.problems),
            notes=tuple(dict.fromkeys(note for one in parts for note in one.notes)),
        )
    return attrs.evolve(
        whole,
        problems=(*whole.problems, *_duplicates(whole), *_overlaps(whole)),
        notes=(*whole.notes, *_passed_notes(whole)),
    )


def _passed_notes(read: LedgerRead) -> Iterator[Said]:
    """One line a column and kind, however many parts the file came in."""
    found: dict[tuple[str, str, str], Passed] = {}
    for file, column, one in read.passed:
        so_far = found.setdefault((file, column, one.kind), Passed(one.kind, one.read, 0))
        found[file, column, one.kind] = attrs.evolve(so_far, count=so_far.count + one.count)
    for (file, column, _), one in found.items():
        yield passed_note(file, column, one)


def read_ledger(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    kept: FactsConfig,
) -> LedgerRead:
    """The sheet's values; a cell with a problem is unknown, a row without an id is set aside."""
    schema = table_schema(ledger.entity)
    bare: list[str] = []
    wanted: dict[str, Wanted] = {}
    for name in ("id", *ledger.columns):
        if name not in fields:
            continue
        place, unit = fields[name]
        one = wanted_of(ledger.columns.get(name), f"{ledger.name}.{name}", unit, kept)
        if one.bare and sheet.cells[str(place)].str.contains(r"^\s*[0-9.]+\s*$").any():
            bare.append(f"{sheet.header[place]} [{one.unit}]")
        wanted[name] = one
    texts = sheet.cells.select(pl.col(str(fields[name][0])).alias(name) for name in wanted)
    values: dict[str, pl.Series] = {}
    bad: dict[int, dict[str, Problem]] = {}
    refused: list[Problem] = []
    passed: list[tuple[str, str, Passed]] = []
    for name, cells in read_cells(texts, wanted).items():
        values[name] = cells.values
        place = fields[name][0]
        passed += [(sheet.file, sheet.header[place], one) for one in cells.passed]
        for at, wrong in cells.bad.items():
            problem = _at(sheet, at, place, texts[name][at], wrong.expected, wrong.hint)
            bad.setdefault(at, {})[name] = problem
        spoiled = [at for at, wrong in cells.bad.items() if wrong.spoiled]
        if spoiled:
            refused.append(_of_all(bad[spoiled[0]][name], len(spoiled)))
    height = sheet.cells.height
    for name in ledger.columns:
        if name not in wanted:
            values[name] = pl.Series([None], dtype=schema[name]).new_from_index(0, height)
    ids = values["id"] if "id" in fields else _key(ledger, values)
    table = pl.DataFrame({name: ids if name == "id" else values[name] for name in schema})
    table, faulty = _held(sheet, ledger, fields, table, bad)
    lost = ids.is_null()
    keyed = () if "id" in fields else ledger.key
    gone = faulty | {at for at in bad if any(name in bad[at] for name in keyed)}
    if gone:
        lost = lost.scatter(sorted(gone), values=True)
    aside = [
        _aside(
            ledger, sheet, int(sheet.rows[at]), ids[at] if at in faulty else None,
            tuple(bad.pop(at, {}).values())
            or (_at(sheet, at, fields.get("id", (None, None))[0], "", _NO_ID),),
        )
        for at in lost.arg_true()
    ]  # fmt: skip
    # a row that could not be split into cells: nothing is known of it
    aside += [_aside(ledger, sheet, one.row or 0, None, (one,)) for one in sheet.bad]
    adrift = table.filter(lost).drop("id")
    if sheet.bad:
        nothing = pl.DataFrame(schema=adrift.schema).clear(len(sheet.bad))
        adrift = pl.concat([adrift, nothing])
    named = pl.Series("id", [one.place for one in aside], dtype=pl.String)
    return LedgerRead(
        ledger=ledger,
        table=table.filter(~lost) if aside else table,
        adrift=adrift.insert_column(0, named),
        parts=(Part(sheet.file, sheet.sheet, sheet.rows.filter(~lost) if aside else sheet.rows),),
        set_aside=tuple(aside),
        unreadable=tuple(
            Unreadable(ledger=ledger.name, id=ids[at], field=name, problem=problem)
            for at in sorted(bad)
            for name, problem in bad[at].items()
        ),
        passed=tuple(passed),
        problems=tuple(refused),
        notes=_bare_note(sheet, bare),
    )


_ID = Said("编号", "id")
_NO_ID = Said("每行都有编号", "an id in every row")


def _aside(
    ledger: Ledger, sheet: Sheet, row: int, id: str | None, problems: tuple[Problem, ...]
) -> SetAside:
    return SetAside(
        ledger=ledger.name, file=sheet.file, sheet=sheet.sheet, row=row, id=id, problems=problems
    )


def _of_all(problem: Problem, count: int) -> Problem:
    """A problem of so many cells, told at the first of them."""
    if count == 1:
        return problem
    one = problem.expected
    more = Said(f"{one.zh}（另有 {count - 1} 行）", f"{one} (and {count - 1} more rows)")
    return attrs.evolve(problem, expected=more)


def _at(
    sheet: Sheet, at: int, place: int | None, read: str, expected: Said, hint: Said | None = None
) -> Problem:
    """The problem of a cell; of an id that the sheet has no column for, where `place` is None."""
    return Problem(
        file=sheet.file,
        sheet=sheet.sheet,
        row=int(sheet.rows[at]) if place is None else sheet.row_of(at, place),
        column=_ID if place is None else sheet.header[place],
        read=read,
        expected=expected,
        hint=hint,
    )


def _bare_note(sheet: Sheet, bare: list[str]) -> tuple[Said, ...]:
    if not bare:
        return ()
    names = ", ".join(bare)
    zh = f"{sheet.file}：{'、'.join(bare)} 没有写单位，按平台导出的惯例读"
    return (Said(zh, f"{sheet.file}: no unit in {names}: read so, as exports are"),)


def _held(
    sheet: Sheet,
    ledger: Ledger,
    fields: Mapping[str, tuple[int, str | None]],
    table: pl.DataFrame,
    bad: dict[int, dict[str, Problem]],
) -> tuple[pl.DataFrame, set[int]]:
    """The rows that contradict themselves, each told; and the table without what they say there."""
    wrong: dict[str, list[int]] = {}
    for at, demand, read in broken(table, ledger):
        if demand.of in bad.get(at, {}):
            continue
        place = fields[demand.of][0] if demand.of in fields else None
        problem = attrs.evolve(
            _at(sheet, at, place, read, said(demand.expected)),
            column=ledger.columns[demand.of].zh,
            hint=demand.hint,
        )
        bad.setdefault(at, {})[demand.of] = problem
        wrong.setdefault(demand.of, []).append(at)
    held = table.with_columns(
        pl.when(~pl.int_range(pl.len()).is_in(pl.Series(places).implode())).then(name).alias(name)
        for name, places in wrong.items()
    )
    return held, {at for places in wrong.values() for at in places}


def _key(ledger: Ledger, values: Mapping[str, pl.Series]) -> pl.Series:
    """Ids made of the ledger's key."""
    parts = [values[name].cast(pl.String).fill_null("") for name in ledger.key]
    frame = pl.DataFrame({str(place): part for place, part in enumerate(parts)})
    return frame.select(pl.concat_str(pl.all(), separator="/")).to_series()


def _once(table: pl.DataFrame, names: Sequence[str]) -> bool:
    """Whether no row has the same values under `names` as another."""
    # sums of check are counted faster than texts, and differ only where these do
    seen = table.select(pl.struct(names).hash() if len(names) > 1 else pl.col(names).hash())
    if seen.to_series().n_unique() == table.height:
        return True
    one, *more = names
    found = table.select(names).n_unique() if more else table[one].n_unique()
    return found == table.height


def _duplicates(read: LedgerRead) -> Iterator[Problem]:
    """Every id, and every key, that stands in more than one row, with both places."""
    table = read.table
    for names in (("id",), read.ledger.key):
        if not names or _once(table, names):
            continue
        twice = table.select(names).is_duplicated()
        seen: dict[Any, int] = {}
        for at, *key in (
            table.select(names).with_row_index("at").filter(twice).select("at", *names).iter_rows()
        ):
            first = seen.setdefault(tuple(key), at)
            if first != at:
                yield _twice(read, names, key, at, first)
        if seen:
            return


def _overlaps(read: LedgerRead) -> Iterator[Problem]:
    """Every row that is valid while another of the same is, with both places."""
    for at, other in apart.overlapping(read.table, read.ledger):
        here, there = read.place(at), read.place(other)
        id = read.table["id"][other]
        zh, en = _place_beside(here, there)
        yield apart.problem(
            read.ledger, read.table.row(at, named=True), read.table.row(other, named=True), here,
            Said(f"{zh}第 {there['row']} 行“{id}”", f"row {there['row']}{en}, {id!r},"),
        )  # fmt: skip


def _place_beside(here: Mapping[str, Any], there: Mapping[str, Any]) -> tuple[str, str]:
    """Where another row stands, as far as it is not where this one does."""
    if (there["file"], there["sheet"]) == (here["file"], here["sheet"]):
        return "", ""
    sheet = f"，工作表“{there['sheet']}”" if there["sheet"] else ""
    return f"{there['file']}{sheet} ", f" of {there['file']} {there['sheet'] or ''}".rstrip()


def _twice(
    read: LedgerRead, names: Sequence[str], key: Sequence[Any], at: int, first: int
) -> Problem:
    here, there = read.place(at), read.place(first)
    zh, en = _place_beside(here, there)
    columns = read.ledger.columns
    title = "+".join("编号" if name == "id" else columns[name].zh for name in names)
    return Problem(
        **here,
        column=Said(title, "+".join(names)),
        read="/".join("" if part is None else str(part) for part in key),
        expected=Said(f"每个{title}只出现一次", f"each {'+'.join(names)} once"),
        hint=Said(f"{zh}第 {there['row']} 行也是它", f"row {there['row']}{en} has it too"),
    )


def dangling(
    one: LedgerRead,
    read: Mapping[str, LedgerRead],
    elsewhere: Mapping[str, Elsewhere],
    notes: list[Said],
) -> Iterator[Problem]:
    """Every reference to a row that is not there; ids of rows set aside count as there."""
    for name, column in one.ledger.columns.items():
        if not isinstance(column, Reference) or one.table[name].null_count() == one.table.height:
            continue
        target = ledger_of(column.target)
        if target.name in elsewhere:
            named = one.table[name].drop_nulls()
            there = elsewhere[target.name](named)
            for id in named.unique(maintain_order=True).to_list():
                if id not in there:
                    first = (one.table[name] == id).fill_null(value=False).arg_max() or 0
                    yield Problem(**one.place(first), column=column.zh, read=id,
                                  expected=id_of(column.target))  # fmt: skip
            continue
        if target.name not in read:
            if column.target is not County:
                notes.append(
                    Said(
                        f"{one.parts[0].file}：“{column.zh}”指向的台账“{target.zh}”没有提供，"
                        "那里的数据都按未知",
                        f"{one.parts[0].file}: {name} refers to {target.name}, which is not "
                        "supplied; its fields are unknown",
                    )
                )
            continue
        aside = [row.id for row in read[target.name].set_aside if row.id is not None]
        known = pl.concat([read[target.name].table["id"], pl.Series(aside, dtype=pl.String)])
        lost = one.table[name].is_not_null() & ~one.table[name].is_in(known.implode())
        if not lost.any():
            continue
        every = known.to_list()
        rows = one.table.select(id=name).with_row_index("at").filter(lost)
        for id, first, count in (
            rows.group_by("id", maintain_order=True).agg(pl.first("at"), pl.len()).iter_rows()
        ):
            problem = Problem(
                **one.place(first),
                column=column.zh,
                read=id,
                expected=id_of(column.target),
                hint=nearest(id, every),
            )
            yield _of_all(problem, count)
