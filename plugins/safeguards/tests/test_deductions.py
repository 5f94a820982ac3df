"""Deductions: what findings cost, by a price list typed here once more from the sentence."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import airplan_core as airplan
import airplan_qinyang
import airplan_safeguards
from airplan_core import AirplanError, Config, County, Facts, Strength, read_facts
from airplan_qinyang.towns import Township
from airplan_safeguards.deduction_ledgers import KINDS, SupervisionFinding as Finding

PLUGINS = [airplan.contribution(one.CAMPAIGN) for one in (airplan_safeguards, airplan_qinyang)]
EXAMPLE = Path(__file__).parents[3] / "examples/qinyang"


def book(taken=None):
    return airplan.build_rulebook(PLUGINS, Config(interpretations=taken or {}))


BOOK, FIRST = book(), book({"I-47": "first"})
COMMAND = BOOK.commands["deductions"]


def finding(id="1", **said):
    given_ = {
        "county": "甲县", "found_on": "2024-06-01", "place": f"第{id}处", "team": "省", "also": "无",
    }  # fmt: skip
    return Finding(
        id=id, **{name: value for name, value in {**given_, **said}.items() if value is not None}
    )


def ask(*findings, rules=BOOK, first=None, last=None, lang="zh", facts=None):
    if facts is None:
        facts = Facts.of(County(id="甲县"), Township(id="乙镇", county="甲县"), *findings)
    options = {
        name: None if day is None else dt.date.fromisoformat(day)
        for name, day in (("from", first), ("to", last))
    }
    return COMMAND.answer(rules, facts, options, lang)


def rows(listing, name):
    return dict(listing.tables)[name].to_dicts()


def priced(*findings, **how):
    """By finding: least, most, clause, other clause."""
    return {
        row["编号"]: (row["金额（元）"], row["至多（元）"], row["条款"], row["另涉条款"])
        for row in rows(ask(*findings, **how), "明细")
    }


def price(**said):
    return priced(finding(**said))["1"]


def notes(*findings, **how):
    return "\n".join(ask(*findings, **how).notes)


#: What each kind costs with what makes it so, and the sentence.
GRID = [
    ({"kind": "燃煤锅炉", "capacity": "10 蒸吨/小时", "no_burn_zone": False}, 100_000, "3.3-11"),
    ({"kind": "燃煤锅炉", "capacity": "9.9 蒸吨/小时", "no_burn_zone": False}, 100_000, "3.3-11"),
    ({"kind": "燃煤锅炉", "capacity": "10.000001 蒸吨/小时", "no_burn_zone": False}, 10_000, "3.3-21"),
    ({"kind": "施工工地扬尘", "items": 1}, 100_000, "3.3-12"),
    ({"kind": "施工工地扬尘", "items": 3}, 300_000, "3.3-12"),
    ({"kind": "施工工地扬尘", "items": 6}, 600_000, "3.3-12"),
    ({"kind": "停产限产不落实"}, 100_000, "3.3-14"),
    ({"kind": "无资质渣土车"}, 100_000, "3.3-15"),
    ({"kind": "露天焚烧", "burnt": "杂草"}, 50_000, "3.3-16"),
    ({"kind": "露天焚烧", "burnt": "秸秆"}, 50_000, "3.3-16"),
    ({"kind": "烟花爆竹", "firework_zone": True}, 50_000, "3.3-17"),
    ({"kind": "烟花爆竹", "firework_zone": False}, 10_000, "3.3-21"),
    ({"kind": "工业企业堆场扬尘"}, 10_000, "3.3-18"),
    ({"kind": "露天烧烤", "no_burn_zone": True}, 10_000, "3.3-19"),
    ({"kind": "使用高污染燃料", "no_burn_zone": True}, 10_000, "3.3-19"),
    ({"kind": "销售散煤", "no_burn_zone": True}, 10_000, "3.3-19"),
    ({"kind": "销售散煤", "no_burn_zone": False}, 10_000, "3.3-21"),
    ({"kind": "餐饮门店", "built_up": True}, 10_000, "3.3-20"),
    ({"kind": "餐饮门店", "built_up": False}, 10_000, "3.3-21"),
    ({"kind": "其他大气环境问题"}, 10_000, "3.3-21"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "yuan", "clause"), GRID, ids=str)
def test_a_finding_costs_what_the_sentence_says(said, yuan, clause):
    """Ten tonnes are in, more are not; who is out of a scope is another problem of air."""
    assert price(**said) == (yuan, yuan, clause, None)


def test_who_is_not_named_costs_nothing():
    """国家、省、市 deduct; the county's own team does, where 市 is read so."""
    for team in ("国家", "省", "焦作市"):
        assert price(kind="无资质渣土车", team=team)[0] == 100_000
    for team in ("沁阳市", "其他"):
        assert price(kind="无资质渣土车", team=team) == (0, 0, None, None)
    both = book({"3.3-10-teams": "both"})
    assert priced(finding(kind="无资质渣土车", team="沁阳市"), rules=both)["1"][0] == 100_000


