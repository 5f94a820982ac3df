"""The plan's opening and 一(一) 指导思想: sentences that nothing can be held against."""

from airplan_core import Task
from airplan_qinyang import QINYANG_2024

OPENING = Task(
    id="0", heading="沁阳市空气质量持续改善行动方案", campaign="overall", plan=QINYANG_2024
)
GUIDANCE = Task(id="1.1", heading="指导思想", campaign="overall", plan=QINYANG_2024)

_DIRECTION = "gives a direction without an act or a quantity"

declared = (
    OPENING.clause(1, "（征求意见稿）", excused="says that the text is a draft"),
    OPENING.clause(
        2,
        "为贯彻落实《河南省人民政府关于印发〈河南省空气质量持续改善行动计划〉的通知》（豫政〔2024〕12号）、"
        "《焦作市空气质量持续改善行动方案》（焦政〔2024〕11号）等文件要求",
        excused="names the plans above it",
    ),
    OPENING.clause(
        3,
        "持续深入打好蓝天保卫战，切实保障人民群众身体健康，以空气持续改善推动经济高质量发展，结合我市实际，"
        "制定本行动方案",
        excused="states the purpose",
    ),
    GUIDANCE.clause(
        1,
        "以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平生态文明思想，全面贯彻党的二十大和二十届"
        "二中、三中全会精神，认真落实国家、省、焦作市生态环境保护大会部署",
        excused="states the guiding thought",
    ),
    GUIDANCE.clause(
        2,
        "大力推动氮氧化物和VOCs（挥发性有机物）协同减排",
        excused=f"{_DIRECTION}; glosses VOCs",
    ),
    GUIDANCE.clause(
        3,
        "加快推动产业结构、能源结构、交通运输结构优化调整，完善大气环境管理体系，有效提升污染防治能力",
        excused=_DIRECTION,
    ),
    GUIDANCE.clause(
        4,
        "远近结合研究谋划大气污染防治路径，推动大气污染综合治理、系统治理、源头治理，加快形成绿色低碳生产"
        "生活方式，努力实现环境、经济和社会效益多赢，为推进美丽沁阳建设贡献力量",
        excused=_DIRECTION,
    ),
)
