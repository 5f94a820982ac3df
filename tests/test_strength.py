"""A sentence's words give its strength; what is read otherwise is written."""

import pytest

import airplan_core as airplan
from airplan_core import RuleError, Strength, strength_of
from tests.ledgers import TASK

#: The sentences of the plan that are not read as their words are, and why.
READ_OTHERWISE = {
    "2.1.2-7": "a bracket inside a sentence that begins with 原则上",
    "2.4.3-4": "可选用 is read as the list of what may be chosen (2.4.3-4-may)",
}


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("施工工地必须围挡", "MUST"), ("应采用高效设施", "MUST"), ("严禁新增产能", "MUST"),
        ("不得增加排放强度", "MUST"), ("建立问题清单", "MUST"), ("要暂停建设", "MUST"),
        ("全市原则上不再新增化工园区", "IN_PRINCIPLE"), ("优先采用铁路", "IN_PRINCIPLE"),
        ("力争达到30%", "STRIVE"), ("冒黑烟现象基本消除", "APPROX"), ("下降10%左右", "APPROX"),
        ("鼓励开展检测", "ENCOURAGE"), ("可采用国六车辆", "PERMIT"), ("可不采取减排措施", "PERMIT"),
        ("可以错峰", "PERMIT"), ("保护永久基本农田", "MUST"), ("符合以下六项基本要求", "MUST"),
        ("出台鼓励夜间加油等政策", "MUST"), ("原则上不得设置旁路", "IN_PRINCIPLE"),
        ("原则上中心城区内禁止备案", "IN_PRINCIPLE"),
        ("可采取错峰生产", "PERMIT"), ("允许使用国五车辆", "PERMIT"), ("不允许露天堆放", "MUST"),
        ("制定优先控制化学品名录", "MUST"), ("鼓励供应商响应应急预案", "ENCOURAGE"),
        ("形成稳定可靠的消纳去向", "MUST"), ("发展可再生能源", "MUST"), ("持有排污许可在有效期内", "MUST"),
    ],
)  # fmt: skip
def test_words_are_read(text, strength):
    """Weaker words weaken, words that only look like them do not, and without any it binds."""
    assert strength_of(text) is Strength[strength]
    assert TASK.clause(1, text).strength is Strength[strength]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("须安装自动引燃设施，鼓励安装热值检测仪", ["鼓励", "须"]),
        ("原则上不得设置旁路，确需保留的应安装监控", ["原则上", "应"]),
        ("建设冲洗台，确无条件的可在出入口建设，不得带泥上路", ["可", "不得"]),
        ("禁止露天焚烧，鼓励综合利用", ["鼓励", "禁止"]),
        ("力争基本消除", ["力争", "基本"]),
    ],
)  # fmt: skip
def test_two_strengths_are_not_one(text, words):
    """Of a sentence whose words bind in two ways nobody guesses which is meant."""
    with pytest.raises(RuleError, match="binds in two ways") as caught:
        TASK.clause(1, text)
    assert all(repr(word) in str(caught.value) for word in words)
    assert TASK.clause(1, text, Strength.MUST).strength is Strength.MUST


def test_what_binds_nobody_has_none():
    """An excused clause, or one that only defines, has no strength, whatever it says."""
    assert TASK.clause(1, "必须提高", excused="no quantity").strength is Strength.NONE
    assert TASK.clause(1, "必要组件未安装", defines=("x.y",)).strength is Strength.NONE


def test_what_is_written_is_read():
    """A strength that is given is the clause's."""
    assert TASK.clause(1, "鼓励开展检测", Strength.MUST).strength is Strength.MUST


def test_the_plans_sentences_are_read_as_they_are_written():
    """Of every sentence of the installed chapters, the words give the strength, but for a few."""
    clauses = airplan.load_rulebook().clauses.values()
    assert len(clauses) > 100
    other = {
        clause.id
        for clause in clauses
        if not (clause.excused or clause.defines or clause.waives or clause.figure is not None)
        and clause.strength is not strength_of(clause.text)
    }
    assert other == set(READ_OTHERWISE)
