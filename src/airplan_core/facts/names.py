"""Recorded acts, exemptions and reported metrics name things; every name must exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import polars as pl

from airplan_core.errors import AirplanError, FactsError, Problem, Said, nearest, why as why_of
from airplan_core.facts.apart import together
from airplan_core.facts.facts import Facts, id_of
from airplan_core.facts.figures import FIGURE, figure, lacking
from airplan_core.facts.subjects import stand_here, subjects
from airplan_core.model.attested import Act, acts_of
from airplan_core.model.entity import Entity, Ledger, Reference, ledger_of
from airplan_core.model.expected import NOT_ENTERED
from airplan_core.model.ids import folded
from airplan_core.model.ledgers import Attestation, County, Exemption, Reported
from airplan_core.model.metric import Metric
from airplan_core.model.unsaid import NOTHING
from airplan_core.quantities.dates import to_day
from airplan_core.rulebook.rulebook import Rulebook


def check_named(rulebook: Rulebook, facts: Facts) -> None:
    """Check the names in the `attestation` and `exemption` ledgers against the rulebook.

    Raises:
        FactsError: every clause that is not held against recorded acts, every rule that is not in
            force, every subject that is in no ledger, each with the nearest right name; every row
            of a county that is not the plan's, where no county ledger says which there are.
    """
    ids = _Ids(rulebook, facts)
    problems = [
        *each_once(facts, rulebook.entities),
        *_reserved(rulebook, facts),
        *_attested(rulebook, facts, ids),
        *_exempted(rulebook, facts, ids),
        *_reported(rulebook, facts, ids),
        *_counties(rulebook, facts),
    ]
    if problems:
        raise FactsError(problems)


def each_once(facts: Facts, entities: Iterable[type[Entity]]) -> Iterator[Problem]:
    """An id, or the key of a ledger that has one, that stands in more than one row.

    So are rows of one that are valid at one time, and are not to be (`apart`). A file's were told
    when it was read; records that were made one by one are told here.
    """
    for ledger in map(ledger_of, entities):
        table = facts.tables.get(ledger.name)
        if table is None:
            continue
        if ledger.name in facts.repeated:
            yield from _twice(ledger, table, ["id"])
        elif ledger.key:
            if ledger.entity is Reported:
                # a row without a value, or that does not say of what it is, is no figure
                said = [pl.col(name).fill_null(NOTHING) != NOTHING for name in FIGURE]
                table = table.filter(said)
            yield from _twice(ledger, table, list(ledger.key))
    yield from together(facts.tables, entities)


def _twice(ledger: Ledger, table: pl.DataFrame, names: list[str]) -> Iterator[Problem]:
    keys = table.select(names)
    if ledger.one_per:
        # of a row that does not say whose it is, nobody has two
        keys = keys.drop_nulls()
    # rows whose hashes are all different are so themselves, and are no more looked at
    if _in_runs(keys) or keys.hash_rows().n_unique() == keys.height:
        return
    twice = keys.filter(keys.is_duplicated()).unique(maintain_order=True)
    labels = {name: "编号" if name == "id" else ledger.columns[name].zh for name in names}
    for key in twice.iter_rows(named=True):
        # a blank period is of every year, a blank part of all of them: they need no name
        said = {
            n: str(part or "") for n, part in key.items() if part or n not in ("period", "part")
        }
        read = "/".join(said.values())
        zh = f"“{'+'.join(labels[name] for name in said)}”每个只有一行"
        yield Problem(
            file=ledger.name, column="+".join(said), read=read, expected=Said(zh, "each once")
        )


def _in_runs(keys: pl.DataFrame) -> bool:
    """Whether keys stand in runs, each once, within which the last part rises: no two are alike.

    So exports have them, outlet by outlet and hour by hour; it is seen faster than they are hashed.
    """
    *lead, last = map(pl.col, keys.columns)
    same = pl.all_horizontal(pl.lit(value=True), *(one.eq_missing(one.shift(1)) for one in lead))
    same = same & (pl.int_range(pl.len()) > 0)
    rises = keys.select((~same | (last > last.shift(1))).fill_null(value=False).all()).item()
    if not rises or not lead:
        return bool(rises)
    runs = keys.filter(~same).select(lead)
    return bool(runs.hash_rows().n_unique() == runs.height)


def _ledger(rulebook: Rulebook, name: str, id: object = None) -> Said:
    """What a ledger is called where one of its rows is told, with the row's id."""
    known = {ledger_of(entity).name: ledger_of(entity).zh for entity in rulebook.entities}
    zh = known.get(name, name)
    return Said(zh, name) if id is None else Said(f"{zh}“{id}”", f"{name} {id}")


def _titled(rulebook: Rulebook, ledger: str, names: Iterable[str]) -> Said:
    """What columns of a ledger are headed by."""
    names = tuple(names)
    columns: dict[str, Said] = {"id": _ID}
    for entity in rulebook.entities:
        if ledger_of(entity).name == ledger:
            columns |= {name: Said(one.zh, name) for name, one in ledger_of(entity).columns.items()}
    zh = "+".join(columns[name].zh if name in columns else name for name in names)
    return Said(zh, "+".join(names))


