"""What the command writes: whole or not at all, never onto what it read, for people or machines."""

import csv
import errno
import io
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from airplan_core.assessment.verdicts import VERDICT_SCHEMA
from airplan_core.cli.command import main
from airplan_core.report.sheets import as_written, csv_text
from airplan_core.report.writing import whole, write_text
from tests import smaller

EXAMPLE = str(smaller.example())
DAY = ("--as-of", "2025-01-01")
BOILERS = "编号,锅炉名称,燃料,低氮燃烧改造完成日期,是否新建\nb,一号炉,天然气,2024-05-01,否\n"
COMMAND = [
    sys.executable,
    "-c",
    "import sys; from airplan_core.cli.command import run; sys.exit(run())",
]


def run(capsys, *words):
    try:
        code = main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def county(tmp_path):
    """A county with one ledger."""
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "boiler.csv").write_text(BOILERS, "utf-8")
    return folder


def parts(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), ValueError()])
def test_what_is_not_written_to_its_end_leaves_what_was_there(tmp_path, stop):
    """A full disk, an interrupt, an error: the old file stays, and nothing beside it."""
    path = tmp_path / "v.csv"
    path.write_text("old", "utf-8")

    def write():
        with whole(path) as file:
            file.write(b"new")
            raise stop

    with pytest.raises(type(stop)):
        write()
    assert path.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["v.csv"]


def test_a_written_file_keeps_its_permissions_and_its_link(tmp_path):
    """A new file has those that every new file has; a link still leads to the file."""
    old = tmp_path / "old.txt"
    old.write_text("old", "utf-8")
    old.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(old)
    write_text(link, "new")
    assert link.is_symlink()
    assert old.read_text("utf-8") == "new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    write_text(tmp_path / "fresh.txt", "x")
    (tmp_path / "usual.txt").write_text("x", "utf-8")
    fresh, usual = (os.stat(tmp_path / name).st_mode for name in ("fresh.txt", "usual.txt"))
    assert fresh == usual


def test_a_kill_leaves_the_old_report(tmp_path):
    """Killed while it writes, the file that was there is still there, whole."""
    path = tmp_path / "v.csv"
    path.write_text("old", "utf-8")
    code = (
        "import sys, time\nfrom airplan_core.report.writing import whole\n"
        "with whole(sys.argv[1]) as file:\n"
        "    file.write(b'new' * 100000); file.flush(); print('half', flush=True); time.sleep(60)\n"
    )
    for signal_ in (signal.SIGKILL, signal.SIGINT):
        child = subprocess.Popen(
            [sys.executable, "-c", code, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdout.readline() == b"half\n"
        child.send_signal(signal_)
        child.wait()
        child.stdout.close()
        assert path.read_text("utf-8") == "old"


def test_a_special_file_is_written_to_as_it_is(capsys, county):
    """`--out /dev/stdout` and `--out /dev/full`: the one is written to, the other told."""
    assert run(capsys, "assess", county, *DAY, "--format", "csv", "--out", os.devnull)[0] == 0
    for format in ("text", "csv", "json", "parquet"):
        words = ("assess", county, *DAY, "--out", "/dev/full", "--format", format)
        code, _, err = run(capsys, *words)
        assert (code, err) == (2, "airplan: /dev/full：磁盘已满\n")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("boiler.csv", "台账文件夹里的文件"),
        ("备查.xlsx", "不能写成 .xlsx"),
        ("brick_line.csv", "用的是台账的名称"),
        ("砖瓦生产线_2024.json", "用的是台账的名称"),
        ("airplan.toml", "本县的配置文件"),
        ("../link.csv", "台账文件夹里的文件"),
        (".", "是文件夹"),
        ("../elsewhere/kiln.csv", None),
        ("../elsewhere/boiler.csv", "用的是台账的名称"),
    ],
)
def test_a_result_is_never_written_onto_what_it_is_made_of(capsys, county, out, told):
    """Not onto a ledger, its namesake, the configuration, or a link to one of them."""
    elsewhere = county.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "boiler.csv").write_text(BOILERS, "utf-8")
    (county.parent / "link.csv").symlink_to(county / "boiler.csv")
    before = {path: path.read_bytes() for path in county.parent.rglob("*.csv")}
    code, _, err = run(capsys, "assess", county, *DAY, "--out", county / out)
    if told is None:
        assert (code, err) == (0, "")
        return
    assert code == 2
    assert told in err
    assert {path: path.read_bytes() for path in county.parent.rglob("*.csv")} == before


