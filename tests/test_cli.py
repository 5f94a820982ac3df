"""The command: exit status, formats, and errors in one line with the nearest right word."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from airplan_core.assessment.verdicts import VERDICT_SCHEMA
from airplan_core.cli.command import main

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples/qinyang")
CLEAN = "编号,燃料,低氮燃烧改造完成日期,是否新建\nb,天然气,2024-05-01,否\n"


def run(capsys, *words):
    try:
        code = main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def boilers(tmp_path):
    def write(text, **more):
        (tmp_path / "boiler.csv").write_text(text, "utf-8")
        for name, other in more.items():
            (tmp_path / name.replace("__", ".")).write_text(other, "utf-8")
        return tmp_path

    return write


def test_what_falls_short_is_1_and_clean_is_0(capsys, boilers):
    """Findings and a clean county have different exit statuses."""
    folder = boilers(CLEAN)
    assert run(capsys, "assess", folder, "--as-of", "2025-01-01")[0] == 0
    boilers(CLEAN.replace("2024-05-01", "未发生"))
    code, out, _ = run(capsys, "assess", folder, "--as-of", "2025年1月1日")
    assert code == 1
    assert "逾期 62 天" in out
    assert "2024年10月底前" in out


def test_bad_cells_show_the_result_and_exit_with_2(capsys, boilers):
    """The rest is assessed; the bad cell is first in the report and on the error stream."""
    folder = boilers(CLEAN + "c,煤,,是\n")
    code, out, err = run(capsys, "assess", folder, "--as-of", "2025-01-01")
    assert code == 2
    assert out.index("无法读取的单元格") < out.index("结论汇总")
    assert "boiler.csv，第 3 行，“燃料”列：读到“煤”，应为下列之一" in err
    err = run(capsys, "assess", folder, "--as-of", "2025-01-01", "--lang", "en")[2]
    assert "boiler.csv, row 3, column '燃料': read '煤'" in err


MISTAKES = [
    (["asess", EXAMPLE], "没有“asess”；可用的有", "did you mean 'assess'"),
    (["assess", EXAMPLE, "--as_of", "2025-01-01"], "是不是“--as-of”？", "did you mean '--as-of'"),
    (["assess", EXAMPLE, "--format", "jsn"], "是不是“json”？", "did you mean 'json'"),
    (["assess", EXAMPLE, "--as-of", "2025-02-30"], "“2025-02-30”不是能用的日期", "a day that does not exist"),
    (["assess", EXAMPLE, "--as-of", "2023-12-31"], "早于方案开始之日 2024-01-01", "before the plan begins on 2024-01-01"),
    (["assess", EXAMPLE, "--outcome", "violated"], "是不是“VIOLATION”？", "did you mean 'VIOLATION'"),
    (["assess", EXAMPLE, "--outcome", "逾期"], "“逾期完成”，还是未完成的“未达要求”", "not done yet"),
    (["assess", EXAMPLE, "--department", "县工信局"], "是不是“市工信局”？", "did you mean '市工信局'"),
    (["assess", EXAMPLE, "--department", "公司"], "可能是几个部门", "may be several departments"),
    (["assess", EXAMPLE, "--format", "parquet"], "--out 结论.parquet", "--out verdicts.parquet"),
    (["assess", "nowhere"], "应为存在的文件夹", "a folder that exists"),
    (["assess", EXAMPLE + "/boiler.csv"], "应为一个文件夹", "a folder of ledgers"),
    (["assess", EXAMPLE, "--config", "no.toml"], "没有 no.toml", "does not exist"),
    (["assess", EXAMPLE, "--limit", "-1"], "“-1”不是整数；写 0 或更大的数", "write 0 or more"),
    (["assess", EXAMPLE, "--jobs", "0"], "写 1 或更大的数", "write 1 or more"),
    (["assess", EXAMPLE, "--jobs", "2"], "--jobs 用于放着各县文件夹的文件夹", "this is one county"),
    (["assess", EXAMPLE, "--memory", "1GiB"], "--memory 只用于", "--memory is of"),
    (["assess", EXAMPLE, "--out", "v.xlsx"], "不能写成 .xlsx", "not written as .xlsx"),
    (["assess", EXAMPLE, "--out", "v.csv", "--format", "json"], "去掉其中一个", "leave out one"),
    (["assess", EXAMPLE, "--out", ""], "--out 是空的", "--out is blank"),
    (["explain", "pm25.small-brick-lines", "x", EXAMPLE], "是不是“pm25.small-brick-lines-exit”？", "did you mean 'pm25.small"),
    (["explain", "pm25.small-brick-lines-exit", "合成-砖线-9", EXAMPLE, "--as-of", "2025-01-01"],
     "台账“砖瓦生产线”里没有对象“合成-砖线-9”；是不是“合成-砖线-", "did you mean '合成-砖线-"),
    (["explain", "2.1.3-33", "x", EXAMPLE], "方案没有条款“2.1.3-33”", "no sentence of the plan"),
    (["outlook", EXAMPLE, "--as-of", "2026-02-01"], "2026-02-01 不在任何目标的时段里", "no target's period runs on 2026-02-01"),
    (["outlook", EXAMPLE, "--format", "png"], "--out 展望.png", "--out outlook.png"),
    (["rules", "--campaign", "pm2.5"], "是不是“pm25”？", "did you mean 'pm25'"),
    (["template", "x", "--ledger", "boilers"], "是不是“boiler”？", "did you mean 'boiler'"),
    (["schema", "--out", "no/such/folder/s.json"], "no/such/folder/s.json：没有这个文件或文件夹", "no/such/folder/s.json: No such file"),
    ([], "缺少 命令", "are required: COMMAND"),
    (["explain"], "缺少", "required"),
    (["explain", "x", "y", "z", "--all=3"], "--all 后面不写值，读到“3”", "ignored explicit argument"),
    (["rules", "--campaign"], "--campaign 后面要写一个值", "expected one argument"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("words", "zh", "en"), MISTAKES, ids=lambda given: str(given)[:60])
def test_every_mistake_is_one_line_and_exits_with_2(capsys, words, zh, en, lang):
    """Unknown words, dates, paths and names, in the reader's language; never a traceback."""
    code, _, err = run(capsys, *words, *([] if lang == "zh" else ["--lang", "en"]))
    assert code == 2
    assert {"zh": zh, "en": en}[lang] in err
    assert all(line.startswith("airplan: ") for line in err.splitlines())
    if lang == "zh":
        assert re.search("[一-龥]", err)


