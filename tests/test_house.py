"""The house stands: every package and plugin is under the checks of imports and of types."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
CONTRACTS = {one["name"]: one for one in PROJECT["importlinter"]["contracts"]}
PLUGINS = sorted(path.name for path in ROOT.glob("plugins/*/src/*") if (path / "py.typed").exists())


def floors(name):
    return {part.strip() for floor in CONTRACTS[name]["layers"] for part in floor.split("|")}


def test_every_package_of_the_core_has_a_floor():
    """A package or module beside the others is on a floor, so that its imports only go down."""
    core = ROOT / "src/airplan_core"
    here = {
        path.stem
        for path in core.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {f"airplan_core.{name}" for name in here - {"__init__"}} == floors(
        "the floors of the core"
    )


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_plugin_is_checked(plugin):
    """Its imports are looked at, and its types; a chapter stands apart from the other chapters."""
    public = CONTRACTS["a plugin imports the core's public names"]
    assert plugin in PROJECT["importlinter"]["root_packages"]
    assert plugin in public["source_modules"]
    assert set(public["forbidden_modules"]) == floors("the floors of the core")
    assert plugin in PROJECT["mypy"]["packages"]
    shared = {"airplan_ambient", "airplan_qinyang"}
    assert plugin in {*shared, *CONTRACTS["no chapter imports another"]["modules"]}
