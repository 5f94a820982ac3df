"""Commands of plugins: found by their name, answered by the plugin, written by the core."""

import csv
import datetime as dt
import io
import json
import sys
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

import attrs
import polars as pl
import pytest

import airplan_core as airplan
from airplan_core import Command, Listing, Option, PluginError, RuleError, hookimpl, to_day
from airplan_core.cli.command import main
from airplan_core.cli.verbs import VERBS
from airplan_core.report import tables
from airplan_core.rulebook import plugins
from tests.ledgers import Chapter, Kiln, Works


def _answer(rulebook, facts, values, lang):
    """The works, and what was asked."""
    works = facts.table(Works).select(
        pl.col("id").alias("编号"),
        pl.col("name").str.replace("南厂", "=1+1").alias("名称"),
        pl.lit(values["since"]).alias("自"),
        pl.lit(100_000).alias("金额"),
        (pl.col("industry") == "钢铁").alias("钢铁"),
    )
    total = pl.DataFrame({"合计": [works["金额"].sum()]})
    return Listing(
        {"zh": "工厂一览", "en": "works"}[lang],
        (("合计", total), ("工厂", works)),
        (f"金额为估算；{rulebook.plan.county}，每页 {values['most']}",),
    )


SINCE = Option(name="since", zh="自哪一天", en="since when, 100 %", parse=to_day)
MOST = Option(name="most", zh="最多", en="at most", parse=int, default=7)


def command(**changed):
    how = {
        "name": "works",
        "zh": "列出工厂",
        "en": "list the works",
        "options": (SINCE, MOST),
        "answer": _answer,
    }
    return Command(**how | changed)


class Commanding(Chapter):
    """A plugin with one command."""

    commands = (command(),)

    @hookimpl
    def airplan_commands(self):
        return self.commands


@pytest.fixture
def install(monkeypatch):
    """Installs plugins, and no others."""

    def put(**given):
        points = []
        for name, plugin in given.items():
            module = ModuleType(f"made_up_{name}")
            module.PLUGIN = plugin
            monkeypatch.setitem(sys.modules, module.__name__, module)
            value = f"{module.__name__}:PLUGIN" if plugin is not None else f"{module.__name__}:NONE"
            points.append(EntryPoint(name, value, "airplan"))
        monkeypatch.setattr(plugins, "entry_points", lambda group: points)

    put(test=Commanding())
    return put


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "台账"
    place.mkdir()
    (place / "works.csv").write_text("编号,名称,行业\n甲,南厂,钢铁\n乙,北厂,水泥\n", "utf-8")
    return place


def run(capsys, *words):
    try:
        code = main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code
    return code, *capsys.readouterr()


@pytest.mark.usefixtures("install")
class TestFaces:
    def test_a_page(self, capsys, folder):
        """Every table under its name, with how many rows; notes; dates, words, numbers."""
        code, out, err = run(capsys, "works", folder, "--since", "2024年1月1日")
        assert (code, err) == (0, "")
        assert [line.rstrip() for line in out.splitlines() if line] == [
            "工厂一览", "合计 (1)", "  合计", "200000",
            "工厂 (2)", "编号  名称  自            金额  钢铁",
            "甲    =1+1  2024-01-01  100000  是", "乙    北厂  2024-01-01  100000  否",
            "说明", "  金额为估算；测试县，每页 7",
        ]  # fmt: skip

    def test_json(self, capsys, folder):
        """Names and rows; whole numbers stay whole."""
        words = ("works", folder, "--since", "2024-01-01", "--most", "3", "--format", "json")
        found = json.loads(run(capsys, *words)[1])
        assert [table["name"] for table in found["tables"]] == ["合计", "工厂"]
        assert found["tables"][0]["rows"] == [{"合计": 200_000}]
        assert found["notes"] == ["金额为估算；测试县，每页 3"]
        assert run(capsys, *words, "--lang", "en")[1].startswith('{\n "title": "works"')

    def test_csv(self, capsys, folder):
        """All tables under their names, or one, which is a table and no more."""
        words = ("works", folder, "--since", "2024-01-01", "--format", "csv")
        lines = run(capsys, *words)[1].removeprefix("\ufeff").splitlines()
        assert lines == [
            "工厂一览", "", "合计", "合计", "200000", "",
            "工厂", "编号,名称,自,金额,钢铁", "甲,'=1+1,2024-01-01,100000,是", "乙,北厂,2024-01-01,100000,否", "",
            "说明", "金额为估算；测试县，每页 7",
        ]  # fmt: skip
        code, out, err = run(capsys, *words, "--table", "工厂")
        rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
        assert (code, rows[1]["名称"], len(rows)) == (0, "北厂", 2)
        assert "金额为估算" in err

    def test_a_workbook(self, capsys, folder, tmp_path):
        """A sheet for each table, nothing that runs, dates that are dates, notes on the last."""
        openpyxl = pytest.importorskip("openpyxl")
        out = tmp_path / "工厂.xlsx"
        assert run(capsys, "works", folder, "--since", "2024-01-01", "--out", out)[:2] == (0, "")
        book = openpyxl.load_workbook(out)
        assert book.sheetnames == ["合计", "工厂", "说明"]
        row = [cell.value for cell in book["工厂"][2]]
        assert row == ["甲", "=1+1", dt.datetime(2024, 1, 1), 100_000, "是"]
        assert book["工厂"]["B2"].data_type == "s"
        assert [book["说明"][f"A{n}"].value for n in (1, 2)] == [
            "工厂一览",
            "金额为估算；测试县，每页 7",
        ]

    def test_bad_cells_are_told_and_exit_with_2(self, capsys, folder):
        """The rest is answered."""
        (folder / "works.csv").write_text("编号,名称,行业\n甲,东厂,玻璃\n", "utf-8")
        code, out, err = run(capsys, "works", folder, "--since", "2024-01-01")
        assert code == 2
        assert "东厂" in out
        assert "读到“玻璃”" in err


