"""The generated pages: one for every chapter's rules, every ledger, and the ledger of clauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from airplan_core.errors import AirplanError
from airplan_core.handbook.listing import clauses, covering
from airplan_core.model.aggregate import Aggregate
from airplan_core.model.entity import Ledger, Reference, ledger_of
from airplan_core.model.example import Example
from airplan_core.model.fields import Counted, Event, Flag, Measured, Moment, Ranked, Stated
from airplan_core.model.kinds import Change, Substitution
from airplan_core.model.metric import Metric, open_questions
from airplan_core.model.period import Term
from airplan_core.model.rule import Rule
from airplan_core.model.tree import ALWAYS, Always, Later
from airplan_core.quantities.dates import NEVER
from airplan_core.readers.prose import prose
from airplan_core.readers.words import STRENGTHS, word
from airplan_core.report.writing import write_text
from airplan_core.rulebook.rulebook import Rulebook

_NOTE = "<!-- written by `airplan pages`; change the source, not this page -->"
#: What every page begins with that was written so, whenever.
_OWN = "<!-- written by "

#: The page of the units that plugins add; there is none where they add none.
_UNITS = "own-units.md"


def _when(term: Term) -> str:
    """When something is due, as a page says it."""
    if term.every:
        return f"every {term.every} of {term.name[:4]}"
    return prose(term.due, "en") if isinstance(term.due, Later) else str(term.due)


def write_pages(rulebook: Rulebook, folder: str | Path) -> list[Path]:
    """Write every generated page below a folder.

    Pages that were written so of what is gone are taken away; whatever else is there stays.

    Raises:
        AirplanError: a file stands where a page is to be, and is none.
    """
    root = Path(folder)
    written = []
    for name, text in pages(rulebook).items():
        path = root / name
        if path.exists() and not _is_own(path):
            raise AirplanError(
                f"{path} is no page that was written so; move it, or name another folder",
                f"{path} 不是生成的页面；移走它，或换一个文件夹",
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
        written.append(path)
    for place in ("rules/*.md", "ledgers/*.md", _UNITS):
        for old in set(root.glob(place)) - set(written):
            if _is_own(old):
                old.unlink()
    return written


def _is_own(path: Path) -> bool:
    """Whether a file is a page that was written so."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().startswith(_OWN)
    except (OSError, UnicodeDecodeError):
        return False


def pages(rulebook: Rulebook) -> dict[str, str]:
    """Every generated page by its path below the documentation's folder."""
    found = {"clauses.md": _page(_clauses(rulebook))}
    for entity in rulebook.entities:
        ledger = ledger_of(entity)
        found[f"ledgers/{ledger.name}.md"] = _page(_ledger(ledger, rulebook))
    if rulebook.units:
        found[_UNITS] = _page(_units(rulebook))
    chapters: dict[str, list[Rule]] = {}
    for rule in rulebook.rules.values():
        chapters.setdefault(rule.clause.id.rpartition("-")[0], []).append(rule)
    for task, rules in chapters.items():
        found[f"rules/{_file(task)}"] = _page(_chapter(task, rules, rulebook))
    return found


def _file(task: str) -> str:
    """The page of a task, under a name that every file system takes."""
    return f"{task.replace(':', '-')}.md"


def _page(lines: Iterator[str]) -> str:
    return "\n".join([_NOTE, "", *lines]).rstrip() + "\n"


def _chapter(task: str, rules: list[Rule], rulebook: Rulebook) -> Iterator[str]:
    yield f"# {task} {rules[0].clause.heading}"
    for rule in rules:
        yield ""
        yield from _rule(rule, rulebook)


