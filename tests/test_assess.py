"""Outcomes: the due day, lateness, exemptions, recorded acts, metrics, what is missing."""

import datetime as dt
from itertools import product

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import AirplanError, Attestation, County, Exemption, Facts, FactsError, Outcome
from airplan_core.model.outcome import FALSE, OPEN, TRUE, index, members, table
from tests.ledgers import TASK, Day, Kiln, Retrofit, Works, days, outcomes, rulebook

EXAMPLE = "examples/qinyang/airplan.toml"
EXIT = "test.small-kilns-exit"


def exit_of(as_of, **fields):
    kiln = Kiln(id="k", capacity="100 吨/年", standby=False, **fields)
    return outcomes(rulebook(), as_of, kiln)[EXIT]["k"]


@pytest.mark.parametrize(
    ("as_of", "closed_on", "outcome"),
    [
        ("2025-09-29", "never", "PENDING"),
        ("2025-09-30", "never", "PENDING"),
        ("2025-10-01", "never", "VIOLATION"),
        ("2025-09-30", "2025-09-30", "COMPLIANT"),
        ("2025-10-01", "2025-09-30", "COMPLIANT"),
        ("2025-10-01", "2025-10-01", "LATE"),
        ("2025-10-01", "2025-10-02", "VIOLATION"),
        ("2025-10-02", "2025-10-02", "LATE"),
        ("2025-01-01", "2024-06-01", "COMPLIANT"),
        ("2025-01-01", "2025-06-01", "PENDING"),
    ],
)
def test_the_due_day_belongs_to_the_subject(as_of, closed_on, outcome):
    """Open on the due day is pending, the day after it falls short; done later is late."""
    assert exit_of(as_of, closed_on=closed_on, rebuilt_on="never") == outcome


def test_any_of_two_acts_satisfies():
    """Exit or rebuilding: one of them in time is enough, whatever is known of the other."""
    assert exit_of("2026-01-01", closed_on="never", rebuilt_on="2025-09-30") == "COMPLIANT"
    assert exit_of("2026-01-01", rebuilt_on="2025-09-30") == "COMPLIANT"
    assert exit_of("2026-01-01", closed_on="never") == "UNKNOWN"


@pytest.mark.parametrize(
    ("capacity", "outcome"),
    [
        ("100 吨/年", "VIOLATION"),
        ("100.000001 吨/年", "NOT_APPLICABLE"),
        ("0.01 万吨/年", "VIOLATION"),
    ],
)
def test_a_limit_includes_its_number(capacity, outcome):
    """以下 includes the number, whatever unit it is written in."""
    kiln = Kiln(id="k", capacity=capacity, standby=False, closed_on="never", rebuilt_on="never")
    assert outcomes(rulebook(), "2026-01-01", kiln)[EXIT]["k"] == outcome


def test_the_strength_names_the_shortfall():
    """应 makes a violation, 原则上 and 力争 a shortfall, 鼓励 an advisory."""
    works = Works(id="w", industry="钢铁")
    kiln = Kiln(id="k", works="w", dust="36 µg/m³", share="10 %", stage="国五")
    found = outcomes(rulebook(), "2026-01-01", works, kiln)
    assert found["test.steel-kilns-clean"]["k"] == "SHORTFALL"
    assert found["test.staged-share@2025-12-31"]["k"] == "SHORTFALL"
    assert found["test.advice"]["k"] == "ADVISORY"


def test_each_stage_is_judged_by_its_own_limit():
    """The same share can meet the first stage and miss the second."""
    kiln = Kiln(id="k", share="45 %")
    early, late = "test.staged-share@2024-12-31", "test.staged-share@2025-12-31"
    found = outcomes(rulebook(), "2025-01-01", kiln)
    assert (found[early]["k"], found[late]["k"]) == ("COMPLIANT", "PENDING")
    found = outcomes(rulebook(), "2026-01-01", kiln)
    assert (found[early]["k"], found[late]["k"]) == ("COMPLIANT", "SHORTFALL")