MISTAKES = [
    ((), "缺少 --since", "required: --since"),
    (("--since", "2024-02-30"), "--since：读到“2024-02-30”：没有这一天", "a day that does not exist"),
    (("--sinse", "2024-01-01"), "--since", "--since"),
    (("--since", "2024-01-01", "--format", "xlsx"), "--out works.xlsx", "--out works.xlsx"),
    (("--since", "2024-01-01", "--out", "x.pdf"), "不能写成 .pdf", "not written as .pdf"),
    (("--since", "2024-01-01", "--table", "工场"), "没有表叫“工场”；是不是“工厂”？", "did you mean '工厂'"),
]  # fmt: skip


@pytest.mark.usefixtures("install")
@pytest.mark.parametrize(("words", "zh", "en"), MISTAKES, ids=lambda given: str(given)[:40])
def test_mistakes_are_lines_in_the_readers_language(capsys, folder, words, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        code, out, err = run(capsys, "works", folder, *words, "--lang", lang)
        assert (code, out) == (2, "")
        assert said in err
        assert all(line.startswith("airplan: ") for line in err.splitlines())


@pytest.mark.usefixtures("install")
def test_a_misspelt_command_is_told_with_the_nearest(capsys, folder):
    """Of airplan's own verbs and of plugins' commands."""
    assert "是不是“works”？" in run(capsys, "work", folder)[2]
    assert "是不是“assess”？" in run(capsys, "--lang", "zh", "asess", folder)[2]


@pytest.mark.usefixtures("install")
def test_a_command_has_its_own_help(capsys):
    """With its options, in the language."""
    assert "自哪一天" in run(capsys, "works", "-h")[1]
    assert "since when, 100 %" in run(capsys, "--lang", "en", "works", "-h")[1]


@pytest.mark.usefixtures("install")
def test_an_answer_is_not_written_among_the_ledgers(capsys, folder):
    code, _, err = run(capsys, "works", folder, "--since", "2024-01-01", "--out", folder / "x.csv")
    assert code == 2
    assert "写到别处" in err


def test_a_county_that_has_not_chosen_the_plugin_has_no_command(capsys, folder, install):
    """Nor one that only keeps its ledgers."""
    install(test=Chapter(), other=OnlyCommands())
    words = ("works", folder, "--since", "2024-01-01")
    assert run(capsys, *words)[0] == 0
    for chosen in ('plugins = ["test"]\n', 'plugins = ["test"]\nledgers_only = ["other"]\n'):
        (folder / "airplan.toml").write_text(chosen, "utf-8")
        code, out, err = run(capsys, *words)
        assert (code, out) == (2, "")
        assert "没有选用这个插件" in err


class OnlyCommands:
    """A plugin with nothing else."""

    @hookimpl
    def airplan_commands(self):
        return [command()]


def test_two_plugins_of_one_command_are_told(install, folder, capsys):
    install(test=Commanding(), other=OnlyCommands())
    code, _, err = run(capsys, "works", folder, "--since", "2024-01-01")
    assert code == 2
    assert "'works' is claimed by" in err


def test_a_plugin_that_cannot_be_loaded_hides_no_other(install, folder, capsys):
    """A command that is found is asked; where it is not, it may be that plugin's."""
    install(test=Commanding(), broken=None)
    (folder / "airplan.toml").write_text('plugins = ["test"]\n', "utf-8")
    assert run(capsys, "works", folder, "--since", "2024-01-01")[0] == 0
    code, _, err = run(capsys, "else", folder)
    assert code == 2
    assert "“broken”" in err


def test_a_verb_of_airplans_own_is_nobody_elses(install, folder, capsys):
    plugin = Commanding()
    plugin.commands = (command(name="assess"),)
    install(test=plugin)
    assert "'assess'" in run(capsys, "works", folder)[2]


def test_a_fault_of_the_answer_is_3(install, folder, capsys):
    def fails(*_):
        raise KeyError("inside")

    plugin = Commanding()
    plugin.commands = (command(answer=fails),)
    install(test=plugin)
    code, out, err = run(capsys, "works", folder, "--since", "2024-01-01")
    assert (code, out) == (3, "")
    assert "KeyError" in err


@pytest.mark.parametrize("verb", VERBS)
def test_no_plugin_is_asked_for_airplans_own_verbs(monkeypatch, capsys, verb):
    """Their start is as quick as without plugins."""
    monkeypatch.setattr(plugins, "commands", None)
    assert run(capsys, verb, "-h")[0] == 0


def test_the_help_names_every_command_of_the_installed_plugins(capsys):
    """By what the plugins' distributions say, without loading them; it is what they have."""
    found, errors = plugins.commands()
    assert not errors
    assert {point.name for point in entry_points(group="airplan.commands")} == set(found)
    words = run(capsys, "--help")[1].split()
    assert set(found) <= set(words)


def test_a_campaign_has_the_commands_that_its_modules_write():
    module = ModuleType("a_chapter")
    code = (
        "from airplan_core import Command\nC = Command(name='c', zh='丙', en='c', answer=print)\n"
    )
    exec(compile(code, "a_chapter", "exec"), vars(module))
    module.elsewhere = command()
    assert airplan.contribution(airplan.Campaign("one", module)).commands == (module.C,)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: command(name="Works"), "small letters"),
        (lambda: Option(name="--x", zh="", en=""), "small letters"),
        (lambda: command(options=(Option(name="out", zh="", en=""),)), "--out stands twice"),
        (lambda: command(options=(SINCE, SINCE)), "--since stands twice"),
        (lambda: Listing("x", (("a/b", pl.DataFrame()),)), "as a sheet may be"),
        (lambda: Listing("x", (("A", pl.DataFrame()), ("a", pl.DataFrame()))), "two tables"),
    ],
)
def test_what_says_no_one_clear_thing_is_refused(make, said):
    with pytest.raises(RuleError, match=said):
        make()