def test_a_result_is_not_written_onto_a_configuration_or_database_that_is_named(capsys, county):
    """Whatever they are called."""
    toml = county.parent / "沁阳.toml"
    toml.write_text("", "utf-8")
    words = ("assess", county, *DAY, "--config", toml, "--out", toml)
    code, _, err = run(capsys, *words, "--format", "json")
    assert (code, "正是要读的文件" in err) == (2, True)
    base = county.parent / "x.db"
    base.write_bytes(b"")
    words = ("assess", county, *DAY, "--engine", "duckdb", "--database", base, "--out", base)
    assert "正是要读的文件" in run(capsys, *words)[2]
    assert (toml.read_bytes(), base.read_bytes()) == (b"", b"")


@pytest.mark.parametrize("name", ["结论.csv", "结论.json", "结论.parquet", "结论.txt", "问题.csv"])
def test_a_report_may_be_written_again_beside_the_ledgers(county, name):
    """The second report takes the place of the first, which is known for what it is."""
    from airplan_core.cli.places import guard

    verb = "check" if name == "问题.csv" else "assess"
    day = () if verb == "check" else DAY
    assert main([verb, str(county), *day, "--out", str(county / name)]) == 0
    guard(str(county / name), str(county), (), ["boiler"])
    assert main([verb, str(county), *day, "--out", str(county / name)]) == 0
    assert parts(county) == []


def test_the_ending_of_a_file_says_how_it_is_written(capsys, county, tmp_path):
    """`--out x.csv` is CSV, x.json JSON, x.parquet Parquet, without --format."""
    for ending in ("csv", "json", "parquet", "txt"):
        assert run(capsys, "assess", county, *DAY, "--out", tmp_path / f"v.{ending}")[0] == 0
    assert (tmp_path / "v.csv").read_text("utf-8-sig").startswith("对象,台账,结论,期限")
    assert json.loads((tmp_path / "v.json").read_text("utf-8"))["as_of"] == "2025-01-01"
    assert set(pl.read_parquet(tmp_path / "v.parquet").columns) == set(VERDICT_SCHEMA)
    assert "结论汇总" in (tmp_path / "v.txt").read_text("utf-8")
    out = tmp_path / "o.svg"
    run(capsys, "outlook", EXAMPLE, "--as-of", "2025-10-31", "--out", out)
    assert "</svg>" in out.read_text("utf-8")


def rows_of(capsys, *words):
    out = run(capsys, "assess", EXAMPLE, *DAY, "--format", "csv", *words)[1]
    return list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))


def test_a_table_for_people_says_it_in_their_words(capsys):
    """Headings, outcomes, the sentence, who leads and who helps, dates and numbers as written."""
    rows = rows_of(capsys)
    by = {(row["规则"], row["对象"], row["期限"]): row for row in rows}
    mean = by["targets.pm10-annual-mean", "沁阳市", "2024-12-31"]
    assert (mean["结论"], mean["差距"], mean["现值"], mean["单位"]) == (
        "达标",
        "0.9",
        "77.1",
        "µg/m³",
    )
    line = by["pm25.small-brick-lines-exit", "合成-砖线-4", "2025-12-31"]
    assert line["原文"] == "2025年底前，推动6000万标砖/年以下烧结砖及烧结空心砌块生产线有序退出"
    assert (line["条款"], "市工信局" in line["分工负责"]) == ("2.1.3-3", True)
    furnace = next(row for row in rows if row["对象"] == "宏达-1")
    assert furnace["所缺数据"] == "退出日期；扩大日期；扩大后炉容" or "；" in furnace["所缺数据"]
    assert not any("_" in row["所缺数据"] for row in rows)
    helped = [row for row in rows if row["配合"]]
    assert helped
    assert any(row["牵头"] for row in helped)
    en = rows_of(capsys, "--lang", "en")
    assert {row["outcome"] for row in en} >= {"violation", "not applicable"}
    assert len(en) == len(rows)


def test_a_table_for_machines_keeps_names_and_digits(capsys):
    """The same rows under the names of the columns, numbers as they are, no mark."""
    out = run(capsys, "assess", EXAMPLE, *DAY, "--format", "csv", "--for", "machines")[1]
    assert out.startswith("rule,clause,campaign")
    found = pl.read_csv(io.StringIO(out))
    assert found.columns == list(VERDICT_SCHEMA)
    data = json.loads(run(capsys, "assess", EXAMPLE, *DAY, "--format", "json")[1])
    margins = [row["margin"] for row in data["verdicts"]]
    assert found["margin"].to_list() == margins
    assert any(m is not None and m != round(m, 6) for m in margins)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9000000000000057, "0.9"), (3e7, "30000000"), (-0.0, "0"), (66.66666666666667, "66.666667"),
     (-92.0, "-92"), (2.675, "2.675"), (1e-9, "1e-9"), (123456789.123456, "123456789.123456"),
     (None, None)],
)  # fmt: skip
def test_a_number_is_written_as_a_person_writes_it(value, written):
    """Without the noise of a double, without an exponent."""
    assert pl.DataFrame({"x": [value]}, schema={"x": pl.Float64}).select(
        as_written(pl.col("x"))
    ).item() == written  # fmt: skip