def test_what_is_unknown_names_the_facts_and_what_is_possible():
    """UNKNOWN carries the missing fields and every outcome that could still be."""
    facts = airplan.Facts.of(Kiln(id="k", closed_on="never"))
    row = (
        airplan.assess(rulebook(), facts, dt.date(2026, 1, 1))
        .select("UNKNOWN")
        .filter(pl.col("duty") == EXIT)
        .row(0, named=True)
    )
    assert row["missing"] == ["capacity", "standby", "rebuilt_on"]
    assert set(row["possible"]) == {"VIOLATION", "COMPLIANT", "LATE", "EXEMPT", "NOT_APPLICABLE"}


def exempted(as_of, first, last):
    return outcomes(
        rulebook(),
        as_of,
        Kiln(id="k", capacity="1 吨/年", standby=False, closed_on="never", rebuilt_on="never"),
        Exemption(id="e", rule=EXIT, subject="k", valid_from=first, valid_to=last),
    )[EXIT]["k"]


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2025-10-31", "VIOLATION"), ("2025-11-01", "EXEMPT"), ("2025-11-30", "EXEMPT"),
        ("2025-12-01", "VIOLATION"),
    ],
)  # fmt: skip
def test_a_granted_exemption_counts_on_its_days(as_of, outcome):
    """From the first to the last day, both included; then it is without effect."""
    assert exempted(as_of, "2025-11-01", "2025-11-30") == outcome


def test_an_exemption_without_dates_has_no_effect():
    """Expiry fails closed."""
    assert exempted("2026-01-01", "2025-11-01", None) == "VIOLATION"
    assert exempted("2026-01-01", None, "2026-11-01") == "VIOLATION"


def test_exemptions_are_listed_with_their_effect_and_the_outcome_without():
    """In force, unused, expired; and what the verdict would be otherwise."""
    short = {"capacity": "1 吨/年", "standby": False, "closed_on": "never", "rebuilt_on": "never"}
    facts = airplan.Facts.of(
        Kiln(id="a", **short),
        Kiln(id="b", **{**short, "closed_on": "2025-01-01"}),
        Kiln(id="c", **short),
        Kiln(id="d", **{**short, "standby": True}),
        *(
            Exemption(id=k, rule=EXIT, subject=k, valid_from="2025-01-01", valid_to=last)
            for k, last in (("a", "2026-12-31"), ("b", "2026-12-31"), ("c", "2025-12-31"))
        ),
    )
    assessment = airplan.assess(rulebook(), facts, dt.date(2026, 1, 1))
    effects = dict(assessment.exemptions.select("subject", "effect").iter_rows())
    assert effects == {"a": "in force", "b": "unused", "c": "expired"}
    exempt = assessment.select("EXEMPT").filter(pl.col("duty") == EXIT)
    assert dict(exempt.select("subject", "otherwise").iter_rows()) == {
        "a": "VIOLATION",
        "d": "VIOLATION",
    }


@pytest.mark.parametrize(
    ("done", "done_on", "as_of", "outcome"),
    [
        (None, None, "2025-01-01", "UNKNOWN"),
        (False, None, "2024-10-31", "PENDING"),
        (False, None, "2024-11-01", "VIOLATION"),
        (True, "2024-10-31", "2024-11-01", "COMPLIANT"),
        (True, "2024-11-01", "2024-11-01", "LATE"),
        (True, "2024-11-05", "2024-11-01", "VIOLATION"),
        (True, None, "2024-11-01", "UNKNOWN"),
    ],
)
def test_a_recorded_act_with_a_due_date(done, done_on, as_of, outcome):
    """Unrecorded is unknown, not fine; an act of a later day is not done yet."""
    acts = [
        Attestation(id="a", clause="9.1-7", subject="w", done=done, done_on=done_on)
    ] if done is not None else []  # fmt: skip
    found = outcomes(rulebook(), as_of, Works(id="w"), *acts)
    assert found["test.visits"]["w"] == outcome