def test_what_meets_two_items_is_shown_with_both_and_counts_once():
    """I-47: the larger; under the other reading the one that stands first."""
    boiler = {"kind": "燃煤锅炉", "capacity": "4 蒸吨/小时", "no_burn_zone": True}
    assert price(**boiler) == (100_000, 100_000, "3.3-11", "3.3-19")
    swapped = {
        "kind": "使用高污染燃料",
        "also": "燃煤锅炉",
        "capacity": "4 蒸吨/小时",
        "no_burn_zone": True,
    }
    assert price(**swapped) == (100_000, 100_000, "3.3-11", "3.3-19")
    on_site = {**boiler, "also": "施工工地扬尘", "items": 2, "no_burn_zone": False}
    assert price(**on_site) == (200_000, 200_000, "3.3-12", "3.3-11")
    assert priced(finding(**on_site), rules=FIRST)["1"] == (100_000, 100_000, "3.3-11", "3.3-12")
    assert price(**{**on_site, "items": 1}) == (100_000, 100_000, "3.3-11", "3.3-12")
    said = rows(ask(finding(**boiler)), "明细")[0]
    assert said["另涉金额（元，未计）"] == 10_000
    assert "有 1 起同时涉及两项，只计金额大的一项（I-47）" in notes(finding(**boiler))


def test_straw_is_such_burning_by_one_reading():
    listed = book({"3.3-16-etc": "listed"})
    straw = finding(kind="露天焚烧", burnt="秸秆")
    assert priced(straw, rules=listed)["1"][::2] == (10_000, "3.3-21")
    assert priced(finding(kind="露天焚烧"), rules=listed)["1"][:2] == (10_000, 50_000)


UNKNOWN = [
    ({"kind": "施工工地扬尘"}, (100_000, 600_000), "不明：不到位的控尘措施项数"),
    ({"kind": "燃煤锅炉", "no_burn_zone": False}, (10_000, 100_000), "不明：锅炉出力"),
    ({"kind": "烟花爆竹"}, (10_000, 50_000), "不明：是否在禁燃禁放范围内"),
    ({"kind": "工业企业堆场扬尘", "also": None}, (10_000, 600_000), "不明：同时涉及的类别"),
    ({"kind": None}, (10_000, 600_000), "按其他大气环境问题至少计 1 万元"),
    ({"kind": "无资质渣土车", "team": None}, (0, 100_000), "督导组层级不明，是否扣缴不定"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "ends", "why"), UNKNOWN, ids=str)
def test_what_is_not_known_is_at_least_and_at_most(said, ends, why):
    """And what it lacks is said beside it."""
    row = rows(ask(finding(**said)), "明细")[0]
    assert (row["金额（元）"], row["至多（元）"]) == ends
    assert why in row["说明"]


def test_a_finding_without_a_kind_is_told():
    assert "有 1 起类别未填或无法读取" in notes(finding())


def test_a_finding_without_a_day_is_told_and_not_dropped():
    """With what it costs if it is one of these days."""
    listing = ask(finding(kind="无资质渣土车"), finding("2", kind="烟花爆竹", firework_zone=True, found_on=None),
                  finding("3", kind="无资质渣土车", found_on="未发生"))  # fmt: skip
    assert rows(listing, "合计")[0]["金额（元）"] == 100_000
    assert [(row["编号"], row["如在期内，至少（元）"]) for row in rows(listing, "无法定价")] == [
        ("2", 50_000), ("3", 100_000),
    ]  # fmt: skip
    assert "另有 2 起无法定价，未计入" in listing.notes