def test_no_cell_runs_and_no_sign_hides():
    """Formulas of either width are text, negative numbers numbers; what is obeyed is shown."""
    given = ["=1+1", "＝1", " @x", "-1+2", "-1.5", "a\x1b[31mb", "a\u202eb", "a\nb", "好"]
    rows = list(csv.reader(io.StringIO(csv_text(pl.DataFrame({"x": given})))))
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'＝1", "' @x", "'-1+2", "-1.5", "a␛[31mb", "a\\u202eb", "a␊b", "好",
    ]  # fmt: skip


EVIL = "坏\x1b[2J\u202e锅\x07"


@pytest.mark.parametrize("format", ["text", "json", "csv"])
def test_what_a_terminal_obeys_never_reaches_it(capsys, county, format):
    """An id that clears the screen and turns the line around is shown as it is written."""
    bad = BOILERS.replace("2024-05-01", "未发生").replace("b,", EVIL + ",") + f"c,x,{EVIL},,否\n"
    (county / "boiler.csv").write_text(bad, "utf-8")
    for words in (
        ("assess", county, *DAY, "--format", format),
        ("check", county, "--format", format),
        ("explain", "pm25.low-nox-gas-boilers", EVIL, county, *DAY),
        ("explain", EVIL, EVIL, county, *DAY),
        ("assess", county, *DAY, "--outcome", EVIL),
        ("assess", county, *DAY, "--department", EVIL, f"--{EVIL}"),
        ("assess", EVIL),
    ):
        code, out, err = run(capsys, *words)
        assert code == 2
        for sign in ("\x1b", "\u202e", "\x07"):
            assert sign not in out + err, words
    if format == "json":
        out = run(capsys, "assess", county, *DAY, "--format", "json")[1]
        assert [one["read"] for one in json.loads(out)["unreadable"]] == [EVIL]


def test_what_is_a_departments_is_counted_as_it_is_listed(capsys):
    """Counts, tables, metrics, unknowns, findings and lists are of the same part."""
    words = ("assess", EXAMPLE, *DAY, "--department", "财政局")
    data = json.loads(run(capsys, *words, "--format", "json")[1])
    whole = json.loads(run(capsys, *words[:-2], "--format", "json")[1])
    assert data["department"] == "市财政局〔国资委〕"
    assert sum(data["counts"].values()) == len(data["verdicts"])
    for name, count in data["counts"].items():
        assert count == sum(row["outcome"] == name for row in data["verdicts"])
    mine = [row for row in whole["verdicts"] if "市财政局〔国资委〕" in row["departments"]]
    assert data["verdicts"] == mine
    duties = {row["duty"] for row in mine}
    assert 0 < len(data["metrics"]) < len(whole["metrics"])
    assert {row["rule"] for row in data["exemptions"]} <= {duty.split("@")[0] for duty in duties}
    text = run(capsys, *words)[1]
    by_department = text[text.index("按责任部门") : text.index("未达要求")]
    assert [line.split()[0] for line in by_department.splitlines()[2:3]] == ["市财政局〔国资委〕"]
    counts = [data["counts"][name] for name in data["counts"]]
    totals = text[text.index("结论汇总") :].splitlines()[2].split()
    assert list(map(int, totals)) == [*counts, sum(counts)]
    short = sum(counts[:3])
    assert f"未达要求（逾期最久者在前） ({short})" in text
    late = json.loads(run(capsys, *words, "--outcome", "逾期完成", "--format", "json")[1])
    assert sum(late["counts"].values()) == late["counts"]["LATE"] == len(late["verdicts"])


def test_a_departments_status_is_its_own(capsys, county):
    """Who has nothing that falls short is told so, whatever others have."""
    (county / "boiler.csv").write_text(BOILERS.replace("2024-05-01", "未发生"), "utf-8")
    assert run(capsys, "assess", county, *DAY)[0] == 1
    assert run(capsys, "assess", county, *DAY, "--department", "发改委")[0] == 1
    code, out, _ = run(capsys, "assess", county, *DAY, "--department", "国网")
    assert code == 0
    assert "没有未达要求的事项" in out


