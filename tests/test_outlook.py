"""The outlook: what the rest of a running period must bring is what brings it to the limit."""

import datetime as dt
import json
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, strategies as st

import airplan_core as airplan
from airplan_core import AirplanError, Count, Facts, Share
from airplan_core.assessment.outlook import outlook, rounded
from airplan_core.readers.numbers import number
from airplan_core.report.charts import chart
from airplan_core.report.outlook import outlook_json, outlook_text
from airplan_core.rulebook.config import Config, Replacement
from tests.ledgers import HEAVY, MEAN, YEAR, Chapter, Day, days, heavy, mean, rulebook

FIRST = dt.date(2024, 1, 1)
HALF = dt.date(2024, 6, 30)


def chapter(**changed):
    """The test chapter whose heavy days know how many days a year has."""
    days_of = attrs.evolve(HEAVY, complete=YEAR)
    rule = attrs.evolve(heavy, requires=days_of.at_most("7 天"), keeps=(), breaks=())
    rules = tuple(rule if one is heavy else one for one in Chapter.rules)
    return rulebook(rules=rules, metrics=(MEAN, days_of, *Chapter.metrics[2:]), **changed)


def outlooks(*records, as_of=HALF, book=None):
    book = book or chapter()
    assessment = airplan.assess(book, Facts.of(*records), as_of)
    return assessment, {one.duty.rule.id: one for one in outlook(assessment)}


def half_year(level, year=2024):
    return [day for day in days(year, level) if day.date <= dt.date(year, 6, 30)]


def test_the_rest_may_have_the_mean_that_reaches_the_limit():
    """182 days at 50 leave 184 days at 39.06 for a limit of 44.5."""
    _, found = outlooks(*half_year(50))
    one = found["test.annual-mean"]
    assert (one.kind, one.known, one.missing, one.left) == ("mean", 182, 0, 184)
    assert one.needed == Fraction("44.5") * 366 / 184 - Fraction(50 * 182, 184)
    assert one.attainable is True
    exactly = [
        *half_year(50),
        *(attrs.evolve(day, dust=f"{float(one.needed):.6f} µg/m³")
          for day in days(2024) if day.date > HALF),
    ]  # fmt: skip
    whole = airplan.assess(chapter(), Facts.of(*exactly), dt.date(2025, 1, 1)).metrics
    value = whole.filter(metric="test.mean")["value"][0]
    assert value == pytest.approx(44.5, abs=1e-6)


def test_a_mean_out_of_reach_is_no_longer_attainable():
    """What clean air for the rest of the year cannot mend is lost, and the verdict says so."""
    _, found = outlooks(*half_year(95))
    one = found["test.annual-mean"]
    assert one.needed < 0
    assert (one.attainable, one.outcome) == (False, "VIOLATION")


def test_heavy_days_are_still_allowed_or_too_many():
    """Of seven, five are left after two; after nine, two are too many."""
    _, found = outlooks(*half_year(40)[2:], *half_year(200)[:2])
    assert (found["test.heavy-days"].kind, found["test.heavy-days"].needed) == ("allowed", 5)
    _, found = outlooks(*half_year(40)[9:], *half_year(200)[:9])
    one = found["test.heavy-days"]
    assert (one.needed, one.attainable, one.outcome) == (-2, False, "VIOLATION")


def test_days_without_data_are_missing_not_clean():
    """Ten days without data are counted; the mean leaves them out."""
    _, found = outlooks(*half_year(50)[:172])
    one = found["test.annual-mean"]
    assert (one.known, one.missing) == (172, 10)
    assert one.needed == (Fraction("44.5") * (172 + 184) - 50 * 172) / 184