_ID = Said("编号", "id")
_CLAUSE, _SUBJECT, _PERIOD = Said("条款", "clause"), Said("对象", "subject"), Said("时段", "period")
#: So many periods are listed; of more, the first ones and the last.
_SHOWN = 8
_PART = Said("事项", "part")
_RULE, _METRIC, _VALUE = Said("规则", "rule"), Said("指标", "metric"), Said("数值", "value")


def _reserved(rulebook: Rulebook, facts: Facts) -> Iterator[Problem]:
    """An id that stands for a row that was not entered, where such rows are expected."""
    for entity in rulebook.expected:
        name = ledger_of(entity).name
        ids = facts.tables[name]["id"] if name in facts.tables else pl.Series([], dtype=pl.String)
        for id in ids.filter(ids.str.ends_with(NOT_ENTERED)):
            expected = Said(
                f"别的编号：“{NOT_ENTERED}”表示没有录入的一行",
                f"another id: {NOT_ENTERED} marks a row that is missing",
            )
            yield Problem(file=_ledger(rulebook, name), column=_ID, read=id, expected=expected)


def attested_by(rulebook: Rulebook) -> dict[str, type[Entity]]:
    """The clauses that recorded acts satisfy, and the ledger whose subjects act."""
    return {act.clause: entity for act, entity in _acts(rulebook).items()}


def _acts(rulebook: Rulebook) -> dict[Act, type[Entity]]:
    """The acts that duties ask for, under some reading, and the ledger whose subjects act."""
    return {act: duty.subject for duty in rulebook.flattened for act in acts_of(duty.leaves())}


class _Ids(dict[type[Entity], set[str]]):
    """The ids of each ledger's rows, those set aside included; collected when first asked for."""

    def __init__(self, rulebook: Rulebook, facts: Facts) -> None:
        self.rulebook, self.facts = rulebook, facts

    def __missing__(self, entity: type[Entity]) -> set[str]:
        name = ledger_of(entity).name
        aside = (row.id for row in self.facts.set_aside if row.ledger == name and row.id)
        table = self.facts.table(entity)
        if stand_here(self.facts, entity, self.rulebook):
            table = subjects(self.facts, entity, self.rulebook)
        self[entity] = {*table["id"], *aside}
        return self[entity]


def _attested(rulebook: Rulebook, facts: Facts, ids: _Ids) -> Iterator[Problem]:
    asked = _acts(rulebook)
    known = {act.named: entity for act, entity in asked.items()}
    names = ("id", "clause", "subject", "period", "part")
    for id, clause, subject, period, part in facts.table(Attestation).select(names).iter_rows():
        of_it = [act for act in asked if act.named == clause]
        place = _ledger(rulebook, ledger_of(Attestation).name, id)
        if clause not in known:
            why = Said("要有落实记录的条款", "a clause that a recorded act satisfies")
            yield Problem(file=place, column=_CLAUSE, read=clause or "", expected=why,
                          hint=nearest(str(clause), attested_by(rulebook)))  # fmt: skip
        elif part is not None and part not in {act.part for act in of_it}:
            parts = dict.fromkeys(act.part for act in of_it if act.part)
            why = Said(
                "、".join(parts) or f"空白：条款 {clause} 不分事项",
                " or ".join(parts) or f"nothing: clause {clause} has no parts",
            )
            yield Problem(file=place, column=_PART, read=part, expected=why,
                          hint=nearest(part, parts) if parts else None)  # fmt: skip
        elif period is not None and period not in {act.period for act in of_it}:
            years = list(dict.fromkeys(act.period for act in of_it if act.period))
            if len(years) > _SHOWN:
                years = [*years[:2], "…", years[-1]]
            why = Said(
                "、".join(years) or f"空白：条款 {clause} 不是每年都要做的",
                " or ".join(years) or f"nothing: clause {clause} is not asked for each year",
            )
            yield Problem(file=place, column=_PERIOD, read=period, expected=why)
        elif subject is None and known[clause] is not County:
            one = id_of(known[clause])
            why = Said(
                f"{one.zh}：条款 {clause} 要求每一个都做",
                f"{one}: clause {clause} asks each of them to act",
            )
            yield Problem(file=place, column=_SUBJECT, read="", expected=why)
        elif subject is not None:
            yield from _subject(ids, known[clause], subject, place)


def _exempted(rulebook: Rulebook, facts: Facts, ids: _Ids) -> Iterator[Problem]:
    for id, rule, subject in facts.table(Exemption).select("id", "rule", "subject").iter_rows():
        place = _ledger(rulebook, ledger_of(Exemption).name, id)
        if rule not in rulebook.rules:
            why = Said("生效的规则", "a rule in force")
            yield Problem(file=place, column=_RULE, read=rule or "", expected=why,
                          hint=nearest(str(rule), rulebook.rules))  # fmt: skip
        elif subject is None:
            why = Said("被豁免对象的编号", "the id of the subject exempted")
            yield Problem(file=place, column=_SUBJECT, read="", expected=why)
        else:
            yield from _subject(ids, rulebook.rules[rule].subject, subject, place)