def test_a_clause_and_a_name_are_understood(capsys, county):
    """`explain 2.1.6-5 一号炉`: the rules of the sentence, the subject by its name or its id."""
    code, out, _ = run(capsys, "explain", "2.1.6-5", "一号炉", county, *DAY)
    assert code == 0
    assert out.startswith("pm25.low-nox-gas-boilers · b · 评估日期 2025-01-01")
    assert run(capsys, "explain", "2.1.6-5", "Ｂ", county, *DAY)[1] == out
    (county / "boiler.csv").write_text(BOILERS + "c,一号炉,煤炭,,否\n", "utf-8")
    code, _, err = run(capsys, "explain", "2.1.6-5", "一号炉", county, *DAY)
    assert code == 2
    assert "不止一个对象叫“一号炉”，用编号指明其中一个：锅炉: b、c" in err


def test_check_says_whether_a_folder_is_in_order(capsys, county):
    """What was read, what cannot be, what the rules lack; 0 in order, 2 not."""
    code, out, err = run(capsys, "check", county)
    assert (code, err) == (0, "")
    assert out.splitlines()[0].endswith("台账：齐整，可以评估")
    assert "boiler.csv → 锅炉：1 行，表头在第 1 行" in out
    assert "砖瓦生产线：" in out[out.index("规则要用、文件夹里没有的台账") :]
    rows = "".join(f"x{n},,天然气,约{n}月,否\n" for n in range(60))
    (county / "boiler.csv").write_text(BOILERS + rows, "utf-8")
    code, out, _ = run(capsys, "check", county)
    assert code == 2
    (line,) = [one for one in out.splitlines() if "60 个单元格应为日期" in one]
    assert "boiler.csv · 低氮燃烧改造完成日期：" in line
    assert "（如第 3 行“约0月”" in line
    assert (
        len([one for one in run(capsys, "check", county, "--all")[1].splitlines() if "约" in one])
        == 60
    )
    data = json.loads(run(capsys, "check", county, "--format", "json")[1])
    assert (data["in_order"], len(data["unreadable"])) == (False, 60)
    assert data["files"][0] == {
        "ledger": "boiler", "file": "boiler.csv", "sheet": None, "head": 1, "rows": 61,
    }  # fmt: skip
    out = run(capsys, "check", county, "--format", "csv")[1]
    assert out.startswith("\ufeff文件,工作表,行,列,读到,应为,提示")
    found = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert len(found) == 60
    assert (found[0]["行"], found[0]["列"], found[0]["读到"]) == (
        "3",
        "低氮燃烧改造完成日期",
        "约0月",
    )


def test_check_shows_all_that_refuses_a_folder(capsys, county):
    """An unknown file, an unknown column, a rule that does not exist: grouped alike, in full."""
    (county / "砖瓦生产线.csv").write_text("编号,年产能力\n1,5\n", "utf-8")
    code, out, _ = run(capsys, "check", county)
    assert code == 2
    assert "不能评估，须先更正" in out
    assert "是不是“年产能”？" in out
    assert "boiler.csv → 锅炉：1 行" in out
    (county / "砖瓦生产线.csv").unlink()
    (county / "exemption.csv").write_text("rule,subject\npm25.low-nox,b\n", "utf-8")
    code, out, _ = run(capsys, "check", county)
    assert code == 2
    assert "“规则”列：读到“pm25.low-nox”，应为生效的规则；是不是“pm25.low-nox" in out
    en = run(capsys, "check", county, "--lang", "en")[1]
    assert "read 'pm25.low-nox', expected a rule in force" in en


def test_alike_problems_are_one_line_on_the_error_stream_too(capsys, county):
    """Sixty cells of one kind are one line, in the report and beside it; `--all` lists them."""
    rows = "".join(f"x{n},,天然气,约{n}月,否\n" for n in range(60))
    (county / "boiler.csv").write_text(BOILERS + rows, "utf-8")
    code, out, err = run(capsys, "assess", county, *DAY)
    assert code == 2
    assert len(err.splitlines()) == 1
    assert "60 个单元格应为日期" in err
    assert "60 个单元格应为日期" in out
    assert len(run(capsys, "assess", county, *DAY, "--all")[2].splitlines()) == 60


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "airplan.toml：这是文件夹，不是文件"),
        (lambda path: path.write_bytes("title = '沁阳'".encode("gbk")), "不是 UTF-8 编码"),
        (lambda path: path.write_text("a = " + "[" * 20000, "utf-8"), "不是 TOML"),
        (lambda path: path.write_text("a = " + "1" * 5000, "utf-8"), "不是 TOML"),
        (lambda path: path.symlink_to("nowhere.toml"), "没有 "),
        (
            lambda path: path.write_text("[disbale]\n", "utf-8"),
            "不认识“disbale”；是不是“disable”？",
        ),
        (lambda path: path.write_text("[plan]\nbegins = 'x'\n", "utf-8"), "“x”不是日期"),
        (
            lambda path: path.write_text("plugins = 'pm25'\n[disable]\n'x' = ''\n", "utf-8"),
            "airplan.toml：",
        ),
    ],
)
def test_a_configuration_that_cannot_be_read_is_told(capsys, county, make, told):
    """A folder, another encoding, no TOML, an unknown key: a line in Chinese, not a traceback."""
    make(county / "airplan.toml")
    code, _, err = run(capsys, "assess", county, *DAY)
    assert code == 2
    assert told in err
    assert "Traceback" not in err