def test_a_standing_act_of_the_county():
    """A blank subject is the county; the plan's county stands in where no ledger names one."""
    act = Attestation(id="a", clause="9.1-6", done=True, done_on="2024-03-01")
    assert outcomes(rulebook(), "2024-03-01", act)["test.scheme"] == {"测试县": "COMPLIANT"}
    assert outcomes(rulebook(), "2024-02-29", act)["test.scheme"] == {"测试县": "VIOLATION"}
    found = outcomes(rulebook(), "2024-03-01", County(id="甲"), County(id="乙"), act)
    assert found["test.scheme"] == {"甲": "COMPLIANT", "乙": "COMPLIANT"}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Attestation(id="a", clause="9.1-66", done=True), "did you mean '9.1-6'"),
        (Attestation(id="a", clause="9.1-1", done=True), "a recorded act satisfies"),
        (Attestation(id="a", clause="9.1-7", done=True), "asks each of them"),
        (Attestation(id="a", clause="9.1-7", subject="v", done=True), "the id of a works"),
        (Exemption(id="e", rule="test.small", subject="k"), "a rule in force; did you mean"),
        (Exemption(id="e", rule=EXIT, subject="kk"), "did you mean 'k'"),
        (Exemption(id="e", rule=EXIT), "the subject exempted"),
    ],
)
def test_acts_and_exemptions_name_what_exists(record, told):
    """An unknown clause, rule or subject is an error with the nearest right name."""
    with pytest.raises(FactsError, match=told):
        outcomes(rulebook(), "2025-01-01", Kiln(id="k"), Works(id="w"), record)


def test_rows_of_another_county_are_told():
    """Without a county ledger, a row of a county that is not the plan's is no row of nobody."""
    with pytest.raises(FactsError, match="read '外县', expected 测试县.*supply a county ledger"):
        outcomes(rulebook(), "2025-01-01", *days(2024, county="外县")[:3])
    found = outcomes(rulebook(), "2025-01-01", County(id="外县"), *days(2024, county="外县"))
    assert found["test.annual-mean@2024"] == {"外县": "COMPLIANT"}


def test_what_nobody_entered_does_not_pass_in_silence():
    """A ledger with one row per works is unknown for a works without one, and for no other."""
    works = [Works(id="s", industry="钢铁"), Works(id="c", industry="水泥"), Works(id="o")]
    retrofit = Retrofit(id="r", works="s", done_on="2024-05-01")
    found = outcomes(rulebook(), "2025-01-01", *works, retrofit)["test.retrofit"]
    assert found == {"r": "COMPLIANT", "c": "UNKNOWN", "o": "UNKNOWN"}
    other = outcomes(rulebook(), "2025-01-01", Works(id="x", industry="其他"))["test.retrofit"]
    assert other == {"x": "NOT_APPLICABLE"}


def test_what_stands_twice_is_told():
    """Two rows of one id, or two acts of one clause and subject, are nobody's guess."""
    with pytest.raises(FactsError, match="kiln, column 'id': read 'k', expected each once"):
        outcomes(rulebook(), "2025-01-01", Kiln(id="k"), Kiln(id="k"))
    acts = [Attestation(id=n, clause="9.1-6", done=n == "1") for n in "12"]
    with pytest.raises(FactsError, match="clause.subject': read '9.1-6/'"):
        outcomes(rulebook(), "2025-01-01", *acts)


def test_a_date_before_the_plan_is_an_error():
    """The plan's first day is the first that can be asked about."""
    with pytest.raises(AirplanError, match="before the plan begins on 2024-01-01"):
        outcomes(rulebook(), "2023-12-31", Kiln(id="k"))
    with pytest.raises(AirplanError, match="before the plan begins"):
        airplan.check(rulebook(), Kiln(id="k"), dt.date(2023, 12, 31))


