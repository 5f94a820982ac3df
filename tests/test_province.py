"""A province: many counties, one result, whatever happens to one of them."""

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest

import airplan_core as airplan
from airplan_core.assessment.province import assess_province, county_folders
from airplan_core.cli.command import main

EXAMPLE = Path(__file__).parents[1] / "examples/qinyang"
DAY = dt.date(2025, 1, 1)


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """Two counties, one of them with fewer rules, and one whose configuration is wrong."""
    folder = tmp_path_factory.mktemp("province")
    for name in ("甲县", "乙县", "丙县"):
        shutil.copytree(EXAMPLE, folder / name)
    toml = folder / "乙县/airplan.toml"
    toml.write_text(
        toml.read_text("utf-8") + '\n[disable]\n"pm25.zoning-list" = "本县另有清单"\n', "utf-8"
    )
    (folder / "丙县/airplan.toml").write_text('plugins = ["pm26"]\n', "utf-8")
    return folder


def test_a_province_is_its_counties_one_by_one(province):
    """Each county has the verdicts it has alone, by its own rules, for any number of jobs."""
    found = assess_province(province, DAY, jobs=2)
    assert [one.county for one in found.counties] == ["丙县", "乙县", "甲县"]
    for one in found.counties[1:]:
        book = airplan.load_rulebook(province / one.county)
        alone = airplan.assess(book, airplan.read_facts(province / one.county, book), DAY)
        assert one.counts.equals(alone.counts)
        assert one.verdicts.equals(alone.verdicts)
        assert one.clean == alone.clean
    assert found.verdicts["county"].unique().sort().to_list() == ["乙县", "甲县"]
    assert set(found.counts.filter(county="乙县")["rule"]) < set(found.counts["rule"])


def test_a_failing_county_is_told_and_costs_no_other(province, capsys):
    """The wrong plugin of one county is named with it; the others have their results."""
    found = assess_province(province, DAY, outcomes=["VIOLATION"])
    assert [(one.county, one.error) for one in found.failed] == [
        ("丙县", "no plugin is called 'pm26'; did you mean 'pm25'?")
    ]
    assert not found.clean
    assert main(["assess", str(province), "--as-of", "2025-01-01", "--jobs", "3"]) == 2
    shown = capsys.readouterr()
    assert "丙县: 没有插件叫“pm26”；是不是“pm25”？" in shown.err
    assert "甲县" in shown.out


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_every_format_has_the_county(province, tmp_path, kind):
    """JSON and CSV carry a county for each verdict."""
    out = tmp_path / f"verdicts.{kind}"
    words = ["--as-of", "2025-01-01", "--format", kind, "--out", str(out), "--outcome", "LATE"]
    assert main(["assess", str(province), *words]) == 2
    text = out.read_text("utf-8-sig")
    assert "甲县" in text
    assert "乙县" in text


def test_a_county_is_no_province(tmp_path):
    """A folder with its own configuration is one county; a folder of nothing is told."""
    assert county_folders(EXAMPLE) == []
    with pytest.raises(airplan.AirplanError, match="holds no county"):
        assess_province(tmp_path, DAY)
    with pytest.raises(airplan.AirplanError, match="at least one county"):
        assess_province(EXAMPLE.parent, DAY, jobs=0)


def test_a_fault_in_one_county_is_no_bad_input(province, capsys, monkeypatch):
    """What fails by itself, not by its ledgers, is 3 for all, and says where it failed."""
    from airplan_core.assessment import province as module

    nothing = pl.DataFrame()
    failed = module.CountyResult(
        county="甲县", counts=nothing, verdicts=nothing, error="KeyError: 'x'",
        fault="Traceback …\n  in compute",
    )  # fmt: skip
    found = module.Province(as_of=DAY, counties=(failed,))
    monkeypatch.setattr(module, "assess_province", lambda *_, **__: found)
    assert main(["assess", str(province), "--as-of", "2025-01-01"]) == 3
    shown = capsys.readouterr()
    assert "airplan: 甲县:   in compute" in shown.err
    assert "甲县: KeyError: 'x'" in shown.err
