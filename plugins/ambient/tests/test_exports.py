"""Platforms' exports: three forms of one thing, and every slip told with its row."""

import pytest

from airplan_ambient import CAMPAIGN
from airplan_ambient.ledgers import DustEvent, PlacePeriod, StationHour
from airplan_core import Facts, FactsError
from airplan_core.facts.derived import derive
from airplan_core.facts.reading import read_folder
from airplan_core.model.ledgers import CORE

STATIONS = "编号,县市\n1001A,甲县\n1002A,甲县\n"


@pytest.fixture
def read(tmp_path):
    """Read a folder with the stations and one file of hours."""

    def read(text, stations=STATIONS):
        (tmp_path / "station.csv").write_text(stations, "utf-8")
        (tmp_path / "station_hour.csv").write_text(text, "utf-8")
        return read_folder(tmp_path, [*CORE, *CAMPAIGN.airplan_entities()])

    return read


def rows(facts):
    names = ("station", "time", "pm25", "co", "o3_1h")
    table = facts.table(StationHour).select(names).sort("station", "time")
    return [(s, f"{t:%m-%dT%H}", *more) for s, t, *more in table.iter_rows()]


EXPECTED = [
    ("1001A", "04-02T00", 61.0, 0.8, 101.0),
    ("1001A", "04-02T23", 62.0, 1.1, None),
    ("1002A", "04-02T00", 70.0, 0.5, 90.0),
]

ONE_A_POLLUTANT = """station,time,PM2.5,CO,O3,AQI,PM2.5_24h
1001A,2020-04-02T00:00,61,0.8,101,83,60
1001A,2020-04-02 23:00:00,62,1.1,,83,60
1002A,2020/4/2 0:00,70,0.5,90,94,
"""
DATE_AND_HOUR = """站点,日期,小时,PM2.5,CO,O3
1001A,20200402,0,61,0.8,101
1001A,2020-04-02,23,62,1.1,—
1002A,20200402,0,70,0.5,90
"""
STATION_COLUMNS = """date,hour,type,1001A,1002A
20200402,0,AQI,83,94
20200402,0,PM2.5,61,70
20200402,0,PM2.5_24h,60,60
20200402,0,CO,0.8,0.5
20200402,0,O3,101,90
20200402,23,PM2.5,62,
20200402,23,CO,1.1,
"""
ONE_VALUE_A_ROW = """station,date,hour,type,value
1001A,20200402,0,PM2.5,61
1001A,20200402,0,CO,0.8
1001A,20200402,0,O3,101
1001A,20200402,23,PM2.5,62
1001A,20200402,23,CO,1.1
1002A,20200402,0,PM2.5,70
1002A,20200402,0,CO,0.5
1002A,20200402,0,O3,90
"""


@pytest.mark.parametrize("text", [ONE_A_POLLUTANT, DATE_AND_HOUR, STATION_COLUMNS, ONE_VALUE_A_ROW])
def test_three_forms_are_one_ledger(read, text):
    """One column a pollutant, one column a station, one value a row: the same rows."""
    found = [row for row in rows(read(text)) if row[2:] != (None, None, None)]
    assert found == EXPECTED


def test_what_is_known_and_not_read_is_told(read):
    """Running means as of the hour are no hourly values; units that are not written are named."""
    notes = read(ONE_A_POLLUTANT).notes
    assert any("PM2.5_24h: known, and not read" in note for note in notes)
    assert any("PM2.5 [µg/m³], CO [mg/m³]" in note for note in notes)
    assert any("pm2.5_24h: known" in note for note in read(STATION_COLUMNS).notes)


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("station,time,PM2.5\n1001A,2020-04-02T00:00,-3\n", (2, "PM2.5"), "at least 0"),
        ("station,time,PM2.5\n1001A,2020-04-02T00:00,99999\n", (2, "PM2.5"), "at most 5000"),
        ("station,time,CO\n1001A,2020-04-02T00:00,800\n", (2, "CO"), "at most 100 mg/m³"),
        ("station,time,CO\n1001A,2020-04-02 24:30,1\n", (2, "time"), "from 0 to 24:00"),
        ("station,time,CO\n1001A,2020-04-02T00:00Z,1\n", (2, "time"), "write 2020-04-02T08:00"),
        ("station,time,CO\n1001A,2020-04-02T00:30,1\n", (2, "time"), "no full hour"),
        ("station,time,CO\n,2020-04-02T00:00,1\n", (2, "站点"), "站点编号"),
        ("station,time,CO\n1001A,,1\n", (2, "时间"), "监测时间"),
        ("station,date,hour,CO\n1001A,20200402,25,1\n", (2, "time"), "from 0 to 24:00"),
        ("station,date,hour,CO\n1001A,20200402,,1\n", (2, "time"), "not a time"),
        ("date,hour,type,1001A\n20200402,0,CO,1\n20200402,0,PM10,x\n", (3, "pm10"), "a number"),
        ("date,hour,type,1001A\n20200402,0,CO,1\n20200402,0,SO2,-2\n", (3, "so2"), "at least 0"),
    ],
)
def test_a_bad_cell_is_told(read, text, place, expected):
    """File, row and column of the file as it was exported, and what was expected there.

    Without its key a row is no hour of any station; a bad concentration is unknown.
    """
    facts = read(text)
    keyed = place[1] in ("time", "站点", "时间")
    assert facts.table(StationHour).height == (0 if keyed else facts.rows(StationHour).height)
    problem = facts.faults[0]
    assert (problem.file, problem.row, problem.column) == ("station_hour.csv", *place)
    assert expected in str(problem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("station,time,CO\n1001A,2020-04-02T00:00,1\n1001A,20200402 0,2\n", "row 2 has it too"),
        ("station,time,CO\n1003A,2020-04-02T00:00,1\n", "did you mean '1002A'"),
        ("date,hour,type,1001A\n20200402,0,PM25,1\n20200402,0,PM2.5,2\n", "row 2 has it too"),
        ("date,hour,type,1001A\n20200402,0,PM2,1\n", "did you mean 'pm25'"),
        ("type,1001A\nPM2.5,1\n", "a column time, or date and hour"),
        ("time,PM2.5\n2020-04-02T00:00,1\n", "哪个站点"),
        ("date,hour,type\n20200402,0,CO\n", "哪个站点"),
        ("date,hour,type,value\n20200402,0,CO,1\n", "哪个站点"),
        ("date,hour,type,1001A\n20200402,0,PM2.5_24h,1\n", "小时浓度"),
        ("station,time,PM2.6\n1001A,2020-04-02T00:00,1\n", "pm25"),
        ("station,time,CO[km]\n1001A,2020-04-02T00:00,1\n", "mg/m³"),
    ],
)
def test_what_makes_the_file_unusable_is_told(read, text, expected):
    """An hour that stands twice, an unknown station, type, column or unit: each with a hint."""
    with pytest.raises(FactsError, match=".") as told:
        read(text)
    assert expected in str(told.value)