def test_nothing_ran_is_never_a_pass():
    """Duties without a subject are listed; without any subject at all it is an error."""
    assessment = airplan.assess(rulebook(), airplan.Facts.of(), dt.date(2025, 1, 1))
    assert EXIT in [duty.id for duty in assessment.unassessed]
    assert "test.scheme" not in [duty.id for duty in assessment.unassessed]
    nobody = pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    no_county = airplan.Facts(tables={"county": nobody})
    with pytest.raises(AirplanError, match="nothing ran"):
        airplan.assess(rulebook(), no_county, dt.date(2025, 1, 1))


def test_the_outcomes_alone_are_those_of_the_verdicts():
    """And of a folder without a single subject there are none."""
    facts = airplan.read_facts("examples/qinyang", rules := airplan.load_rulebook(EXAMPLE))
    assessment = airplan.assess(rules, facts, dt.date(2025, 1, 1))
    names = ["rule", "duty", "subject", "outcome"]
    told = assessment.verdicts.select(names)
    assert assessment.outcomes.columns == names
    assert sorted(assessment.outcomes.rows()) == sorted(told.rows())
    nobody = airplan.assess(rulebook(), Facts.of(none=[Kiln]), dt.date(2025, 1, 1)).outcomes
    assert "test.small-kilns-exit" not in nobody["duty"]


def test_margins_say_how_far_off():
    """A limit's margin is in its unit, a task's in days; negative falls short."""
    facts = airplan.Facts.of(
        Works(id="w", industry="钢铁"),
        Kiln(id="k", works="w", dust="36.5 µg/m³", capacity="1 吨/年", standby=False,
             closed_on="never", rebuilt_on="never"),
        Kiln(id="l", capacity="1 吨/年", standby=False, closed_on="2025-10-10", rebuilt_on="never"),
    )  # fmt: skip
    assessment = airplan.assess(rulebook(), facts, dt.date(2025, 10, 31))
    rows = {(r["duty"], r["subject"]): r for r in assessment.verdicts.iter_rows(named=True)}
    clean = rows["test.steel-kilns-clean", "k"]
    assert (clean["measured"], clean["limit"], clean["margin"]) == (36.5, 35.0, -1.5)
    assert clean["unit"] == "µg/m³"
    assert (rows[EXIT, "k"]["margin"], rows[EXIT, "k"]["unit"]) == (-31.0, "天")
    assert (rows[EXIT, "l"]["margin"], rows[EXIT, "l"]["outcome"]) == (-10.0, "LATE")
    assert rows[EXIT, "k"]["departments"] == ["甲局", "乙局"]


def mean_of(as_of, *rows):
    return outcomes(rulebook(), as_of, County(id="测试县"), *rows)


def test_an_annual_mean_is_judged_when_its_year_is_over():
    """PENDING on the last day of the year, decided on the next; the limit is included."""
    rows = days(2024, dust="44.5")
    assert mean_of("2024-12-31", *rows)["test.annual-mean@2024"]["测试县"] == "COMPLIANT"
    assert mean_of("2024-12-30", *rows)["test.annual-mean@2024"]["测试县"] == "PENDING"
    assert mean_of("2025-01-01", *rows)["test.annual-mean@2024"]["测试县"] == "COMPLIANT"
    over = days(2024, dust="44.500001")
    assert mean_of("2025-01-01", *over)["test.annual-mean@2024"]["测试县"] == "VIOLATION"


def test_a_breach_that_no_day_can_mend_falls_short_at_once():
    """The eighth heavy day breaks "at most seven" in November."""
    first = [dt.date(2024, 11, n) for n in range(1, 31)]
    calm = days(2024, without=first)

    def with_heavy(count):
        heavy = days(2024, 200, without=[d for d in (r.date for r in days(2024)) if d not in first])
        return [*calm, *heavy[:count]]

    assert mean_of("2024-11-30", *with_heavy(7))["test.heavy-days@2024"]["测试县"] == "PENDING"
    assert mean_of("2024-11-30", *with_heavy(8))["test.heavy-days@2024"]["测试县"] == "VIOLATION"