def test_unreadable_cells_and_rows_are_told(tmp_path):
    (tmp_path / "督导发现问题.csv").write_text(
        "编号,县市,发现日期,督导组层级,问题类别,同时涉及的类别\n"
        "1,甲县,去年,省,无资质渣土车,无\n2,甲县,2024-06-01,省,黑车,无\n,甲县,2024-06-01,省,无资质渣土车,无\n",
        "utf-8",
    )
    (tmp_path / "county.csv").write_text("编号\n甲县\n", "utf-8")
    facts = read_facts(tmp_path, BOOK)
    listing = ask(facts=facts)
    assert rows(listing, "合计")[0]["起数"] == 1
    assert "另有 2 起无法定价，未计入" in listing.notes
    assert "其中 1 行整行无法读取" in listing.notes
    assert any("类别未填或无法读取" in one for one in listing.notes)


def test_without_the_ledger_nothing_is_said():
    assert any(
        "没有提供台账“督导发现问题”" in one for one in ask(facts=Facts.of(County(id="甲县"))).notes
    )


def test_both_ends_are_in_and_stand_in_order():
    days = ["2024-05-31", "2024-06-01", "2024-06-30", "2024-07-01"]
    every = [finding(day, kind="无资质渣土车", found_on=day) for day in days]
    assert list(priced(*every, first="2024-06-01", last="2024-06-30")) == days[1:3]
    assert len(priced(*every)) == 4
    with pytest.raises(AirplanError, match="lies behind") as told:
        ask(*every, first="2024-07-01", last="2024-06-30")
    assert "两个日期对调" in told.value.text("zh")


def test_several_units_are_not_divided_silently():
    listing = ask(
        finding(kind="无资质渣土车", units="市城管局、市住建局"),
        finding("2", kind="无资质渣土车", units="市住建局，市城管局"),
        finding("3", kind="露天焚烧", burnt="杂草", units="市城管局"),
    )
    assert [(row["责任单位"], row["金额（元）"]) for row in rows(listing, "按责任单位")] == [
        ("市住建局、市城管局（共同，未分摊）", 200_000), ("市城管局", 50_000),
    ]  # fmt: skip
    assert any("没有规定如何分摊" in one for one in listing.notes)


def test_what_a_notice_claims_stands_beside_the_estimate():
    listing = ask(
        finding(kind="无资质渣土车", claimed="80000.1 元"),
        finding("2", kind="无资质渣土车", claimed="0.2 元"), finding("3", kind="无资质渣土车"),
    )  # fmt: skip
    total = rows(listing, "合计")[0]
    assert (total["金额（元）"], total["实际扣缴（元）"], total["未填实际扣缴的起数"]) == (
        300_000,
        80_000.3,
        1,
    )


def test_what_is_entered_twice_is_told_and_counted():
    twice = [finding(id, kind="无资质渣土车", place="甲处") for id in "12"]
    assert "有 2 起与另一行的日期、地点、督导组层级、类别、项数都相同" in notes(*twice)
    assert rows(ask(*twice), "合计")[0]["金额（元）"] == 200_000


def test_it_is_an_estimate_and_says_so():
    assert "估算" in ask().title
    assert "不是扣缴通知" in ask().notes[0]
    assert "estimated" in ask(lang="en").notes[0]


def test_sanctions_without_a_duty_are_listed():
    """I-17: what is priced, and neither forbidden nor asked for before."""
    found = [row["条款"] for row in rows(ask(), "方案无对应义务")]
    assert found == [f"3.3-{n}" for n in (11, 12, 15, 16, 17, 19, 20)]


BAD = [
    ({"claimed": "-1 元"}, "claimed"),
    ({"items": 0}, "items"),
    ({"items": 7}, "items"),
    ({"kind": "黑渣土"}, "kind"),
]