def _rule(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    yield f"## {rule.id}"
    yield ""
    for clause in rule.clauses:
        yield f"> {clause.id} {clause.text}"
    yield ""
    yield rule.en
    yield ""
    zh, en = STRENGTHS[rule.clause.strength.name]
    ledger = ledger_of(rule.subject)
    yield f"* Strength: {en} ({zh})"
    for role, title in (("lead", "Lead"), ("shared", "Shared"), ("cooperating", "Co-operating")):
        if named := getattr(rule.clause, role):
            yield f"* {title}: {'、'.join(named)}"
    for when, names in rule.answers:
        yield f"* Answered for by {'、'.join(names)} where {prose(when, 'en')}"
        yield f"  * {prose(when, 'zh')}"
    if rule.kinds:
        yield f"* Kinds: {'、'.join(rule.kinds)}"
    yield f"* Ledger: [{ledger.name}](../ledgers/{ledger.name}.md) ({ledger.zh})"
    due = ", ".join(dict.fromkeys(map(_when, rule.due))) or "standing"
    due += "; a year left out is made up for" if any(term.late for term in rule.due) else ""
    yield f"* Due: {due}" + ("" if rule.dated == ALWAYS else f", if {prose(rule.dated, 'en')}")
    for title, tree in (("Applies to", rule.applies), (rule.verb.title(), rule.limiting)):
        if not isinstance(tree, Always):
            yield f"* {title}: {prose(tree, 'en')}"
            yield f"  * {prose(tree, 'zh')}"
    for exempt in rule.exempt:
        yield f"* Except “{exempt.text}”: {prose(exempt.when, 'en')}"
        yield f"  * {prose(exempt.when, 'zh')}"
    for metric in dict.fromkeys(leaf for leaf in rule.leaves() if isinstance(leaf, Metric)):
        yield f"* Metric `{metric.id}`, {metric.label('en')}: {_made(metric)}"
    for one in open_questions(*rule.read):
        yield f"* Open question {one.id}: {one.question}"
        for name, why in one.readings:
            taken = " (taken by default)" if name == one.default else ""
            yield f"  * `{name}`{taken}: {why}"
    for word_, number in rule.numbers.items():
        meaning = "not part of the condition" if number is None else f"read as {number}"
        yield f"* “{word_}”: {meaning}"
    if rule.speaks_of != Example():
        yield f"* Speaks of: {_example(rule.speaks_of)}"
    for title, examples in (("Keeps it", rule.keeps), ("Breaks it", rule.breaks)):
        for example in examples:
            yield f"* {title}: {_example(example)}"


def _made(metric: Metric) -> str:
    """What a metric is made of, in a sentence."""
    if isinstance(metric, Change):
        return f"of `{metric.share.id}` since {metric.since.name}"
    if not isinstance(metric, Aggregate):
        return "a statistic of " + ", ".join(ledger_of(entity).name for entity in metric.ledgers)
    by = f" by {metric.measure_of.label('en')}" if metric.measure_of is not None else ""
    parts = [f"the {type(metric).__name__.lower()} of {ledger_of(metric.rows).name} rows{by}"]
    if not isinstance(metric.among, Always):
        parts.append(f"among those where {prose(metric.among, 'en')}")
    if not isinstance(metric.where, Always):
        parts.append(f"that {prose(metric.where, 'en')}")
    if isinstance(metric, Substitution):
        rest = prose(metric.instead_of, "en")
        parts.append(f"for what those that {rest} fall short of {metric.up_to}")
    if metric.last is not None:
        parts.append(f"over the {metric.last} days up to the day")
    elif metric.daily:
        parts.append("as the ledger stands on the day")
    return ", ".join(parts)


def _example(example: Example) -> str:
    parts = [f"as of {example.day}"] if example.day else []
    parts += [f"with {id} read as `{reading}`" for id, reading in example.readings.items()]
    parts += [f"{_fact(key)} = {_value(value)}" for key, value in example.facts.items()]
    return "; ".join(parts) or "that subject itself"


def _fact(key: Any) -> str:
    return key.id if isinstance(key, Metric) else key.name


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return word("yes" if value else "no", "en")
    return "never" if value == NEVER else str(value)


def _ledger(ledger: Ledger, rulebook: Rulebook) -> Iterator[str]:
    yield f"# {ledger.name} · {ledger.zh} · {ledger.en}"
    yield ""
    yield (ledger.entity.__doc__ or "").strip()
    yield ""
    key = f"; or made of {', '.join(ledger.key)}" if ledger.key else ""
    if ledger.one_per:
        yield f"One row for each {ledger.one_per}; one that is missing is wholly unknown."
        yield ""
    yield "| field | label | English | kind | holds |"
    yield "|---|---|---|---|---|"
    yield f"| id | 编号 | id | text | a name of its own for each row{key} |"
    for name, column in ledger.columns.items():
        kind = type(column).__name__.lower()
        yield f"| {name} | {column.zh} | {column.label('en')} | {kind} | {_holds(column)} |"
    about = [rule for rule in rulebook.rules.values() if rule.subject is ledger.entity]
    if about:
        yield ""
        yield "Rules about it:"
        yield ""
        for rule in about:
            task = rule.clause.id.rpartition("-")[0]
            yield f"* [{rule.id}](../rules/{_file(task)})"


def _holds(column: Any) -> str:
    match column:
        case Measured():
            bounds = (("at least", column.floor), ("at most", column.ceiling))
            within = "".join(f", {word} {bound}" for word, bound in bounds if bound)
            plausible = "" if column.least is None else f", plausibly at least {column.least}"
            return f"a number in {column.unit}{within}{plausible}"
        case Counted():
            most = "" if column.ceiling is None else f", at most {column.ceiling}"
            least = f", at least {column.floor}" if column.floor else ""
            return f"a whole number ({column.unit}){least}{most}"
        case Flag():
            return "是 or 否"
        case Event():
            return "a date, or 未发生"
        case Moment(minutes=True):
            return "a minute of Beijing time, or 未发生"
        case Moment():
            return "a full hour of Beijing time"
        case Ranked():
            return " < ".join(column.values)
        case Stated():
            return "、".join(column.values)
        case Reference():
            target = ledger_of(column.target)
            return f"an id of [{target.name}]({target.name}.md)"
    return "text"


def _units(rulebook: Rulebook) -> Iterator[str]:
    yield "# Units that plugins add"
    yield ""
    yield "| unit | also | one is | source | added by |"
    yield "|---|---|---|---|---|"
    for one in rulebook.units.values():
        means = one.means or "a kind of its own, which no other converts to"
        yield f"| {one.name} | {'、'.join(one.also)} | {means} | {one.source} | `{one.home}` |"


def _clauses(rulebook: Rulebook) -> Iterator[str]:
    yield f"# {rulebook.plan.title}"
    yield ""
    yield "Every sentence that the installed plugins answer for, and how it is covered."
    yield ""
    yield "| clause | strength | sentence | covered by |"
    yield "|---|---|---|---|"
    for one in clauses(rulebook):
        strength = STRENGTHS[one["strength"]][1]
        yield f"| {one['clause']} | {strength} | {one['text']} | {covering(one, 'en')} |"
    if rulebook.inconsistencies:
        yield ""
        yield "Figures that the plan's own tables do not bear out; what is printed still binds:"
        yield ""
        for found in rulebook.inconsistencies:
            yield f"* {found.text('en')}"
