"""三(五) 加强宣传引导: news in time, what the public tells, rewards and protection for it.

Who told is asked by no ledger: of a reward, and of protection, it is recorded that there is a
mechanism.
"""

from airplan_core import Rule, Task, attestation, by
from airplan_qinyang import QINYANG_2024
from airplan_safeguards.interpretations import PUBLISHED
from airplan_safeguards.publicity_ledgers import Publication

TASK = Task(id="3.5", heading="加强宣传引导", campaign="safeguards", plan=QINYANG_2024)

media = TASK.clause(
    1,
    "加强与中央、省、市内主要媒体及新媒体的联系沟通",
    excused="names no act that could be seen",
)

_NEWS = TASK.clause(2, "健全生态环境新闻发布机制，及时公布环境执法、重污染天气应急等信息")

news = attestation("safeguards.news-mechanism", _NEWS, en="There is a mechanism for giving news.")
published = Rule(
    id="safeguards.published-in-time",
    clause=_NEWS,
    en="What is known of enforcement and emergencies is published within 20 working days.",
    subject=Publication,
    applies=Publication.made_on.happened_after("2023-12-31"),
    requires=Publication.published_on.happened(),
    due=by(Publication.made_on.plus(working_days=20)),
    dated=PUBLISHED.takes("working_days"),
    numbers={"公布": "2023-12-31", "及时": "20"},
    speaks_of={Publication.made_on: "2024-03-01"},
    keeps=[{Publication.published_on: "2024-03-29"}],
    breaks=[{Publication.published_on: "never"}],
)

breathing = TASK.clause(3, "倡导全社会“同呼吸共奋斗”", excused="a slogan")

public = attestation(
    "safeguards.public-supervision",
    TASK.clause(4, "健全公众监督、举报奖励及处理反馈机制，保护举报人的合法权益"),
    parts=("公众监督机制", "举报奖励机制", "处理反馈机制", "保护举报人合法权益"),
    numbers={"及": "4"},
    en="The public supervises, whoever tells is rewarded, answered, and protected.",
)

together = TASK.clause(
    5,
    "大力激发公众参与大气环境保护的积极性主动性，凝聚深入打好秋冬季重污染天气消除、夏季臭氧污染防治和"
    "柴油货车污染治理攻坚战的合力",
    excused="says what it is all for; names no act",
)