def test_too_little_data_proves_no_compliance_but_can_prove_a_breach():
    """A year that is not valid is open, unless even clean missing days could not save it."""
    gone = [dt.date(2024, 3, n) for n in range(1, 6)]
    thin = days(2024, 40, without=gone)  # March has 26 days of 27
    assert mean_of("2025-01-01", *thin)["test.annual-mean@2024"]["测试县"] == "UNKNOWN"
    assert mean_of("2025-01-01", *days(2024, 40, without=gone[1:]))["test.annual-mean@2024"] == {
        "测试县": "COMPLIANT"
    }
    dirty = days(2024, 90, without=gone)
    assert mean_of("2025-01-01", *dirty)["test.annual-mean@2024"]["测试县"] == "VIOLATION"


def test_a_missing_ledger_is_unknown_not_zero():
    """Without the ledger a count is open; with an empty one nothing was counted."""
    found = mean_of("2025-01-01")
    assert found["test.heavy-days@2024"]["测试县"] == "UNKNOWN"
    assert found["test.annual-mean@2024"]["测试县"] == "UNKNOWN"


def test_completeness_is_reported():
    """Known and possible days, and which months fail."""
    gone = [dt.date(2024, 2, n) for n in range(1, 6)]
    facts = airplan.Facts.of(County(id="测试县"), *days(2024, 40, without=gone))
    metrics = airplan.assess(rulebook(), facts, dt.date(2025, 1, 1)).metrics
    row = metrics.filter((pl.col("metric") == "test.mean") & (pl.col("period") == "2024"))
    assert row.select("value", "known", "possible", "gaps").row(0) == (
        40.0, 361, 366, "2024-02: 24 < 25",
    )  # fmt: skip
    assert row["hi"].to_list() == [None]


def test_check_agrees_with_assess():
    """One subject gets the outcomes that its ledger gets."""
    works = Works(id="w", industry="钢铁")
    kiln = Kiln(id="k", works="w", dust="36 µg/m³", share="50 %", capacity="1 吨/年")
    book = rulebook()
    day = dt.date(2025, 12, 31)
    verdicts = airplan.check(book, kiln, day, works)
    found = outcomes(book, "2025-12-31", works, kiln)
    assert {v.duty.id: v.outcome for v in verdicts} == {
        duty: by_subject["k"] for duty, by_subject in found.items() if "k" in by_subject
    }
    alone = {v.duty.id: v.outcome for v in airplan.check(book, kiln, day)}
    assert alone["test.steel-kilns-clean"] == "UNKNOWN"
    assert len(verdicts) == len(verdicts[:]) == 5
    with pytest.raises(airplan.RuleError, match="no rule is about 'attestation'"):
        airplan.check(book, Attestation(id="a"), day)


def test_an_id_is_text_on_the_page():
    """Neither brackets nor colons in it are taken for marks."""
    from airplan_core.report.text import assessment_text

    short = {"capacity": "1 吨/年", "standby": False, "closed_on": "never", "rebuilt_on": "never"}
    facts = airplan.Facts.of(Kiln(id="[b]:smile:", **short))
    page = assessment_text(airplan.assess(rulebook(), facts, dt.date(2026, 1, 1)))
    assert "[b]:smile:" in page


def test_check_knows_a_granted_exemption():
    """One that is given with the subject counts; without it, nothing is granted."""
    kiln = Kiln(id="k", capacity="1 吨/年", standby=False, closed_on="never", rebuilt_on="never")
    granted = Exemption(
        id="e", rule=EXIT, subject="k", valid_from="2025-11-01", valid_to="2026-11-30"
    )
    day = dt.date(2026, 1, 1)

    def outcome(*related):
        found = airplan.check(rulebook(), kiln, day, *related)
        return dict(zip((v.duty.id for v in found), found.outcomes, strict=True))[EXIT]

    assert (outcome(), outcome(granted)) == ("VIOLATION", "EXEMPT")