def test_what_a_mean_leaves_out_is_neither_known_nor_missing():
    """Of ten days above 100 µg/m³ a mean below it knows nothing; a count of heavy days does."""
    calm = attrs.evolve(MEAN, where=Day.dust.at_most("100 µg/m³"))
    rule = attrs.evolve(mean, requires=calm.at_most({2024: "44.5 µg/m³", 2025: "44 µg/m³"}),
                        keeps=(), breaks=())  # fmt: skip
    days_of = attrs.evolve(HEAVY, complete=YEAR)
    limited = attrs.evolve(heavy, requires=days_of.at_most("7 天"), keeps=(), breaks=())
    book = rulebook(rules=tuple({mean: rule, heavy: limited}.get(one, one) for one in Chapter.rules),
                    metrics=(calm, days_of, *Chapter.metrics[2:]))  # fmt: skip
    before = [*half_year(30, 2023)[:150], *half_year(200, 2023)[150:]]
    _, found = outlooks(*before, *half_year(50)[:172], *half_year(140)[172:], book=book)
    one, count = found["test.annual-mean"], found["test.heavy-days"]
    assert (one.known, one.missing, count.known, count.missing) == (172, 0, 182, 0)
    assert (one.value, one.needed) == (50, (Fraction("44.5") * (172 + 184) - 50 * 172) / 184)
    assert (one.earlier[0].days, one.earlier[0].to_date) == (150, 30)
    assert (count.earlier[0].days, count.earlier[0].to_date) == (181, 31)


def test_earlier_years_are_compared_where_the_ledger_has_them():
    """The same stretch of 2023 and what its rest brought, and whether that would be enough."""
    before = [*half_year(60, 2023), *(d for d in days(2023, 30) if d.date > dt.date(2023, 6, 30))]
    _, found = outlooks(*half_year(50), *before)
    (year,) = found["test.annual-mean"].earlier
    assert (year.year, year.to_date, year.rest, year.days, year.valid) == (2023, 60, 30, 365, True)
    assert found["test.annual-mean"].enough == (2023,)
    few = [*half_year(60, 2023), *[d for d in days(2023, 30) if d.date > dt.date(2023, 12, 1)]]
    _, found = outlooks(*half_year(50), *few)
    assert found["test.annual-mean"].earlier[0].valid is False
    assert found["test.annual-mean"].enough == ()


def test_the_29th_of_february_has_a_neighbour_in_every_year():
    """Compared with the 28th of a common year."""
    _, found = outlooks(*half_year(50), *half_year(40, 2023), as_of=dt.date(2024, 2, 29))
    assert found["test.annual-mean"].earlier[0].to_date == 40


def test_without_a_running_period_there_is_nothing_to_look_out_for():
    """The day is told, with the periods there are."""
    assessment = airplan.assess(chapter(), Facts.of(*half_year(50)), dt.date(2026, 2, 1))
    with pytest.raises(AirplanError, match="2026-02-01.*2025-01-01 to 2025-12-31"):
        outlook(assessment)


def test_a_ledger_that_is_missing_leaves_everything_open():
    """No day, no value, nothing promised."""
    book = chapter()
    facts = Facts.of(airplan.County(id="测试县"))
    found = {one.duty.rule.id: one for one in outlook(airplan.assess(book, facts, HALF))}
    one = found["test.annual-mean"]
    assert (one.value, one.needed, one.attainable, one.kind) == (None, None, None, "none")


def test_rounding_moves_what_is_needed():
    """A limit of 44.5 reported with one decimal lets the mean come to 44.55."""
    rule = attrs.evolve(
        mean, requires=MEAN.rounded(1).at_most({2024: "44.5 µg/m³", 2025: "44 µg/m³"}),
        keeps=(), breaks=(),
    )  # fmt: skip
    rules = tuple(rule if one is mean else one for one in Chapter.rules)
    _, found = outlooks(*half_year(50), book=rulebook(rules=rules))
    assert found["test.annual-mean"].needed == (Fraction("44.55") * 366 - 50 * 182) / 184
    assert rounded(Fraction("44.55"), 1) == Fraction("44.6")  # half to even
    assert rounded(Fraction("44.45"), 1) == Fraction("44.4")