def test_the_language_may_stand_before_the_command(capsys):
    """And the help is in it, the usage too."""
    assert run(capsys, "--lang", "en", "rules", "--campaign", "x")[2] == run(
        capsys, "rules", "--campaign", "x", "--lang=en"
    )[2]  # fmt: skip
    assert "say whether a folder of ledgers is in order" in run(capsys, "--lang", "en", "-h")[1]
    assert run(capsys, "assess", "-h")[1].startswith("用法：airplan assess")


def test_json_is_one_object_with_records(capsys):
    """Verdicts have the documented columns, outcomes their English names."""
    code, out, _ = run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert set(found["verdicts"][0]) == set(VERDICT_SCHEMA)
    assert {row["outcome"] for row in found["verdicts"]} == {
        "VIOLATION", "SHORTFALL", "ADVISORY", "UNKNOWN", "PENDING", "LATE", "COMPLIANT", "EXEMPT",
        "NOT_APPLICABLE",
    }  # fmt: skip
    assert sum(found["counts"].values()) == len(found["verdicts"])
    assert (found["as_of"], found["clean"]) == ("2025-01-01", False)
    furnace = [r for r in found["verdicts"] if r["subject"] == "宏达-1"]
    assert furnace[0]["missing"] == ["exited_on", "enlarged_on", "capacity_after"]