@pytest.mark.parametrize(
    ("closed_on", "standby", "as_of", "outcome"),
    [
        ("2025-01-01", True, "2025-06-01", "COMPLIANT"),
        ("2025-01-01", None, "2025-06-01", "COMPLIANT"),
        ("2025-10-01", None, "2026-01-01", "LATE"),
        (None, True, "2026-01-01", "EXEMPT"),
        ("never", True, "2025-06-01", "EXEMPT"),
        ("never", None, "2026-01-01", "UNKNOWN"),
        (None, None, "2026-01-01", "UNKNOWN"),
        ("never", False, "2025-06-01", "PENDING"),
        ("never", False, "2026-01-01", "VIOLATION"),
    ],
)
def test_the_requirement_decides_before_the_exemption(closed_on, standby, as_of, outcome):
    """Who meets it owes nothing, whatever the exception says; EXEMPT is: not met, and excused."""
    day = dt.date.fromisoformat(as_of)
    kiln = Kiln(
        id="k", capacity="1 吨/年", standby=standby, closed_on=closed_on, rebuilt_on="never"
    )
    by_row = {v.duty.id: v.outcome for v in airplan.check(rulebook(), kiln, day)}
    assert outcomes(rulebook(), day, kiln)[EXIT]["k"] == by_row[EXIT] == outcome


@pytest.mark.parametrize(
    ("capacity", "closed_on", "standby", "missing"),
    [
        ("1 吨/年", "never", None, ["standby"]),
        (None, "2025-01-01", None, ["capacity"]),
        (None, "never", True, ["capacity"]),
        (None, None, True, ["capacity"]),
    ],
)
def test_only_what_could_still_decide_is_missing(capacity, closed_on, standby, missing):
    """A blank exception of a met requirement is not asked for, nor the act of who is excused."""
    kiln = Kiln(id="k", capacity=capacity, standby=standby, closed_on=closed_on, rebuilt_on="never")
    assessment = airplan.assess(rulebook(), airplan.Facts.of(kiln), dt.date(2026, 1, 1))
    row = assessment.select("UNKNOWN").filter(pl.col("duty") == EXIT).row(0, named=True)
    (reason,) = assessment.explain(EXIT, "k").reasons
    assert row["missing"] == [leaf.name for leaf in reason.missing] == missing


@pytest.mark.parametrize(
    ("capacity", "as_of", "outcome"),
    [
        ("100 吨/年", "2024-06-30", "PENDING"),
        ("100 吨/年", "2024-07-01", "VIOLATION"),
        ("100.1 吨/年", "2024-07-01", "NOT_APPLICABLE"),
        (None, "2024-07-01", "UNKNOWN"),
    ],
)
def test_a_ban_speaks_of_what_it_forbids(capacity, as_of, outcome):
    """Who has none of it is in no count of compliance; a date is the day after which it holds."""
    ban = airplan.Rule(
        id="test.no-small-kilns",
        clause=TASK.clause(12, "2024年6月底后禁止产能100吨/年以下的窑炉"),
        en="No small kilns.",
        subject=Kiln,
        forbids=Kiln.capacity.at_most("100 吨/年"),
        due=airplan.by("2024-06-30"),
        keeps=[{Kiln.capacity: "101 吨/年"}],
        breaks=[{Kiln.capacity: "100 吨/年"}],
    )
    book = rulebook(None, rules=(ban,), clauses=(ban.clause,), metrics=())
    kiln = Kiln(id="k", capacity=capacity)
    assert outcomes(book, as_of, kiln)["test.no-small-kilns"]["k"] == outcome
    assessment = airplan.assess(book, airplan.Facts.of(kiln), dt.date(2024, 7, 1))
    text = str(assessment.explain(ban.id, "k"))
    assert "要求: 一律禁止" in text


