"""An assessment as a bureau reads it: totals first, then the longest overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.recurring import Missed
from airplan_core.assessment.sentences import fact_name
from airplan_core.model.duty import Duty
from airplan_core.model.entity import ledger_of
from airplan_core.model.ledgers import County
from airplan_core.model.outcome import NAMES, SHORT_NAMES, short_of
from airplan_core.model.rule import Rule
from airplan_core.readers.numbers import interval_text, margin_text, nothing_known
from airplan_core.readers.words import outcome_word, word
from airplan_core.report.chosen import Chosen
from airplan_core.report.page import new_page, text_of
from airplan_core.report.problems import problem_lines


def assessment_text(
    assessment: Assessment,
    lang: str = "zh",
    limit: int = 30,
    width: int = 140,
    *,
    color: bool = False,
    department: str | None = None,
    outcomes: tuple[str, ...] = (),
    all_metrics: bool = False,
    by_department: bool = False,
    every: bool = False,
) -> str:
    """The report of an assessment.

    Args:
        assessment: what to report.
        lang: `zh` or `en`.
        limit: how many entries a list shows before it says how many more there are.
        width: the columns of the page.
        color: whether a terminal shows it.
        department: whose clauses are meant, where not everyone's; all that is told is theirs.
        outcomes: the names of the outcomes that are meant, where not all of them are.
        by_department: a list for each department of what falls short, instead of one for all.
        all_metrics: show the metrics that no duty reads too.
        every: list every cell that cannot be read, not one line for each kind.
    """
    page = new_page(width, color=color)
    plan, chosen = assessment.rulebook.plan, Chosen(assessment, department, outcomes)
    page.print(plan.title if lang == "zh" else plan.en or plan.title, style="bold")
    whose = "" if department is None else f" · {department}"
    page.print(f"{plan.county} · {word('as_of', lang)} {assessment.as_of}{whose}")
    _set_aside(page, assessment, lang, limit, every=every)
    _totals(page, chosen, lang)
    _by(page, _campaigns(chosen), "campaign", lang)
    _by(page, _departments(chosen), "department", lang)
    if by_department:
        _lists(page, chosen, lang, limit)
        return text_of(page)
    _short(page, chosen, lang, limit)
    _unknown(page, chosen, lang, limit)
    _metrics(page, chosen, lang, limit, all_metrics=all_metrics)
    _figures(page, chosen, lang, limit)
    _findings(page, chosen, lang)
    said = [one.text(lang) for one in chosen.inconsistencies]
    _list(page, word("inconsistencies", lang), said, lang, limit)
    _clashes(page, chosen, lang, limit)
    _exemptions(page, chosen, lang, limit)
    _waived(page, chosen, lang, limit)
    _list(page, word("unassessed", lang), _unassessed(chosen, lang), lang, limit)
    _list(page, word("notes", lang), [n.text(lang) for n in assessment.facts.notes], lang, limit)
    return text_of(page)


def _unassessed(chosen: Chosen, lang: str) -> Iterator[str]:
    """The duties without a subject: there is none, or the ledger is not known."""
    every = {duty.rule.id if duty.every else duty.id: duty for duty in chosen.unassessed}
    for id, duty in every.items():
        empty = chosen.assessment.facts.supplies(duty.subject)
        ledger = ledger_of(duty.subject).label(lang)
        why = word("empty_ledger" if empty else "missing_ledger", lang, ledger)
        yield f"{id} ({duty.clause.id}){why}"


def _table(title: str, *columns: str, right: Sequence[int] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place in right else "left", overflow="fold")
    return table


def _more(table: Table, count: int, limit: int, lang: str) -> None:
    if count > limit:
        table.caption = word("more", lang, count - limit)
        table.caption_justify = "left"


def _list(page: Console, title: str, items: Iterable[str], lang: str, limit: int) -> None:
    every = list(items)
    if every:
        page.print(f"\n{title} ({len(every)})", style="bold")
        for item in every[:limit]:
            page.print("  " + item)
        if len(every) > limit:
            page.print("  " + word("more", lang, len(every) - limit))


def _set_aside(
    page: Console, assessment: Assessment, lang: str, limit: int, *, every: bool
) -> None:
    """What could not be read: a line for each kind, or for every cell."""
    facts = assessment.facts
    rows = [problem for row in facts.set_aside for problem in row.problems]
    for title, count, problems in (
        ("unreadable", len(facts.unreadable), [cell.problem for cell in facts.unreadable]),
        ("set_aside", len(facts.set_aside), rows),
    ):
        if problems:
            page.print(f"\n{word(title, lang)} ({count})", style="bold")
            lines = list(problem_lines(problems, lang, every=every))
            for line in lines if every else lines[:limit]:
                page.print("  " + line)
            if len(lines) > limit and not every:
                page.print("  " + word("more", lang, len(lines) - limit))
            if len(lines) < count:
                page.print("  " + word("see_all", lang))


def _totals(page: Console, chosen: Chosen, lang: str) -> None:
    counts = dict(chosen.counts.group_by("outcome").agg(pl.col("count").sum()).iter_rows())
    table = _table(f"\n{word('totals', lang)}", *(outcome_word(n, lang) for n in chosen.names),
                   word("total", lang), right=range(len(chosen.names) + 1))  # fmt: skip
    table.add_row(*(str(counts.get(name, 0)) for name in chosen.names), str(sum(counts.values())))
    page.print(table)


def _campaigns(chosen: Chosen) -> pl.DataFrame:
    return chosen.counts.group_by("campaign", "outcome", maintain_order=True).agg(
        pl.col("count").sum()
    )


def _departments(chosen: Chosen) -> pl.DataFrame:
    """A verdict counts for each department that answers for it, most often each of its clause."""
    return chosen.counts_by_department.group_by("department", "outcome", maintain_order=True).agg(
        pl.col("count").sum()
    )


def _by(page: Console, counts: pl.DataFrame, key: str, lang: str) -> None:
    wide: dict[str, dict[str, int]] = {}
    for owner, outcome, count in counts.select(key, "outcome", "count").iter_rows():
        wide.setdefault(owner, {})[outcome] = count
    heads = [word(key, lang), *(outcome_word(name, lang) for name in NAMES)]
    table = _table(f"\n{word(f'by_{key}', lang)}", *heads, right=range(1, len(heads)))
    worst = (*SHORT_NAMES, "UNKNOWN")
    for owner in sorted(wide, key=lambda owner: [-wide[owner].get(name, 0) for name in worst]):
        table.add_row(owner, *(str(wide[owner].get(name, "·")) for name in NAMES))
    page.print(table)


def _lists(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """For every department what falls short, first where it leads."""
    roles = ("lead", "shared", "cooperating")
    theirs = chosen.responsibilities.join(chosen.picked(), on="clause")
    theirs = theirs.filter(pl.col("department").is_in(pl.col("departments"))).sort(
        pl.col("role").cast(pl.Enum(roles)), "due", "subject", nulls_last=True, maintain_order=True
    )
    whose: dict[str, dict[str, str]] = {}
    for department, role, clause in chosen.responsibilities.iter_rows():
        whose.setdefault(department, {}).setdefault(clause, role)
    again = {
        department: [one for one in chosen.missed if department in one.departments]
        for department in whose
    }
    further = [department for department, missed in again.items() if missed]
    heads = ("role", *_HEADS)
    for department in dict.fromkeys([*theirs["department"], *further]):
        rows, missed = theirs.filter(pl.col("department") == department), again[department]
        count = rows.height + len(missed)
        table = _table(f"\n{department} ({count})", *(word(head, lang) for head in heads))
        for row in rows.head(limit).iter_rows(named=True):
            role = _open(word(row["role"], lang), row["departments_open"], lang)
            table.add_row(role, *_verdict(row, chosen, lang))
        for one in missed[: max(0, limit - rows.height)]:
            role = word(whose[department][one.rule.clause.id], lang)
            role = _open(role, one.departments_open, lang)
            table.add_row(role, *_missed(one, lang))
        _more(table, count, limit, lang)
        page.print(table)


#: What a list of verdicts says of each.
_HEADS = ("subject", "outcome", "due", "margin", "text")


def _verdict(row: dict[str, Any], chosen: Chosen, lang: str) -> tuple[str, ...]:
    """What is said of a verdict: `_HEADS`."""
    return (
        f"{row['subject']}\n{row['rule']}",
        outcome_word(row["outcome"], lang),
        str(row["due"] or word("standing", lang)),
        margin_text(row, lang),
        _sentence(chosen.assessment.rulebook.rules[row["rule"]], lang),
    )


def _missed(one: Missed, lang: str) -> tuple[str, ...]:
    """What is said of the periods that a subject has missed: `_HEADS`."""
    return (
        f"{one.subject}\n{one.rule.id}",
        outcome_word(str(short_of(one.rule.clause.strength).name), lang),
        one.short[-1],
        one.text(lang),
        _sentence(one.rule, lang),
    )


def _sentence(rule: Rule, lang: str) -> str:
    return f"{rule.clause.id} {rule.text if lang == 'zh' else rule.en or rule.text}"


def _open(told: str, unknown: Iterable[str] | None, lang: str) -> str:
    """What is said of departments, and of which of them it is not known whether they answer."""
    return f"{told}\n{word('may_be', lang, '、'.join(unknown))}" if unknown else told


def _short(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """What falls short, or what was asked for."""
    once, missed = chosen.listed_once, chosen.missed
    total = once + len(missed)
    if not total:
        if chosen.clean:
            page.print(f"\n{word('nothing_short', lang)}")
        return
    title = "short" if set(chosen.listed) <= set(SHORT_NAMES) else "listed"
    *first, last = _HEADS
    heads = (*first, "departments", last)
    table = _table(f"\n{word(title, lang)} ({total})", *(word(head, lang) for head in heads))
    for row in chosen.picked(limit).iter_rows(named=True):
        *said, text = _verdict(row, chosen, lang)
        whose = _open("、".join(row["departments"]), row["departments_open"], lang)
        table.add_row(*said, whose, text)
    for one in missed[: max(0, limit - once)]:
        *said, text = _missed(one, lang)
        whose = _open("、".join(one.departments), one.departments_open, lang)
        table.add_row(*said, whose, text)
    _more(table, total, limit, lang)
    page.print(table)


def _unknown(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """Undecided verdicts by rule: on how many subjects, and for want of which facts."""
    every = chosen.counts.filter(pl.col("outcome") == "UNKNOWN").height
    if not every:
        return
    table = _table(
        f"\n{word('unknown', lang)}",
        *(word(k, lang) for k in ("rule", "subjects", "missing")),
        right=(1,),
    )
    rows, folded = _folded(chosen.undecided(limit), lang)
    for row in rows[:limit]:
        table.add_row(*row)
    _more(table, every - folded, limit, lang)
    page.print(table)


def _folded(
    undecided: Iterable[tuple[Duty, int, tuple[str, ...]]], lang: str
) -> tuple[list[tuple[str, str, str]], int]:
    """A row for each undecided duty, and for those of a rule that recur one; how many were saved.

    What is missing is told of the first of them.
    """
    found: dict[str, list[tuple[Duty, int, tuple[str, ...]]]] = {}
    for one in undecided:
        found.setdefault(one[0].rule.id if one[0].every else one[0].id, []).append(one)
    rows = []
    for id, (first, *others) in found.items():
        duty, count, facts = first
        named = {leaf.name: leaf for leaf in duty.leaves()}
        labels = "、".join(fact_name(named[name], lang) for name in facts)
        if others:
            id = word("so_many_of", lang, id, 1 + len(others), word(f"of_{duty.every}", lang))
            count = max(count, *(one[1] for one in others))
        rows.append((id, str(count), labels))
    return rows, sum(len(every) - 1 for every in found.values())


def _clashes(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """Subjects of which two sentences ask different things: both sentences."""
    found = chosen.clashes
    if not found.height:
        return
    heads = ("subject", "outcome", "text", "outcome", "text")
    table = _table(f"\n{word('clashes', lang)}", *(word(head, lang) for head in heads))
    book = chosen.assessment.rulebook
    for row in found.head(limit).iter_rows(named=True):
        sentences = []
        for outcome, clause in (("outcome", "clause"), ("other_outcome", "other_clause")):
            one = book.clauses[row[clause]]
            sentences += [outcome_word(row[outcome], lang), f"{one.id} {one.text}"]
        table.add_row(f"{row['subject']}\n{row['question']}", *sentences)
    _more(table, found.height, limit, lang)
    page.print(table)


def _findings(page: Console, chosen: Chosen, lang: str) -> None:
    """Metrics that a department reports otherwise than the ledgers say."""
    found = chosen.findings
    if not found.height:
        return
    heads = ("metric", "period", "subject", "value", "reported", "reported_by")
    table = _table(f"\n{word('findings', lang)}", *(word(head, lang) for head in heads))
    known = chosen.assessment.rulebook.known_metrics
    for row in found.iter_rows(named=True):
        value = "—" if row["value"] is None else f"{row['value']:.6g} {row['unit']}"
        said = f"{row['reported']:.6g} {row['unit']}"
        table.add_row(
            known[row["metric"]].label(lang) + f"\n{row['finding']}",
            row["period"], row["subject"], value, said, row["reported_by"] or "—",
        )  # fmt: skip
    page.print(table)


def _metrics(page: Console, chosen: Chosen, lang: str, limit: int, *, all_metrics: bool) -> None:
    """Every metric of the county; of the others those of whom anything is known, and `limit`."""
    found, book = chosen.metrics(unread=all_metrics), chosen.assessment.rulebook
    every = (*book.read_metrics.values(), *book.unread_metrics.values())
    metrics = {(metric.id, metric.when): metric for some in every for metric in some}
    wide = [id for (id, _), metric in metrics.items() if metric.subject is County]
    others = found.filter(~pl.col("metric").is_in(wide) & (pl.col("known") > 0))
    found = pl.concat([found.filter(pl.col("metric").is_in(wide)), others.head(limit)])
    if not found.height:
        return
    table = _table(
        f"\n{word('metrics', lang)}",
        *(word(k, lang) for k in ("metric", "subject", "value", "interval", "known", "gaps")),
    )
    as_of = chosen.assessment.as_of
    for row in found.iter_rows(named=True):
        unit = row["unit"]
        value = "—" if row["value"] is None else f"{row['value']:.6g} {unit}"
        low, high = row["lo"], row["hi"]
        exact = low is not None and low == high
        interval = "=" if exact else interval_text(low, high, "{:.6g}".format)
        metric = metrics[row["metric"], row["period"]]
        if row["value"] is None and not exact and nothing_known(low, high, metric.span):
            interval = word("unknown_value", lang)
        known = f"{row['known']}" + (f"/{row['possible']}" if row["possible"] else "")
        name = metric.zh if lang == "zh" else metric.en
        running = metric.period is not None and not metric.period.over(as_of)
        state = "complete" if exact else "running" if running else "incomplete"
        gaps = row["gaps"] or word(state, lang)
        if row["possible"] is None:
            gaps = word("no_ledger", lang)
        table.add_row(f"{row['period']} {name}", row["subject"], value, interval, known, gaps)
    rest = sum(map(len, book.unread_metrics.values()))
    captions = [word("more", lang, others.height - limit)] if others.height > limit else []
    if rest and not all_metrics and chosen.department is None:
        captions.append(word("further_metrics", lang, rest))
    table.caption, table.caption_justify = "\n".join(captions), "left"
    page.print(table)


def _figures(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """What is owed: who has anything, or may have, and the sentence that sets it."""
    found = chosen.figures
    nothing = (pl.col("lo") == 0) & (pl.col("hi") == 0)
    found = found.filter(~nothing.fill_null(value=False))
    if not found.height:
        return
    heads = ("subject", "period", "value", "interval", "text")
    table = _table(f"\n{word('figures', lang)}", *(word(head, lang) for head in heads))
    book = chosen.assessment.rulebook
    for row in found.head(limit).iter_rows(named=True):
        clause, metric = book.clauses[row["clause"]], book.known_metrics[row["metric"]]
        value = "—" if row["value"] is None else f"{row['value']:.6g} {row['unit']}"
        exact = row["lo"] is not None and row["lo"] == row["hi"]
        interval = "=" if exact else interval_text(row["lo"], row["hi"], "{:.6g}".format)
        name = metric.label(lang)
        table.add_row(
            f"{row['subject']}\n{name}", row["period"], value, interval,
            f"{clause.id} {clause.text}",
        )  # fmt: skip
    _more(table, found.height, limit, lang)
    page.print(table)


def _waived(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    """Who is exempted by another sentence than the rule's own, with that sentence."""
    found, clauses = chosen.waived, chosen.assessment.rulebook.clauses
    if not found.height:
        return
    heads = ("rule", "subject", "text")
    table = _table(f"\n{word('waived', lang)}", *(word(head, lang) for head in heads))
    for row in found.head(limit).iter_rows(named=True):
        table.add_row(row["duty"], row["subject"], f"{row['clause']} {clauses[row['clause']].text}")
    _more(table, found.height, limit, lang)
    page.print(table)


def _exemptions(page: Console, chosen: Chosen, lang: str, limit: int) -> None:
    found = chosen.exemptions
    if not found.height:
        return
    table = _table(
        f"\n{word('exemptions', lang)}",
        *(word(k, lang) for k in ("rule", "subject", "effect", "valid", "authority")),
    )
    for row in found.head(limit).iter_rows(named=True):
        table.add_row(
            row["rule"],
            row["subject"],
            word(row["effect"], lang),
            f"{row['valid_from'] or '?'} – {row['valid_to'] or '?'}",
            row["authority"] or "",
        )
    _more(table, found.height, limit, lang)
    page.print(table)
