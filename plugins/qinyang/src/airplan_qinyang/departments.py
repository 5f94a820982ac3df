"""The departments the plan's brackets name, under one name each."""

EEB = "市生态环境局沁阳分局"
MIIT = "市工信局"
DRC = "市发改委"
HUC = "市住建局"
UM = "市城管局"
TRA = "市交通局"
NR = "市自然资源和规划局"
EM = "市应急管理局"
MSA = "市市场监管局"
FIN = "市财政局〔国资委〕"
FOR = "市林业发展服务中心"
WAT = "市水利局"
QRB = "沁河河务局"
PSB = "市公安局"
HWY = "市公路事业发展中心"
AGR = "市农业农村局"
GRID = "国网沁阳供电公司"
COM = "市商务局"
GOA = "市机关事务中心"
POST = "沁阳市邮政公司"
TAX = "市税务局"
ETDZ = "市经开区"
EAO = "市环境攻坚办"
TOWNS = "各乡（镇）街道办"
#: 市直有关部门, 各有关部门, 各成员单位: named in no sentence; their list is the county's.
UNITS = "各有关部门"

#: The same in English, for reports in that language.
ENGLISH = {
    EEB: "Ecology and Environment Bureau, Qinyang Branch",
    MIIT: "Industry and Information Technology Bureau",
    DRC: "Development and Reform Commission",
    HUC: "Housing and Urban-Rural Construction Bureau",
    UM: "Urban Management Bureau",
    TRA: "Transport Bureau",
    NR: "Natural Resources and Planning Bureau",
    EM: "Emergency Management Bureau",
    MSA: "Market Supervision Administration",
    FIN: "Finance Bureau (State Assets)",
    FOR: "Forestry Development Service Centre",
    WAT: "Water Resources Bureau",
    QRB: "Qin River Affairs Bureau",
    PSB: "Public Security Bureau",
    HWY: "Highway Development Centre",
    AGR: "Agriculture and Rural Affairs Bureau",
    GRID: "State Grid Qinyang Power Supply Company",
    COM: "Commerce Bureau",
    GOA: "Government Offices Affairs Centre",
    POST: "Qinyang Postal Company",
    TAX: "Tax Bureau",
    ETDZ: "Economic and Technological Development Zone",
    EAO: "Environmental Campaign Office",
    TOWNS: "Townships and sub-districts",
    UNITS: "Departments concerned",
}
