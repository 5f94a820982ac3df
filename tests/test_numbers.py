"""The numbers of a sentence are those of its rule, in the words that plans have for them."""

import pytest

from airplan_core import (
    County,
    Rule,
    Strength,
    by,
    during,
    duties,
    every,
    hours,
    in_a_row,
    season,
    until,
    yearly,
)
from airplan_core.testing.numbers import mismatch
from tests.ledgers import HEAVY, MEAN, TASK, Kiln
from tests.sentences.chapter import Leak
from tests.sentences.clock import Job

DUST, CLOSED, REPAIRED = Kiln.dust, Kiln.closed_on, Leak.repaired_on.happened()


def of(requires, *due):
    """A rule of whatever the condition is of."""
    owner = County if any(one in repr(requires) for one in ("test.mean", "test.heavy")) else Kiln
    owner = Leak if "Leak" in repr((requires, due)) else Job if "Job" in repr(requires) else owner
    return {"requires": requires, "subject": owner, "due": due}


def closed(*due):
    return of(CLOSED.happened(), *due)


def unlike(text, given):
    rule = Rule(id="test.x", clause=TASK.clause(1, text, Strength.MUST), **given)
    return mismatch(rule, duties(rule, {}))


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("每年5月底前完成", closed(*yearly(5, 31, 2024, 2025)), closed(*yearly(6, 30, 2024, 2025))),
        ("每年5月底前完成", closed(*yearly(5, 31, 2024)), closed(*during(2024))),
        ("每年2月底前完成", closed(*yearly(2, 29, 2024)), closed(*yearly(2, 28, 2024))),
        ("每年5月15日前完成", closed(*yearly(5, 15, 2024)), closed(*yearly(5, 31, 2024))),
        ("2024年、2025年每年5月底前完成", closed(*yearly(5, 31, 2024, 2025)), closed(*yearly(5, 31, 2024))),
        ("每年完成", closed(*during(2024, 2025)), closed(*yearly(5, 31, 2024))),
        ("2024年至2025年每年完成", closed(*during(2024, 2025)), closed(*during(2024))),
        ("2024—2025年，逐年完成", closed(*during(2024, 2025)), closed(*during(2025))),
        ("每周调度", closed(*every("week", 2024)), closed(*during(2024))),
        ("一周一调度", closed(*every("week", 2024)), closed(*during(2024))),
        ("每月至少检查一次", closed(*every("month", 2024)), of(HEAVY.at_least("2 天"), *every("month", 2024))),
        ("每季度检查", closed(*every("quarter", 2024)), closed(by("2024-03-31")[0])),
        ("2024年每半年检查1次", closed(*every("half-year", 2024)), closed(*every("half-year", 2025))),
        ("每月检查2次", of(HEAVY.at_least("2 天"), *every("month", 2024)), closed(*every("month", 2024))),
        ("每年5月至9月停产", of(CLOSED.within(season("5月", "9月"))), of(CLOSED.within(season("5月", "8月")))),
        ("5-9月停产", of(CLOSED.within(season("5月", "9月"))), of(CLOSED.within(season("4月", "9月")))),
        ("5月1日至9月30日停产", of(CLOSED.within(season("5月", "9月"))), of(CLOSED.within(season("5月", "9-29")))),
        ("11月15日至次年3月15日停产", of(CLOSED.within(season("11-15", "3-15"))),
         of(CLOSED.within(season("11-15", "3-16")))),
        ("10时至16时停止施工", of(Job.begun.within(hours("10时", "16时"))),
         of(Job.begun.within(hours("10时", "17时")))),
        ("22时至次日6时停止施工", of(Job.begun.within(hours("22时", "次日6时"))),
         of(Job.begun.within(hours("22时", "次日7时")))),
        ("较基准下降12%", of(DUST.at_most(DUST.times("0.88"))), of(DUST.at_most(DUST.times("0.9")))),
        ("较基准下降12%", of(DUST.fallen_by("12 %", DUST)), of(DUST.fallen_by("10 %", DUST))),
        ("下降12%", of(DUST.at_most(DUST.times("0.88"))), of(DUST.at_most(DUST.times("1.12")))),
        ("增长10%以上", of(DUST.at_least(DUST.times("1.1"))), of(DUST.at_least(DUST.times("0.9")))),
        ("超额完成10%", of(DUST.at_least(DUST.times("1.1"))), of(DUST.at_least(DUST.times("1.2")))),
        ("达到任务量的110%", of(DUST.at_least(DUST.times("1.1"))), of(DUST.at_least(DUST.times("1.2")))),
        ("不低于1.5‰", of(Kiln.share.at_least("0.15 %")), of(Kiln.share.at_least("1.5 %"))),
        ("百分之七十以上", of(Kiln.share.at_least("70 %")), of(Kiln.share.at_least("17 %"))),
        ("七成以上", of(Kiln.share.at_least("70 %")), of(Kiln.share.at_least("7 %"))),
        ("一半以上", of(Kiln.share.at_least("50 %")), of(Kiln.share.at_least("60 %"))),
        ("2024年较2020年下降10%", of(MEAN.fallen_by("10 %", MEAN.in_year(2020)), *during(2024)),
         of(MEAN.fallen_by("10 %", MEAN.in_year(2019)), *during(2024))),
        ("2024年不高于2020年", of(MEAN.at_most(MEAN.in_year(2020)), *during(2024)),
         of(MEAN.at_most(MEAN.last_year()), *during(2024))),
        ("2024年不高于上年", of(MEAN.at_most(MEAN.last_year()), *during(2024)),
         of(MEAN.at_most(MEAN.last_year()), *during(2025))),
        ("2024年同比下降3%", of(MEAN.fallen_by("3 %"), *during(2024)), of(MEAN.fallen_by("4 %"), *during(2024))),
        ("2024年每月不高于上月", of(HEAVY.at_most(HEAVY.previous()), *every("month", 2024)),
         of(HEAVY.at_most(HEAVY.previous()), *every("month", 2025))),
        ("2024年不得连续两个月超过3天", of(~in_a_row(2, HEAVY.more_than("3 天")), *every("month", 2024)),
         of(~in_a_row(3, HEAVY.more_than("3 天")), *every("month", 2024))),
        ("自发现之日起15日内修复", of(REPAIRED, *by(Leak.found_on.plus(days=15))),
         of(REPAIRED, *by(Leak.found_on.plus(days=14)))),
        ("发现后十五日内修复", of(REPAIRED, *by(Leak.found_on.plus(days=15))),
         of(REPAIRED, *by(Leak.found_on.plus(days=5)))),
        ("三个工作日内修复", of(REPAIRED, *by(Leak.found_on.plus(working_days=3))),
         of(REPAIRED, *by(Leak.found_on.plus(working_days=5)))),
        ("两周内修复", of(REPAIRED, *by(Leak.found_on.plus(days=14))),
         of(REPAIRED, *by(Leak.found_on.plus(days=15)))),
        ("半年内修复", of(REPAIRED, *by(Leak.found_on.plus(months=6))),
         of(REPAIRED, *by(Leak.found_on.plus(months=5)))),
        ("一年内修复", of(REPAIRED, *by(Leak.found_on.plus(months=12))),
         of(REPAIRED, *by(Leak.found_on.plus(months=10)))),
        ("次日修复", of(REPAIRED, *by(Leak.found_on.plus(days=1))),
         of(REPAIRED, *by(Leak.found_on.plus(days=2)))),
        ("2024年9月30日前完成", closed(*by("2024-09-30")), closed(*by("2024-09-29"))),
        ("2025年上半年完成", closed(*by("2025-06-30")), closed(*by("2025-12-31"))),
        ("2025年三季度末前完成", closed(*by("2025-09-30")), closed(*by("2025-08-31"))),
        ("2025年9月底前可采用", of(until("2025-09-30")), of(until("2025-12-31"))),
    ],
)  # fmt: skip
def test_the_numbers_of_a_sentence_are_read_as_they_are_meant(text, right, wrong):
    """Without `numbers`, which are for what a sentence says in no figure; another number is told."""
    assert unlike(text, right) == ([], [])
    assert unlike(text, wrong) != ([], [])


def test_a_mismatch_says_the_words_and_what_they_are_held_as():
    """As the sentence has them."""
    assert unlike("两年内下降12%", of(DUST.at_most(DUST.times("0.9")))) == (
        ["12% (12 or 0.12 or 0.88)", "两年 (2 or 24)"], ["0.9"],
    )  # fmt: skip