def test_a_configuration_may_begin_with_a_mark(capsys, county):
    """Editors of Windows write one."""
    (county / "airplan.toml").write_text('\ufeff[plan]\ncounty = "沁阳市"\n', "utf-8")
    assert run(capsys, "assess", county, *DAY)[0] == 0


def shell(line, **more):
    command = " ".join(f"'{word}'" for word in COMMAND)
    return subprocess.run(
        line.replace("AIRPLAN", command), shell=True, capture_output=True, text=True, check=False,
        executable="/bin/bash", **more,
    )  # fmt: skip


def test_a_stream_that_fails_is_told_and_nothing_more(tmp_path):
    """Closed, full or broken: no traceback, and the status says what the assessment found."""
    words = f"assess {EXAMPLE} --as-of 2025-01-01"
    found = shell(f"AIRPLAN {words} >&-")
    assert (found.returncode, found.stderr) == (
        2,
        "airplan: 标准输出已关闭，无法显示；用 --out 写到文件\n",
    )
    found = shell(f"AIRPLAN {words} --out {tmp_path}/v.csv >&- 2>&-")
    assert found.returncode == 1
    assert (tmp_path / "v.csv").read_text("utf-8-sig").startswith("对象,")
    found = shell(f"AIRPLAN {words} > /dev/full")
    assert (found.returncode, found.stderr) == (2, "airplan: 标准输出：磁盘已满\n")
    found = shell(f"AIRPLAN {words} --format json | head -c 10; exit ${{PIPESTATUS[0]}}")
    assert (found.returncode, found.stderr) == (1, "")
    assert shell("AIRPLAN --help > /dev/full").stderr == ""


def test_an_interrupt_ends_it_quietly(tmp_path):
    """130, one line, and no file."""
    code = (
        "import sys, os, signal\nfrom airplan_core.cli import command\n"
        "from airplan_core.facts import reading\n"
        "reading.read_facts = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(command.run())"
    )
    words = ["assess", EXAMPLE, *DAY, "--out", tmp_path / "v.csv"]
    found = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (130, "airplan: 已中断；没有写到一半的文件\n")
    assert list(tmp_path.iterdir()) == []


def test_a_province_that_is_interrupted_ends_with_its_counties(tmp_path):
    """Whoever interrupts waits for no county, and sees no traceback of one."""
    for name in ("甲县", "乙县"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "airplan.toml").write_text("", "utf-8")
        (tmp_path / name / "boiler.csv").write_text(BOILERS, "utf-8")
    child = subprocess.Popen(
        [*COMMAND, "assess", tmp_path, *DAY], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    children = Path(f"/proc/{child.pid}/task/{child.pid}/children")
    for _ in range(600):
        if children.is_file() and any(
            Path(p).read_text() for p in Path(f"/proc/{child.pid}/task").glob("*/children")
        ):
            break
        time.sleep(0.02)
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, "airplan: 已中断；没有写到一半的文件\n")


def on_terminal(*words, **environment):
    """What the command shows on a terminal."""
    master, slave = pty.openpty()
    found = subprocess.Popen(
        [*COMMAND, *words], stdout=slave, stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:  # the terminal is gone with the process
            break
        if not block:
            break
        shown += block
    found.wait()
    os.close(master)
    return shown.decode()


def test_a_terminal_is_asked_for_its_width_and_colours():
    """In colour where it is wanted: not with NO_COLOR, nor on a dumb one; as wide as COLUMNS."""
    words = ("assess", EXAMPLE, *DAY, "--limit", "3")
    assert "\x1b[1m" in on_terminal(*words)
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_terminal(*words, **environment)
    from rich.cells import cell_len

    shown = on_terminal(*words, NO_COLOR="1", COLUMNS="90")
    assert max(map(cell_len, shown.splitlines())) <= 90