def _reported(rulebook: Rulebook, facts: Facts, ids: _Ids) -> Iterator[Problem]:
    known = rulebook.known_metrics
    read = (metric for every in rulebook.read_metrics.values() for metric in every)
    spans = {(metric.id, folded(metric.when)) for metric in read if metric.period is not None}
    for row in facts.table(Reported).iter_rows(named=True):
        place = _ledger(rulebook, ledger_of(Reported).name, row["id"])
        metric = known.get(row["metric"])
        blank = lacking(row, metric)
        if metric is None:
            if "metric" not in blank:
                yield Problem(file=place, column=_METRIC, read=row["metric"],
                              expected=Said("airplan 知道的指标", "a metric"),
                              hint=nearest(row["metric"], known))  # fmt: skip
            continue
        try:
            if "value" not in blank:
                yield from _beyond(figure(row["value"], metric)[0], metric, row["value"], place)
        except AirplanError as error:
            yield Problem(
                file=place,
                column=_VALUE,
                read=row["value"],
                expected=Said(
                    f"带单位的数，如“60 {metric.measure}”",
                    f"a number with its unit, such as '60 {metric.measure}'",
                ),
                hint=why_of(error),
            )
        try:
            if "period" not in blank and (metric.id, row["period"]) not in spans:
                _ = to_day(row["period"]) if metric.daily else _year(row["period"])
        except ValueError:
            why = "a day, 2024-09-30" if metric.daily else "a year, 2024"
            zh = "日期，如 2024-09-30" if metric.daily else "四位数的年度，如 2024"
            other = sorted(span for id, span in spans if id == metric.id and "/" in span)
            expected = Said(" 或 ".join([zh, *other]), " or ".join([why, *other]))
            yield Problem(file=place, column=_PERIOD, read=row["period"], expected=expected)
        if row["subject"] is not None:
            yield from _subject(ids, metric.subject, row["subject"], place)


def _beyond(value: Decimal, metric: Metric, written: str, place: Said) -> Iterator[Problem]:
    """A figure that the metric can never be: a share of more than the whole."""
    least, most = metric.span
    if value < least or (most is not None and value > most):
        unit = metric.measure
        upto = f" {most:g} {unit}" if most is not None else ""
        yield Problem(
            file=place,
            column=_VALUE,
            read=written,
            expected=Said(
                f"不小于 {least:g} {unit}" + (f"、不大于{upto}" if upto else "") + " 的数",
                f"at least {least:g} {unit}" + (f", at most{upto}" if upto else ""),
            ),
        )


def _year(written: str) -> int:
    """The year that a text is; `int` would also take 2_024."""
    if re.fullmatch("[0-9]{4}", written) is None:
        raise ValueError(f"{written!r} is not a year; write it as 2024")
    return int(written)


def untold(rulebook: Rulebook, facts: Facts) -> Iterator[Said]:
    """A note on every row of what departments report that lacks a cell: it reports nothing."""
    for row in facts.table(Reported).iter_rows(named=True):
        if blank := lacking(row, rulebook.known_metrics.get(row["metric"])):
            place = _ledger(rulebook, ledger_of(Reported).name, row["id"])
            titles = "、".join(ledger_of(Reported).columns[name].zh for name in blank)
            yield Said(
                f"{place.zh}：{titles}是空白，这一行没有填报任何数",
                f"{place}: no {', no '.join(blank)}: it reports nothing",
            )


def _counties(rulebook: Rulebook, facts: Facts) -> Iterator[Problem]:
    """Without a county ledger there is one county, the plan's; rows of another are nobody's."""
    if facts.supplies(County):
        return
    for entity in rulebook.entities:
        for name, column in ledger_of(entity).columns.items():
            elsewhere = ledger_of(entity).name in facts.elsewhere
            if isinstance(column, Reference) and column.target is County and not elsewhere:
                named = facts.table(entity)[name].unique().drop_nulls().to_list()
                for other in sorted(set(named) - {rulebook.plan.county}):
                    yield Problem(
                        file=_ledger(rulebook, ledger_of(entity).name),
                        column=Said(column.zh, name),
                        read=other,
                        expected=Said(
                            f"方案所属的{rulebook.plan.county}",
                            f"{rulebook.plan.county}, the county of the plan",
                        ),
                        hint=Said(
                            "提供台账“县市”，或在 airplan.toml 的 [plan] 写明 county",
                            "supply a county ledger, or set [plan] county in airplan.toml",
                        ),
                    )


def _subject(ids: _Ids, entity: type[Entity], subject: str, place: Said) -> Iterator[Problem]:
    elsewhere = ids.facts.elsewhere.get(ledger_of(entity).name)
    expected = id_of(entity)
    if elsewhere is not None:
        if not elsewhere([subject]):
            yield Problem(file=place, column=_SUBJECT, read=subject, expected=expected)
    elif subject not in ids[entity]:
        yield Problem(
            file=place,
            column=_SUBJECT,
            read=subject,
            expected=expected,
            hint=nearest(subject, ids[entity]),
        )