@pytest.mark.parametrize(("said", "field"), BAD, ids=str)
def test_what_cannot_be_is_refused(said, field):
    """Negative money, no measure or a seventh one, a kind that is none."""
    with pytest.raises(ValueError, match=field):
        finding(**said)


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "露天焚烧", "also": "露天焚烧"},
        {"found_on": "2024-06-02", "deducted_on": "2024-06-01"},
    ],
)
def test_what_contradicts_itself_is_refused(said):
    facts = Facts.of(County(id="甲县"), finding(**said))
    with pytest.raises(airplan.FactsError):
        airplan.assess(BOOK, facts, dt.date(2025, 1, 1))


BORNE = [
    ({"deducted_on": "2024-07-01", "borne": True}, "COMPLIANT"),
    ({"deducted_on": "2024-07-01", "borne": False}, "VIOLATION"),
    ({"deducted_on": "2024-07-01"}, "UNKNOWN"),
    ({"deducted_on": "未发生", "borne": False}, "NOT_APPLICABLE"),
    ({"deducted_on": "2025-01-02", "borne": False}, "NOT_APPLICABLE"),
    ({"deducted_on": "2025-01-01", "borne": False}, "VIOLATION"),
    ({"borne": False}, "UNKNOWN"),
    ({"deducted_on": "2024-07-01", "borne": False, "team": "沁阳市"}, "NOT_APPLICABLE"),
]


@pytest.mark.parametrize(("said", "outcome"), BORNE, ids=str)
def test_what_was_deducted_is_borne_by_who_is_responsible(said, outcome):
    facts = Facts.of(County(id="甲县"), finding(kind="无资质渣土车", **said))
    found = airplan.assess(BOOK, facts, dt.date(2025, 1, 1)).outcomes.filter(
        rule="safeguards.deductions-borne"
    )
    assert found["outcome"].to_list() == [outcome]


def test_its_sentences_bind_nobody_but_the_last():
    mine = [BOOK.clauses[f"3.3-{n}"] for n in range(10, 23)]
    assert [one.strength for one in mine] == [*[Strength.NONE] * 12, Strength.MUST]
    assert {one.figure.id for one in mine if one.figure is not None} == {
        f"safeguards.deductions-{n}" for n in (11, 12, 14, 15, 16, 17, 18, 19, 20, 21)
    }


# the oracle: the sentence in plain Python -----------------------------------------------------


def oracle(row):
    """Cheapest and dearest of every completion of a row that the sentence can be read for."""
    completions = [{}]
    options = {
        "team": ("国家", "其他"), "kind": KINDS, "also": ("无", *KINDS), "items": (1, 2, 3, 4, 5, 6),
        "capacity": (4, 20), "firework_zone": (True, False), "no_burn_zone": (True, False),
        "built_up": (True, False),
    }  # fmt: skip
    for name, values in options.items():
        known = row.get(name)
        completions = [
            {**done, name: value}
            for done in completions
            for value in (values if known is None else (known,))
        ]
    amounts = [_oracle(one) for one in completions if one["kind"] != one["also"]]
    return min(amounts), max(amounts)


def _oracle(row):
    if row["team"] not in ("国家", "省", "焦作市"):
        return 0
    kinds, found = {row["kind"], row["also"]}, [10_000]
    if "燃煤锅炉" in kinds and row["capacity"] <= 10:
        found.append(100_000)
    if "施工工地扬尘" in kinds:
        found.append(row["items"] * 100_000)
    if kinds & {"停产限产不落实", "无资质渣土车"}:
        found.append(100_000)
    if "露天焚烧" in kinds or ("烟花爆竹" in kinds and row["firework_zone"]):
        found.append(50_000)
    return max(found)  # whatever else there is costs 10,000


maybe = lambda values: st.one_of(st.none(), st.sampled_from(values))  # noqa: E731
ROW = st.fixed_dictionaries(
    {
        "team": maybe(["国家", "省", "焦作市", "沁阳市", "其他"]),
        "kind": maybe(KINDS),
        "also": st.sampled_from([None, "无", "无", "无", *KINDS]),
        "items": maybe([1, 2, 3, 6]),
        "capacity": maybe([4, 10, 11, Fraction(1, 2)]),
        "firework_zone": maybe([True, False]),
        "no_burn_zone": maybe([True, False]),
        "built_up": maybe([True, False]),
        "found_on": maybe(["2024-01-01", "2024-12-31", "2025-02-28", "2025-12-31"]),
        "units": maybe(["市工信局", "市住建局、市城管局"]),
        "township": maybe(["乙镇"]),
    }
).filter(lambda row: row["kind"] is None or row["kind"] != row["also"])