def test_co_may_be_in_micrograms_where_the_header_says_so(read):
    """The same number under the right header is converted."""
    found = read("station,time,CO[µg/m³]\n1001A,2020-04-02T00:00,800\n")
    assert found.table(StationHour)["co"].to_list() == [0.8]


def test_rows_without_a_station_discard_no_others(read):
    """Two at one hour are no hour that stands twice: both are told, the rest is read."""
    facts = read("station,time,CO\n,2020-04-02T00:00,1\n,2020-04-02T00:00,2\n"
                 "1001A,2020-04-02T00:00,3\n")  # fmt: skip
    assert facts.table(StationHour)["co"].to_list() == [3.0]
    assert [row.row for row in facts.set_aside] == [2, 3]


def test_a_file_of_a_header_only_has_no_hours(read):
    """In any form: there are none, and that is no mistake."""
    for text in ("station,time,CO\n", "date,hour,type,1001A\n", "date,hour,type\n"):
        assert read(text).table(StationHour).height == 0


EVENT = "编号,县市,开始时刻,结束时刻,是否仅剔除PM10\n"
LIST = "排名范围,地名,年度,时段,名次,参加排名数\n"


@pytest.mark.parametrize(
    ("file", "text", "column", "was", "expected"),
    [
        ("dust_event", EVENT + "1,甲县,2024-03-28T03:00,,否\n", "结束时刻", "", "结束时刻"),
        ("dust_event", EVENT + "1,甲县,,2024-03-28T03:00,否\n", "开始时刻", "", "开始时刻"),
        ("dust_event", EVENT + "1,甲县,2024-03-28T03:00,2024-03-27T22:00,否\n",
         "结束时刻", "2024-03-27 22:00:00", "晚于开始时刻"),
        ("dust_event", EVENT + "1,甲县,2024-03-28T03:00,2024-03-28T03:00,否\n",
         "结束时刻", "2024-03-28 03:00:00", "晚于开始时刻"),
        ("place_period", LIST + "省,甲,2024,全年,104,103\n", "参加排名数", "103", "不小于名次"),
        ("place_period", LIST + "省,甲,24,全年,1,103\n", "年度", "24", "合理的整数（年）"),
    ],
)  # fmt: skip
def test_a_row_that_says_no_one_thing_is_told(tmp_path, file, text, column, was, expected):
    """Reversed or half-blank events, ranks that no list has: file, row, column, what to write."""
    (tmp_path / f"{file}.csv").write_text(text, "utf-8")
    entities = [*CORE, *CAMPAIGN.airplan_entities()]
    facts = read_folder(tmp_path, entities)
    ((problem,),) = (row.problems for row in facts.set_aside)
    assert (problem.file, problem.row, problem.column) == (f"{file}.csv", 2, column)
    assert problem.read == was
    assert expected in problem.expected.zh
    assert problem.hint


@pytest.mark.parametrize(
    ("row", "field"), [("省,甲,2024,全年,0,103", "rank"), ("省,甲,2024,全年,,0", "places")]
)
def test_a_rank_that_no_list_has_is_unknown(tmp_path, row, field):
    """The row stays, with all else that it says."""
    (tmp_path / "place_period.csv").write_text(f"{LIST}{row}\n", "utf-8")
    facts = read_folder(tmp_path, [*CORE, *CAMPAIGN.airplan_entities()])
    assert [cell.field for cell in facts.unreadable] == [field]
    assert "最小是 1" in facts.faults[0].text()
    assert facts.table(PlacePeriod)["place"].to_list() == ["甲"]


def test_a_record_that_says_no_one_thing_is_refused():
    """Beside a file, nothing is set aside: the row is told by its id."""
    event = DustEvent(id="7", begins="2024-03-28T03:00", ends="2024-03-27T22:00")
    with pytest.raises(FactsError, match="dust_event, column '结束时刻'.*7: "):
        derive(Facts.of(event), [*CORE, *CAMPAIGN.airplan_entities()])
    rank = PlacePeriod(id="7", ranking="省", place="甲", year=2024, span="全年", rank=5, places=4)
    with pytest.raises(FactsError, match="参加排名数.*read '4'"):
        derive(Facts.of(rank), [*CORE, *CAMPAIGN.airplan_entities()])
