"""The example of some chapters alone: what is asked again and again, of every engine, is less."""

import atexit
import functools
import re
import shutil
import tempfile
from pathlib import Path

import polars as pl

import airplan_core as airplan
from airplan_core import ledger_of
from airplan_core.rulebook.plugins import discover

EXAMPLE = Path(__file__).parents[1] / "examples/qinyang"

#: Chapters that have, between them, every kind of rule, metric and reference.
CHAPTERS = ("qinyang", "ambient", "targets", "pm25", "no2")


@functools.cache
def example(plugins=CHAPTERS, rules=()):
    """A folder with the ledgers of these plugins as the example has them, and their rules alone.

    Of those that have any of `rules`, these alone are in force.
    """
    folder = Path(tempfile.mkdtemp(prefix="airplan-smaller-"), "qinyang")
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    shutil.copytree(EXAMPLE, folder)
    book = airplan.build_rulebook(discover(plugins))
    ledgers = {ledger_of(entity).name for entity in book.entities}
    others = [id for id in book.rules if rules and id not in rules]
    _configure(folder / "airplan.toml", plugins, {*ledgers, *book.interpretations}, others)
    spoken_of = {
        "attestation": ("条款", [r.clause.id for r in book.rules.values() if r.id not in others]),
        "exemption": ("规则", [id for id in book.rules if id not in others]),
        "reported": ("指标", [*book.known_metrics]),
    }
    for file in folder.glob("*.csv"):
        if file.stem in spoken_of:
            column, known = spoken_of[file.stem]
            table = pl.read_csv(file, infer_schema=False)
            table.filter(pl.col(column).is_in(known)).write_csv(file)
        elif file.stem not in ledgers:
            file.unlink()
    return folder


def _configure(file, plugins, known, others):
    """Name the plugins, and leave out what is said of the ledgers and questions of others."""
    text = file.read_text("utf-8")
    text = re.sub(r"plugins = \[.*?\]", lambda _: f"plugins = {[*plugins]}", text, flags=re.DOTALL)
    kept = [
        line
        for line in text.splitlines()
        if not (found := re.match(r' +"(\w+)\.\w+",|"?([\w.-]+)"? = "', line))
        or (found[1] or found[2]) in known
    ]
    off = [f'"{id}" = "not asked here"' for id in others]
    file.write_text("\n".join([*kept, "[disable]", *off, ""]), "utf-8")