def made(number, row):
    said = {name: value for name, value in row.items() if value is not None}
    if "capacity" in said:
        said["capacity"] = f"{float(said['capacity'])} 蒸吨/小时"
    blank = {name: None for name in ("team", "also", "found_on") if name not in said}
    return finding(str(number), **{**said, **blank})


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=8), st.randoms(use_true_random=False))
def test_every_amount_is_the_oracles_and_every_table_adds_up(drawn, random):
    """By unit, township, kind and month; whatever the order of the rows."""
    findings = [made(number, row) for number, row in enumerate(drawn)]
    listing = ask(*findings)
    dated = {str(n): oracle(row) for n, row in enumerate(drawn) if row["found_on"] is not None}
    assert {id: ends[:2] for id, ends in priced(*findings).items()} == dated
    total = rows(listing, "合计")[0]
    assert (total["金额（元）"], total["至多（元）"]) == tuple(
        map(sum, zip(*dated.values(), strict=True))
    ) or not dated
    for name in ("按责任单位", "按乡镇街道", "按类别", "按月份"):
        for column in ("起数", "金额（元）", "至多（元）", "未填实际扣缴的起数"):
            assert sum(row[column] for row in rows(listing, name)) == total[column]
    random.shuffle(findings)
    again = ask(*findings)
    assert [(name, table.to_dicts()) for name, table in again.tables] == [
        (name, table.to_dicts()) for name, table in listing.tables
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from(["larger", "first"]))
def test_the_metric_is_what_the_command_adds_up(drawn, reading):
    """What is sure of each year is the same by both; of findings without a day it is in neither."""
    rules = {"larger": BOOK, "first": FIRST}[reading]
    findings = [made(number, row) for number, row in enumerate(drawn)]
    facts = Facts.of(County(id="甲县"), Township(id="乙镇", county="甲县"), *findings)
    metrics = airplan.assess(rules, facts, dt.date(2026, 1, 1)).metrics
    undated = any(row["found_on"] is None for row in drawn)
    for year in ("2024", "2025"):
        total = rows(
            ask(facts=facts, rules=rules, first=f"{year}-01-01", last=f"{year}-12-31"), "合计"
        )[0]
        found = metrics.filter(metric="safeguards.deductions-total", period=year).to_dicts()[0]
        assert round(found["lo"] * 10_000) == total["金额（元）"]
        if not undated:
            assert round(found["hi"] * 10_000) == total["至多（元）"]


def test_the_figures_of_the_sentences_add_up_to_the_total():
    """Where all is known, each finding is counted for one sentence."""
    findings = [finding(str(n), **said) for n, (said, *_) in enumerate(GRID)]
    found = airplan.assess(BOOK, Facts.of(County(id="甲县"), *findings), dt.date(2025, 12, 31))
    mine = {
        row["clause"]: round(row["value"] * 10_000)
        for row in found.figures.iter_rows(named=True)
        if row["period"] == "2024" and row["metric"].startswith("safeguards.deductions-")
    }
    expected = dict.fromkeys((f"3.3-{n}" for n in (11, 12, 14, 15, 16, 17, 18, 19, 20, 21)), 0)
    for _, yuan, clause in GRID:
        expected[clause] += yuan
    assert mine == expected
    total = rows(ask(*findings), "合计")[0]["金额（元）"]
    assert sum(mine.values()) == total


def test_the_example_is_what_was_computed_by_hand():
    """Nine findings: 10 + 3×10 + 10 + 5 + 10 + 1 + 1 + 10 (at least), and one of the county's own."""
    found = ask(facts=read_facts(EXAMPLE, airplan.load_rulebook(EXAMPLE)), last="2025-06-30")
    total = rows(found, "合计")[0]
    assert (total["起数"], total["金额（元）"], total["至多（元）"]) == (8, 770_000, 1_270_000)
    assert (total["实际扣缴（元）"], total["未填实际扣缴的起数"]) == (500_000, 5)
