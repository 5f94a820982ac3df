"""二(二)5-6 开展国土绿化行动 and 历史遗留矿山生态修复治理: areas of the year, plots assigned."""

from airplan_core import County, Rule, Task, attestation, by, during
from airplan_pm10.ledgers import ForestryProject, MinePlot
from airplan_qinyang import QINYANG_2024
from airplan_qinyang.departments import AGR, FOR, NR, TRA

TASK_5 = Task(
    id="2.2.5",
    heading="开展国土绿化行动",
    campaign="pm10",
    plan=QINYANG_2024,
    shared=(FOR, TRA, AGR),
)
TASK_6 = Task(
    id="2.2.6",
    heading="开展历史遗留矿山生态修复治理",
    campaign="pm10",
    plan=QINYANG_2024,
    lead=(NR,),
)

ecological_projects = attestation(
    "pm10.ecological-projects",
    TASK_5.clause(
        3,
        "持续推进山区生态林、平原防风固沙林、乡村绿化和农田防护林、退化林修复、森林抚育等生态工程建设",
    ),
    parts=("山区生态林", "平原防风固沙林", "乡村绿化和农田防护林", "退化林修复", "森林抚育"),
    numbers={"等生态工程": "5"},
    en="Five kinds of ecological project are carried on.",
)

_BOTH = "2024年，完成中央财政补贴造林项目1000亩、市县森林抚育工程1万亩"

AFFORESTED = ForestryProject.area.sum(
    id="pm10.afforested", zh="中央财政补贴造林面积", en="afforested with central subsidies",
    of=ForestryProject.county, on=ForestryProject.completed_on,
    where=ForestryProject.kind.is_("中央财政补贴造林"), better="more",
)  # fmt: skip
TENDED = ForestryProject.area.sum(
    id="pm10.tended", zh="市县森林抚育面积", en="forest tended",
    of=ForestryProject.county, on=ForestryProject.completed_on,
    where=ForestryProject.kind.is_("市县森林抚育"), better="more",
)  # fmt: skip

afforestation = Rule(
    id="pm10.afforestation",
    clause=TASK_5.clause(5, _BOTH),
    en="1,000 mu are afforested with central subsidies in 2024.",
    subject=County,
    requires=AFFORESTED.at_least("1000 亩"),
    due=during(2024),
    numbers={"1万亩": None},
    keeps=[{AFFORESTED: "1000 亩"}],
    breaks=[{AFFORESTED: "999.9 亩"}],
)
tending = Rule(
    id="pm10.forest-tending",
    clause=TASK_5.clause(6, _BOTH),
    en="10,000 mu of forest are tended by city and county in 2024.",
    subject=County,
    requires=TENDED.at_least("1 万亩"),
    due=during(2024),
    numbers={"1000亩": None},
    keeps=[{TENDED: "10000 亩"}],
    breaks=[{TENDED: "9999.9 亩"}],
)

_DECLARED = (
    TASK_5.clause(
        1,
        "坚持数量、质量并重，逐步实现由大规模造林向森林资源提质增效转变",
        excused="a direction without a quantity or a day",
    ),
    TASK_5.clause(
        2,
        "深入挖掘绿化空间，充分利用山区困难地、乡村四旁隙地、沙化土地等地块精准实施造林",
        excused="where trees are to be planted, and not how many: 2.2.5-5 says that",
    ),
    TASK_5.clause(
        4,
        "做大做强森林“四库”（水库、钱库、粮库、碳库）巩固提升生态系统碳汇能力",
        excused="names nothing that could be seen",
    ),
)

#: Each year's plots are assigned from above: a fact of the ledger, plot by plot.
mine_plots = tuple(
    Rule(
        id=f"pm10.mine-plots-{year}",
        clause=TASK_6.clause(
            number, "2024年、2025年，分别完成上级下达历史遗留矿山图斑年度治理任务"
        ),
        en=f"Every legacy mine plot that was assigned for {year} is restored.",
        subject=MinePlot,
        applies=MinePlot.year.is_(f"{year}年"),
        requires=MinePlot.restored_on.happened(),
        due=by(f"{year}-12-31"),
        numbers={"2024年、2025年": f"{year}-12-31"},
        speaks_of={MinePlot.year: f"{year}年"},
        keeps=[{MinePlot.restored_on: f"{year}-12-31"}],
        breaks=[{MinePlot.restored_on: "never"}],
    )
    for number, year in ((1, 2024), (2, 2025))
)