def test_a_rule_asks_or_forbids():
    """One of the two, and not both."""
    clause = TASK.clause(13, "禁止备用")
    for verbs in ({}, {"requires": ~Kiln.standby, "forbids": Kiln.standby}):
        with pytest.raises(airplan.RuleError, match=r"requires=….*forbids=…"):
            airplan.Rule(id="test.both", clause=clause, en="", subject=Kiln, **verbs)


def test_a_divisor_of_nothing_says_so():
    """A ratio whose divisor is 0 is undecided: its divisor is missing, and said to be 0."""
    per_burner = airplan.Rule(
        id="test.per-burner",
        clause=TASK.clause(11, "单台产能不高于10吨/年"),
        en="Capacity per burner.",
        subject=Kiln,
        requires=(Kiln.capacity / Kiln.burners).at_most("10 吨/(年·台)"),
        keeps=[{Kiln.capacity: "20 吨/年", Kiln.burners: "2 台"}],
        breaks=[{Kiln.capacity: "21 吨/年", Kiln.burners: "2 台"}],
    )
    chapter = {"rules": (per_burner,), "clauses": (per_burner.clause,), "metrics": ()}
    facts = airplan.Facts.of(Kiln(id="k", capacity="20 吨/年", burners="0 台"))
    assessment = airplan.assess(rulebook(None, **chapter), facts, dt.date(2024, 6, 1))
    assert assessment.verdicts["missing"].to_list() == [["burners"]]
    assert "燃烧器 (为0，不能作除数)" in str(assessment.explain("test.per-burner", "k"))


@pytest.mark.parametrize("late", [False, True])
def test_the_table_of_outcomes_is_the_enumeration_of_the_unknown(late):
    """What is possible is what some completion of the open truth values gives, and nothing else."""
    outcomes_table = table(Outcome.VIOLATION, can_be_late=late)

    def definite(applies, exempt, met, in_time):
        if not applies:
            return Outcome.NOT_APPLICABLE
        if met:
            return Outcome.COMPLIANT if in_time or not late else Outcome.LATE
        return Outcome.EXEMPT if exempt else Outcome.VIOLATION

    for values in product((FALSE, TRUE, OPEN), repeat=4):
        applies, exempt, met, in_time = values
        if not late:
            values = (applies, exempt, met, met)
            in_time = met
        if in_time == TRUE and met != TRUE:
            continue  # what was met in time is met
        if met == FALSE and in_time != FALSE:
            continue
        choices = [(False, True) if v == OPEN else (v == TRUE,) for v in values]
        possible = 0
        for a, e, m, t in product(*choices):
            if t and not m:
                continue
            if exempt == TRUE and met == OPEN:
                m = t = False  # who is excused stays so until it is known to have met it
            possible |= definite(a, e, m, m if not late else t)
        assert members(outcomes_table[index(*values)]) == members(possible), values


def test_an_unknown_outcome_name_is_told():
    """`select` knows the nine names."""
    assessment = airplan.assess(rulebook(), airplan.Facts.of(Kiln(id="k")), dt.date(2025, 1, 1))
    with pytest.raises(AirplanError, match="did you mean 'VIOLATION'"):
        assessment.select("VIOLATED")


def test_a_row_of_a_day_to_come_is_told_and_counts_for_nothing():
    """A forecast, or a ledger asked of an earlier day: one line for each ledger."""
    first, last = (dt.date(2024, 6, 30), dt.date(2024, 7, 1))
    known = [day for day in days(2024, 40) if day.date <= first]
    forecast = Day(id="f", county="测试县", date=last, dust="900 µg/m³")
    calm, told = (airplan.assess(rulebook(), Facts.of(*rows), first)
                  for rows in (known, [*known, forecast]))  # fmt: skip
    assert told.metrics.equals(calm.metrics)
    assert told.facts.notes == ("day: 1 rows are of days after 2024-06-30 and do not count yet",)
    assert calm.facts.notes == ()