def test_the_plans_dates_are_all_that_differs_between_two_days(capsys):
    """From 2025-01-01 to 2026-01-01 a verdict changes only where a date lies between."""

    def verdicts(day):
        out = run(capsys, "assess", EXAMPLE, "--as-of", day, "--format", "json")[1]
        return {(r["duty"], r["subject"]): r for r in json.loads(out)["verdicts"]}

    first, second = verdicts("2025-01-01"), verdicts("2026-01-01")
    assert first.keys() == second.keys()
    changed = {key for key in first if first[key]["outcome"] != second[key]["outcome"]}
    # those of the other chapters are told in test_example.py
    others = (
        "no2.", "pm10.", "so2.", "ozone.", "co.", "fugitive.", "emergency.", "safeguards.",
    )  # fmt: skip
    assert {duty for duty, _ in changed if not duty.startswith(others)} == {
        # the year is over
        "pm25.annual-mean@2025",
        "targets.pm10-annual-mean@2025",
        "targets.good-day-share@2025",
        "targets.good-days@2025",
        "targets.heavy-day-share@2025",
        "targets.heavy-days@2025",
        "targets.county-rank@2025",
        "targets.township-rank@2025",
        "targets.total-emissions",
        "pm25.consolidated-line",  # a line that exited on the last day of 2025
        "pm25.facility-inspection",  # inspected on 2025-01-10
        "pm25.green-listing-2025@2025",
        "pm25.low-nox-gas-boilers",  # a retrofit of 2025-03-01
        "pm25.no-new-boiler-in-heating-area",  # an exemption that ended with 2025
        "pm25.overrun-winter-control",  # a time limit of 2025-03-31
        "pm25.small-brick-lines-exit",
        "pm25.ultra-low-works",
    }


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(capsys, boilers, tmp_path):
    """The file has its mark; a cell that begins like a formula is text."""
    rows = "编号,燃料,低氮燃烧改造完成日期\n+1+1,天然气,未发生\n@x,天然气,2024-05-01\n"
    out = tmp_path / "out"
    out.mkdir()
    run(
        capsys,
        "assess",
        boilers(rows),
        "--as-of",
        "2025-01-01",
        "--format",
        "csv",
        "--out",
        out / "v.csv",
    )
    text = (out / "v.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    records = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    subjects = {row["对象"] for row in records if row["台账"] == "锅炉"}
    assert subjects == {"'+1+1", "'@x"}


def test_parquet_holds_the_typed_table(capsys, tmp_path):
    """The same rows with their types."""
    path = tmp_path / "v.parquet"
    run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01", "--format", "parquet", "--out", path)
    assert dict(pl.read_parquet(path).schema) == dict(pl.DataFrame(schema=VERDICT_SCHEMA).schema)


def test_lists_are_for_one_department_or_outcome(capsys):
    """A filter leaves only its rows."""
    words = ("assess", EXAMPLE, "--as-of", "2025-01-01", "--format", "json")
    rows = json.loads(run(capsys, *words, "--department", "市财政局〔国资委〕")[1])["verdicts"]
    assert {row["clause"].rpartition("-")[0] for row in rows} == {
        "2.1.3", "2.4.2", "2.4.3", "2.4.4", "2.8.4", "3.1", "3.3",
    }  # fmt: skip
    rows = json.loads(run(capsys, *words, "--outcome", "late")[1])["verdicts"]
    assert {row["outcome"] for row in rows} == {"LATE"}


def test_the_report_speaks_both_languages(capsys):
    """Chinese by default, English with --lang en, the longest overdue first."""
    zh = run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01")[1]
    en = run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01", "--lang", "en")[1]
    assert zh.index("逾期 93 天") < zh.index("逾期 62 天") < zh.index("逾期 1 天")
    assert "93 days overdue" in en
    assert "Every gas boiler" in en
    assert "已过期，不生效" in zh
    assert "359/363" in zh  # three days of dust are left out
    short = run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01", "--limit", "2")[1]
    assert "另有 227 项" in short
    none = run(capsys, "assess", EXAMPLE, "--as-of", "2025-01-01", "--limit", "0")[1]
    assert "另有 229 项" in none
    assert "另有 172 项" in none  # duties that are not decided: what is not listed is counted
    code, _, error = run(capsys, "assess", EXAMPLE, "--limit", "-1")
    assert (code, "写 0 或更大的数" in error) == (2, True)


def test_explain_says_why_and_what_would_change_it(capsys):
    """Sentence, values, what decided, margin, departments, and the least change."""
    words = (
        "explain",
        "pm25.small-brick-lines-exit",
        "合成-砖线-4",
        EXAMPLE,
        "--as-of",
        "2026-02-01",
    )
    code, out, _ = run(capsys, *words)
    assert code == 0
    for piece in (
        "2025年底前，推动6000万标砖/年以下烧结砖及烧结空心砌块生产线有序退出",
        "违反", "逾期 32 天", "市工信局", "年产能 = 30000000 块/年", "✗ 退出日期已发生",
        "退出日期 现为 未发生, 改为 2026-02-01 → 逾期完成",
        "年产能 现为 30000000 块/年, 改为 60000000.000001 块/年 → 不适用",
    ):  # fmt: skip
        assert piece in out, piece
    found = json.loads(run(capsys, *words, "--format", "json")[1])
    assert found["reasons"][0]["changes"][0]["outcome"] == "LATE"


def test_lists_of_rules_and_clauses(capsys):
    """Every rule with its sentence; every clause with its coverage; the readings taken."""
    code, out, _ = run(capsys, "rules", "--campaign", "pm25")
    assert code == 0
    assert "pm25.low-nox-gas-boilers  [2.1.6-5] 必须 · 2024-10-31 · boiler" in out
    assert len(json.loads(run(capsys, "rules", "--format", "json")[1])["rules"]) == 411
    out = run(capsys, "clauses")[1]
    assert "pm25: 54 (规则 38、落实记录 9、定义 7)" in out
    assert "pm10: 55 (规则 40、落实记录 6、说明免除 6、定义 3)" in out
    assert "so2: 62 (说明免除 18、落实记录 8、规则 32、定义 4)" in out
    assert "no2: 63 (说明免除 5、规则 45、落实记录 13)" in out
    assert "ozone: 54 (规则 45、说明免除 2、落实记录 4、豁免 3)" in out
    assert "co: 3 (落实记录 1、规则 2)" in out
    assert "fugitive: 20 (落实记录 1、规则 18、说明免除 1)" in out
    assert "emergency: 25 (规则 19、豁免 1、落实记录 5)" in out
    assert "safeguards: 52 (规则 17、说明免除 8、落实记录 15、定义 2、数额 10)" in out
    # a standard's sentences are its own, whatever campaign its rules are for
    assert "GB37822: 10 (规则 9、定义 1)" in out
    assert "→ at_least" in out
    found = json.loads(run(capsys, "clauses", "--format", "json")[1])
    assert found["interpretations"]["I-12"]["taken"] == "at_least"


def test_schema_and_template_are_written(capsys, tmp_path):
    """Both can be made from the command."""
    assert run(capsys, "schema", "--out", tmp_path / "s.json")[0] == 0
    assert "boiler" in json.loads((tmp_path / "s.json").read_text("utf-8"))["$defs"]
    code, out, _ = run(capsys, "template", tmp_path / "t", "--ledger", "boiler", "--format", "csv")
    assert (code, out.strip()) == (0, str(tmp_path / "t/boiler.csv"))
    assert "锅炉名称" in (tmp_path / "t/boiler.csv").read_text("utf-8-sig")


def test_the_configuration_beside_the_facts_is_used(capsys, boilers):
    """airplan.toml in the folder, or the one named."""
    late = CLEAN.replace("2024-05-01", "2024-11-01")
    folder = boilers(late, airplan__toml='[replace."pm25.low-nox-gas-boilers"]\ndue = 2024-11-30\n')
    words = ("assess", folder, "--as-of", "2025-01-01", "--format", "json")
    rows = json.loads(run(capsys, *words)[1])["verdicts"]
    outcome = {row["duty"]: row["outcome"] for row in rows}
    assert outcome["pm25.low-nox-gas-boilers"] == "COMPLIANT"


def test_help_imports_nothing_heavy():
    """Parsing a command line needs neither polars nor pint nor rich."""
    code = (
        "import sys, airplan_core.cli.command as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'polars', 'pint', 'rich', 'openpyxl', 'attrs', 'pluggy'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class Panic(BaseException):
    """An error that is no Exception, as those of polars' Rust are."""


@pytest.mark.parametrize("kind", [KeyError, RecursionError, MemoryError, ZeroDivisionError, Panic])
def test_a_fault_of_its_own_is_3_and_says_what_to_do(capsys, monkeypatch, boilers, kind):
    """Never 1, which would say that something falls short."""
    from airplan_core.assessment import assess

    def fails(*_):
        raise kind("inside")

    monkeypatch.setattr(assess, "derive", fails)
    code, out, err = run(capsys, "assess", boilers(CLEAN), "--as-of", "2025-01-01")
    assert (code, out) == (3, "")
    assert "Traceback" in err
    assert "in fails" in err
    assert f"airplan: 这是 airplan 或插件自身的错误，不是台账的错误：{kind.__name__}" in err
    assert "airplan: 对本县没有任何结论" in err
    err = run(capsys, "assess", boilers(CLEAN), "--as-of", "2025-01-01", "--lang", "en")[2]
    assert f"airplan: this is a fault of airplan or of a plugin: {kind.__name__}" in err


def test_a_fault_before_the_verbs_is_3_and_an_interrupt_130(capsys, monkeypatch):
    """The command line itself is read inside the same fence; stopping it is no fault."""
    from airplan_core.cli import command

    def fails(_):
        raise RuntimeError("inside")

    monkeypatch.setattr(command, "parser", fails)
    assert run(capsys, "rules")[0] == 3

    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "parser", stopped)
    code, out, err = run(capsys, "rules")
    assert (code, out) == (130, "")
    assert err == "airplan: 已中断；没有写到一半的文件\n"


def test_a_closed_pipe_is_no_error():
    """`airplan clauses | head -1` ends quietly."""
    airplan = Path(sys.executable).with_name("airplan")
    found = subprocess.run(
        f"{airplan} clauses | head -1", shell=True, capture_output=True, check=False, text=True
    )
    assert found.stderr == ""


def test_outlook_is_told_and_drawn(capsys, tmp_path):
    """Text, JSON and both kinds of picture; the exit code says whether all can still be met."""
    args = ("outlook", EXAMPLE, "--as-of", "2025-10-31")
    code, out, _ = run(capsys, *args)
    assert code == 0
    assert "还需 49 天" in out
    code, out, _ = run(capsys, *args, "--format", "json", "--lang", "en")
    assert {one["rule"] for one in json.loads(out)["outlooks"]} >= {
        "targets.pm10-annual-mean", "pm25.annual-mean", "targets.good-days",
        "targets.heavy-day-share", "targets.county-rank",
    }  # fmt: skip
    run(capsys, *args, "--format", "png", "--out", tmp_path / "o.png")
    assert (tmp_path / "o.png").read_bytes().startswith(b"\x89PNG")
    code, out, _ = run(capsys, *args, "--format", "svg")
    assert "</svg>" in out
    assert run(capsys, "outlook", EXAMPLE, "--as-of", "2024-12-31")[0] == 1