@given(
    st.lists(st.none() | st.integers(0, 300), min_size=30, max_size=30),
    st.integers(0, 29),
    st.integers(5, 200),
)
def test_the_needed_mean_meets_the_limit_and_no_more_does(levels, last, limit):
    """Filling the rest with what is needed gives the limit: fractions in plain Python."""
    book = rulebook(
        Config(replace={"test.annual-mean": Replacement(limit={"2024": f"{limit} µg/m³"})})
    )
    records = [
        Day(id=str(n), county="测试县", date=FIRST + dt.timedelta(days=n), dust=f"{level} µg/m³")
        for n, level in enumerate(levels[: last + 1])
        if level is not None
    ]
    if not records:
        return
    as_of = FIRST + dt.timedelta(days=last)
    assessment = airplan.assess(book, Facts.of(*records), as_of)
    one = next(o for o in outlook(assessment) if o.duty.rule.id == "test.annual-mean")
    known = [level for level in levels[: last + 1] if level is not None]
    left = 366 - last - 1
    assert (sum(known) + one.needed * left) / (len(known) + left) == limit
    # January needs 27 days, and today may be one of them yet
    assert one.valid is (len(known) + 30 - last + (levels[last] is None) >= 27)
    most = Fraction(sum(known), 366)
    assert one.attainable is (
        False if most > limit else True if one.valid and one.needed >= 0 else None
    )


def test_a_mean_that_may_not_reach_its_bound_says_so():
    """44.55 is reported as 44.6: the rest stays below; 44.45 is 44.4, and may be reached."""
    for limit, op, bound, below in (
        ("44.5", "at_most", "44.55", True),
        ("44.4", "at_most", "44.45", False),
        ("44.5", "less_than", "44.45", False),
        ("44.4", "less_than", "44.35", True),
    ):
        held = getattr(MEAN.rounded(1), op)(f"{limit} µg/m³")
        rule = attrs.evolve(mean, requires=held, due=heavy.due, keeps=(), breaks=())
        rules = tuple(rule if one is mean else one for one in Chapter.rules)
        assessment, found = outlooks(*half_year(50), book=rulebook(rules=rules))
        one = found["test.annual-mean"]
        assert one.needed == (Fraction(bound) * 366 - 50 * 182) / 184
        assert one.below is below
        text = outlook_text(assessment, (one,), "zh", 200)
        assert ("均值低于" in text) is below
        assert json.loads(outlook_json(assessment, (one,)))["outlooks"][0]["below"] is below
    _, found = outlooks(*half_year(50))
    assert found["test.annual-mean"].below is False


def test_what_can_no_longer_become_valid_is_neither_attainable_nor_not():
    """300 days by 30 December: a mean, whatever the last day brings, is not valid."""
    last = dt.date(2024, 12, 30)
    records = [day for day in days(2024, 40) if day.date <= last][65:]
    assessment, found = outlooks(*records, as_of=last)
    one = found["test.annual-mean"]
    assert (one.known, one.missing, one.left) == (300, 65, 1)
    assert (one.valid, one.attainable, one.outcome) == (False, None, "PENDING")
    assert "有效天数已不可能达到要求" in outlook_text(assessment, (one,), "zh", 200)
    assert "can no longer become valid" in outlook_text(assessment, (one,), "en", 200)
    assert json.loads(outlook_json(assessment, (one,)))["outlooks"][0]["valid"] is False
    _, found = outlooks(*records[:-28], *half_year(400)[:65], as_of=last)
    one = found["test.annual-mean"]  # December lacks its days, and no clean day mends the mean
    assert (one.valid, one.attainable, one.outcome) == (False, False, "VIOLATION")


GOOD = {"unit": "天", "of": Day.county, "on": Day.date, "where": Day.dust.at_most("100 µg/m³")}
OF_DAYS = {
    "mean": MEAN.rounded(1).at_most("44.5 µg/m³"),
    "heavy": attrs.evolve(HEAVY, complete=YEAR).at_most("7 天"),
    "good": Count(id="t.good", zh="优良", complete=YEAR, better="more", **GOOD).at_least("320 天"),
    "share": Share(
        id="t.share", zh="优良比例", complete=YEAR, better="more", **GOOD
    ).rounded(1).at_least("87.4 %"),
    "of-calendar": Share(
        id="t.of-calendar", zh="优良日历比例", better="more",
        complete=attrs.evolve(YEAR, leaves_out=False), **GOOD,
    ).at_least("87.4 %"),
    "heavy-share": Share(
        id="t.heavy-share", zh="重污染比例", complete=YEAR, better="less",
        **{**GOOD, "where": Day.dust.more_than("150 µg/m³")},
    ).rounded(1).at_most("1.9 %"),
}  # fmt: skip
OUTLOOK_BOOK = rulebook(
    rules=tuple(
        attrs.evolve(heavy, id=f"t.{name}", requires=held, keeps=(), breaks=())
        for name, held in OF_DAYS.items()
    ),
    metrics=(),
    clauses=(heavy.clause,),
)