def test_a_hook_that_yields_something_else_is_refused():
    plugin = Commanding()
    plugin.commands = (print,)
    with pytest.raises(PluginError, match="airplan_commands yields a list of Command"):
        airplan.contribution(plugin)


def test_a_table_wider_than_the_page_loses_no_sign():
    """Its rows stand below each other; what is blank is left out."""
    long = {f"第{n}列": [f"{n}" * 18, None] for n in range(1, 9)}
    listing = Listing("宽表", (("表", pl.DataFrame({"编号": ["甲", "乙"], **long})),))
    lines = [line.strip() for line in tables.listing_text(listing, color=False).splitlines()]
    assert lines[3:] == ["编号：甲", *(f"第{n}列：{str(n) * 18}" for n in range(1, 9)), "编号：乙"]


def test_truth_is_what_a_condition_comes_to_in_each_row():
    """Null where it cannot be told; open questions as the county reads them."""
    question = airplan.Interpretation(
        id="9.1-1-q", question="?", readings={"steel": "", "all": ""}, default="steel"
    )
    tree = question.choose(
        steel=Works.industry.is_("钢铁"), all=Works.industry.among("钢铁", "水泥")
    )
    facts = airplan.Facts.of(
        Works(id="1", industry="钢铁"), Works(id="2", industry="水泥"), Works(id="3")
    )
    book = airplan.build_rulebook([airplan.contribution(Chapter(), "test")])
    for choices, expected in (({}, [True, False, None]), ({"9.1-1-q": "all"}, [True, True, None])):
        read = attrs.evolve(book, choices=choices)
        told = facts.table(Works).select(airplan.truth(read, tree, dt.date(2025, 1, 1)))
        assert told.to_series().to_list() == expected


def test_truth_is_asked_of_the_rows_own_fields():
    book = airplan.build_rulebook([airplan.contribution(Chapter(), "test")])
    with pytest.raises(RuleError, match="fields of one ledger"):
        airplan.truth(book, Kiln.works.industry.is_("钢铁"), dt.date(2025, 1, 1))
