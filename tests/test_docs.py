"""The documentation is true: its examples run, its pages are current, its tables are complete."""

import inspect
import re
from pathlib import Path

import pytest

import airplan_core as airplan
from airplan_core.cli.command import main
from airplan_core.handbook.pages import pages
from airplan_core.rulebook import config, hooks
from airplan_core.rulebook.building import chosen

ROOT = Path(__file__).parents[1]
WRITTEN = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(page, language):
    return [text for kind, text in BLOCK.findall(page.read_text("utf-8")) if kind == language]


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_python_examples_run(page, monkeypatch):
    """Every Python example of a page runs, in the order of the page."""
    monkeypatch.chdir(ROOT)
    namespace = {"__name__": "__docs__"}
    for number, code in enumerate(blocks(page, "python"), 1):
        exec(compile(code, f"{name(page)}#{number}", "exec", dont_inherit=True), namespace)


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_commands_run(page, monkeypatch, capsys, tmp_path):
    """Every command of a page is understood; findings are no failure, bad input is."""
    monkeypatch.chdir(ROOT)
    for text in blocks(page, "console"):
        for line in re.findall(r"^\$ airplan (.*)$", text, re.M):
            words = line.replace("build/", f"{tmp_path}/").split()
            assert main(words) in (0, 1), (line, capsys.readouterr().err)


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_configurations_are_understood(page):
    """Every airplan.toml of a page is one that airplan reads and a rulebook takes."""
    import tomllib

    for text in blocks(page, "toml"):
        given = tomllib.loads(text)
        if "project" in given:
            continue
        read = config.structure(given)
        assert airplan.build_rulebook(chosen(read), read).rules


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_links_lead_somewhere(page):
    """Every relative link of a page leads to a file or folder."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("hook", [n for n in dir(hooks) if n.startswith("airplan_")])
def test_every_hook_is_documented_with_its_signature(hook):
    """The plugin page shows each hook as it is."""
    function = getattr(hooks, hook)
    shown = f"`{hook}{inspect.signature(function)}`".replace("'", "")
    assert shown in (ROOT / "docs/write-a-plugin.md").read_text("utf-8")


def test_generated_pages_are_current():
    """`make docs` would change nothing."""
    made = pages(airplan.load_rulebook())
    found = {
        name(path).removeprefix("docs/")
        for place in ("rules", "ledgers")
        for path in (ROOT / "docs" / place).glob("*.md")
    } | {"clauses.md", "own-units.md"}
    assert set(made) == found
    for path, text in made.items():
        assert (ROOT / "docs" / path).read_text("utf-8") == text, f"run `make docs`: {path}"


def test_every_rule_and_ledger_has_its_page():
    """No rule, ledger or clause of the installed plugins is without documentation."""
    rulebook = airplan.load_rulebook()
    text = "".join(pages(rulebook).values())
    for rule in rulebook.rules:
        assert f"## {rule}\n" in text
    for entity in rulebook.entities:
        assert f"# {airplan.ledger_of(entity).name} ·" in text
    for clause in rulebook.clauses:
        assert f"| {clause} |" in text


def test_every_outcome_and_key_is_documented():
    """The outcomes page names every outcome; the configuration page every key."""
    from airplan_core.model.outcome import NAMES

    outcomes = (ROOT / "docs/outcomes.md").read_text("utf-8")
    for english, chinese in NAMES.items():
        assert f"| {english} | {chinese} |" in outcomes
    configure = (ROOT / "docs/configure.md").read_text("utf-8")
    for key in ("plugins", "plan", "disable", "replace", "interpretations", "facts"):
        assert re.search(rf"^\[?{key}", configure, re.M), key


def test_the_project_names_no_place_outside():
    """No page names a path of one machine."""
    for page in WRITTEN:
        assert not re.search(r"(^|[\s(])/(work|root|home)/", page.read_text("utf-8")), page