@given(
    st.lists(st.integers(0, 365), max_size=45),
    st.integers(0, 360),
    st.integers(0, 60),
    st.integers(0, 47),
    st.sampled_from([20, 40, 44, 48]),
    st.integers(250, 364),
)
def test_what_the_outlook_says_the_verdict_will_say(missing, gap, long_, bad, level, last):
    """The cleanest rest there can be: met if attainable, missed if not, else not to be told."""
    lacking = {*missing, *range(gap, gap + long_)}
    every = [
        attrs.evolve(day, dust="160 µg/m³") if n % 8 == 0 and n < 8 * bad else day
        for n, day in enumerate(days(2024, level))
    ]
    records = [day for n, day in enumerate(every) if n <= last and n not in lacking]
    as_of = FIRST + dt.timedelta(days=last)
    told = outlook(airplan.assess(OUTLOOK_BOOK, Facts.of(*records), as_of))
    rest = [attrs.evolve(day, dust="0 µg/m³") for day in every[last + 1 :]]
    after = airplan.assess(OUTLOOK_BOOK, Facts.of(*records, *rest), dt.date(2025, 1, 1))
    verdicts = after.select(*airplan.Outcome.__members__, "UNKNOWN")
    will = dict(verdicts.select("rule", "outcome").iter_rows())
    assert len(told) == len(OF_DAYS)
    for one in told:
        outcome = {True: "COMPLIANT", None: "UNKNOWN", False: "VIOLATION"}[one.attainable]
        assert will[one.duty.rule.id] == outcome, one


def test_text_and_json_say_the_same():
    """Both languages, and the numbers of the JSON in the text."""
    assessment, found = outlooks(*half_year(50), *days(2023, 40))
    every = tuple(found.values())
    told = json.loads(outlook_json(assessment, every))
    one = next(o for o in told["outlooks"] if o["rule"] == "test.annual-mean")
    assert (one["value"], one["needs"], one["attainable"]) == (50.0, "mean", True)
    assert one["days"] == {"known": 182, "missing": 0, "left": 184}
    zh, en = (outlook_text(assessment, every, lang, 200) for lang in ("zh", "en"))
    assert "均值不超过 39 µg/m³" in zh
    assert "mean at most 39 µg/m³" in en
    assert "2023: 40 / 40" in en
    assert number(Fraction("39.06"), 1, down=True) == "39"
    assert number(None) == "—"


@pytest.mark.parametrize("format", ["svg", "png"])
def test_charts_are_drawn(format):
    """An SVG with its words as text, a PNG with its mark."""
    assessment, found = outlooks(*half_year(50), *days(2023, 40))
    drawn, _ = chart(assessment, tuple(found.values()), format, "zh")
    if format == "svg":
        assert drawn.startswith(b"<?xml")
        assert "年均" in drawn.decode()
        assert chart(assessment, tuple(found.values()), "svg", "zh")[0] == drawn
    else:
        assert drawn.startswith(b"\x89PNG")


def test_nothing_to_draw_is_told():
    """Without a daily value there is no picture."""
    facts = Facts.of(airplan.County(id="测试县"))
    assessment = airplan.assess(chapter(), facts, HALF)
    with pytest.raises(AirplanError, match="nothing to draw"):
        chart(assessment, outlook(assessment), "svg")


def test_a_png_without_a_chinese_font_is_in_english(monkeypatch):
    """Boxes for characters help nobody; the reader is told what to install."""
    from airplan_core.report import charts

    monkeypatch.setattr(charts, "CHINESE_FONTS", ())
    assessment, found = outlooks(*half_year(50))
    drawn, notes = chart(assessment, tuple(found.values()), "png", "zh")
    assert drawn.startswith(b"\x89PNG")
    assert "fonts-noto-cjk" in notes[0]
