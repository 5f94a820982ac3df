"""The ledgers every rulebook has: the county, recorded acts, exemptions, reported metrics."""

from __future__ import annotations

from airplan_core.model.entity import Demand, Entity, Keyed
from airplan_core.model.fields import Event, Flag, Text, event, flag, text


class County(Entity, zh="县市", en="county"):
    """The county whose plan it is: the subject of what the sentences ask of the whole area."""

    name: Text = text(zh="名称")


class Attestation(
    Keyed, zh="工作落实记录", en="attestation", key=("clause", "subject", "period", "part")
):
    """A recorded act that a sentence asks for: 加强…, 落实…, 制定…方案.

    One row for each clause, and for each subject where the clause asks every subject to act; a
    blank subject is the county. A clause without a row is unknown, not done and not undone.
    What is asked every year is recorded for each: `period` is the year that a row speaks of, and a
    blank one speaks of every year that has no row of its own. Where the sentence asks for several
    things, a plan and a scheme, each is recorded as a `part`; a blank one speaks of all of them.
    """

    clause: Text = text(zh="条款", names=True)
    subject: Text = text(zh="对象", names=True)
    period: Text = text(zh="时段", names=True, spans=True)
    part: Text = text(zh="事项", names=True)
    done: Flag = flag(zh="是否完成")
    done_on: Event = event(zh="完成日期")
    evidence: Text = text(zh="佐证材料")
    attested_by: Text = text(zh="填报单位")


class Exemption(
    Keyed,
    zh="豁免记录",
    en="exemption",
    key=("rule", "subject", "valid_from"),
    demands=(
        Demand(
            of="valid_to",
            least="valid_from",
            expected="不早于生效日期的日期",
            hint="两个日期写反了的，对调过来",
        ),
    ),
):
    """An exemption granted to one subject, or the justification that an 原则上 asks for.

    It counts on the days from `valid_from` to `valid_to`, both included, and on no other.
    """

    rule: Text = text(zh="规则", names=True)
    subject: Text = text(zh="对象", names=True)
    authority: Text = text(zh="批准单位")
    reason: Text = text(zh="理由")
    valid_from: Event = event(zh="生效日期")
    valid_to: Event = event(zh="失效日期")


class Reported(Keyed, zh="填报指标", en="reported metric", key=("metric", "subject", "period")):
    """A metric's value as a department reports it, where its ledger is incomplete or not kept.

    `period` is the year, or the day for a metric as at a day; a blank subject is the county.
    """

    metric: Text = text(zh="指标", names=True)
    subject: Text = text(zh="对象", names=True)
    period: Text = text(zh="时段", names=True, spans=True)
    value: Text = text(zh="数值")
    reported_by: Text = text(zh="填报单位")
    evidence: Text = text(zh="佐证材料")


CORE: tuple[type[Entity], ...] = (County, Attestation, Exemption, Reported)
