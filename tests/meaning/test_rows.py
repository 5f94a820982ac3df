"""Every engine finds of a row what its sentence means: the outcomes possible, and what is missing."""

import datetime as dt

import attrs
import polars as pl
import pytest
from hypothesis import Phase, given, note, settings, strategies as st

import airplan_core as airplan
from tests.ledgers import rulebook
from tests.meaning import draws
from tests.meaning.ledgers import Owner, Thing
from tests.meaning.sentences import MET, Reading, Sentence


@attrs.frozen
class Case:
    """Sentences, rows, a day, and which row is granted an exemption from which sentence."""

    sentences: tuple[Sentence, ...]
    rows: tuple
    day: dt.date
    granted: frozenset

    @property
    def book(self):
        rules = tuple(one.rule(n) for n, one in enumerate(self.sentences))
        clauses = tuple(rule.clause for rule in rules)
        return rulebook(entities=(Owner, Thing), rules=rules, clauses=clauses, metrics=())

    @property
    def facts(self):
        records = [record for n, row in enumerate(self.rows) for record in records_of(n, row)]
        granted = [
            airplan.Exemption(
                id=f"{sentence} {row}", rule=f"test.sentence-{sentence}", subject=f"{row}",
                valid_from=self.day, valid_to=self.day,
            )
            for sentence, row in self.granted
        ]  # fmt: skip
        return airplan.Facts.of(*records, *granted)

    def readings(self, rows=None):
        """What every sentence means of every row: rule, due day, row, reading."""
        for n, sentence in enumerate(self.sentences):
            for due in sentence.due or (None,):
                for m, row in enumerate(self.rows if rows is None else rows):
                    granted = (n, m) in self.granted and rows is None
                    read = Reading.of(sentence, row, due, self.day, granted)
                    yield f"test.sentence-{n}", due.day if due else None, f"{m}", read


def records_of(number, row):
    """A row as records: a thing, and its owner."""
    fields = {name: value for name, value in row.items() if "." not in name}
    owner = {name.split(".")[1]: value for name, value in row.items() if "." in name}
    return [
        Thing(id=f"{number}", owner=f"of {number}", **fields),
        Owner(id=f"of {number}", **owner),
    ]


@st.composite
def cases(draw, sentences=4, rows=10):
    day = draw(draws.days())
    found = draw(st.lists(draws.sentences(), min_size=1, max_size=sentences))
    near = draws.turning(found, day)
    held = draw(st.lists(draws.rows(near), min_size=1, max_size=rows))
    every = [(n, m) for n in range(len(found)) for m in range(len(held))]
    granted = draw(st.frozensets(st.sampled_from(every), max_size=2))
    return Case(tuple(found), tuple(held), day, granted)


def widened(outcomes):
    """Who is excused may be shown to have met the requirement: no more than that can change."""
    return outcomes | MET if "EXEMPT" in outcomes else outcomes


def agree(read, possible):
    """An engine finds at least the outcomes that a row leaves possible, and where it can, no other."""
    assert read.possible <= widened(possible)
    if read.sentence.plain:
        assert read.possible == possible


def suffice(read, possible, missing):
    """What is said to be missing is blank, or a divisor that cannot divide; known, it decides."""
    tosses = tuple(name for name in read.blanks if name.startswith("toss"))
    divisors = {name.split("/")[1] for name in tosses}
    assert bool(missing) == (len(possible) > 1)
    assert set(missing) <= {*read.blanks, *divisors}
    facts = (*(name for name in missing if name in read.blanks), *tosses)
    assert read.decided_by(facts)


def held(case, assessment):
    """What an assessment says is what the sentences mean, of every row."""
    found = {
        (row["rule"], row["due"], row["subject"]): row
        for row in assessment.verdicts.iter_rows(named=True)
    }
    for rule, due, row, read in case.readings():
        said = found[rule, due, row]
        possible = frozenset(said["possible"] or [said["outcome"]])
        note(f"{read}: {rule} on {case.day}, due {due}, row {row}: {sorted(possible)}")
        agree(read, possible)
        suffice(read, possible, said["missing"] or ())
    each = assessment.verdicts.group_by("duty", "outcome").len("count")
    assert sorted(assessment.counts.select(each.columns).rows()) == sorted(
        each.cast({"count": pl.Int64}).rows()
    )


@given(cases())
def test_tables_find_what_sentences_mean(case):
    """An assessment in this process."""
    held(case, airplan.assess(case.book, case.facts, case.day))


# a database takes a while for each example: fewer of them, and what fails is shrunk by hand
fewer = settings(
    phases=(Phase.explicit, Phase.generate), max_examples=settings.default.max_examples // 5
)


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
@fewer
@given(case=cases(sentences=8, rows=30))
def test_databases_find_what_sentences_mean(request, name, case):
    """An assessment in a database."""
    engine = request.getfixturevalue(f"{name}_engine")
    held(case, airplan.assess(case.book, case.facts, case.day, engine=engine))


@given(cases(sentences=6, rows=15))
def test_one_subject_is_what_sentences_mean(case):
    """A check of one record, of whose owner nothing is known, and of one with all that it reads."""
    book = case.book
    alone = [{n: None if "." in n else v for n, v in row.items()} for row in case.rows]
    checked = {}
    for number, row in enumerate(case.rows):
        for verdict in airplan.check(book, records_of(number, row)[0], case.day):
            checked[verdict.rule, verdict.duty.due, f"{number}"] = verdict
    for rule, due, row, read in case.readings(alone):
        agree(read, names(checked[rule, due, row].possible))
    thing, *related = records_of(0, case.rows[0])
    whole = airplan.check(book, thing, case.day, *related, *case.facts.records(airplan.Exemption))
    whole = {(verdict.rule, verdict.duty.due): verdict for verdict in whole}
    for rule, due, row, read in case.readings():
        if row == "0":
            agree(read, names(whole[rule, due].possible))


def names(possible):
    return frozenset(one.name for one in airplan.Outcome if one & possible)


@given(cases(), st.data())
def test_a_fact_filled_in_overturns_nothing(case, data):
    """It leaves no outcome possible that was not; but who was excused may have met the requirement."""
    filled = []
    for row in case.rows:
        full = data.draw(draws.rows(draws.turning(case.sentences, case.day), blanks=0))
        kept = data.draw(st.sets(st.sampled_from(list(row))))
        filled.append({
            name: full[name] if value is None and name not in kept else value
            for name, value in row.items()
        })  # fmt: skip
    before, after = (
        {
            (row["duty"], row["subject"]): frozenset(row["possible"] or [row["outcome"]])
            for row in airplan.assess(one.book, one.facts, one.day).verdicts.iter_rows(named=True)
        }
        for one in (case, attrs.evolve(case, rows=tuple(filled)))
    )
    for key, possible in after.items():
        assert possible <= widened(before[key]), key
