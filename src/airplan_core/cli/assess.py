"""`airplan assess`: one county, or every county of a province."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from airplan_core.cli.verbs import (
    BAD_INPUT,
    CLEAN,
    FAULT,
    SHORTFALL,
    day_of,
    engine_of,
    facts_of,
    put,
    rulebook_of,
    told_set_aside,
)

if TYPE_CHECKING:
    from airplan_core.engines.sql.database import Database
    from airplan_core.rulebook.rulebook import Rulebook


def assess(arguments: argparse.Namespace) -> int:
    """Hold every row against every sentence on a date."""
    from airplan_core.engines.standing import named_by
    from airplan_core.errors import AirplanError, nearest

    day = day_of(arguments)
    if arguments.format == "parquet" and not arguments.out:
        raise AirplanError("parquet is no text; name a file: --out verdicts.parquet")
    if arguments.format == "outcomes" and (not arguments.out or arguments.department):
        raise AirplanError("outcomes are all departments'; name a new folder for them: --out DIR")
    wanted = [name.upper() for name in arguments.outcome or ()]
    named_by(wanted)
    if _is_province(arguments):
        return _assess_province(arguments, day, wanted)
    if arguments.jobs != 1:
        raise AirplanError("--jobs is of a folder of county folders; this is one county")
    rulebook = rulebook_of(arguments)
    known = {name for clause in rulebook.clauses.values() for name in clause.departments}
    if arguments.department is not None and arguments.department not in known:
        raise AirplanError(
            f"no department is called {arguments.department!r}; "
            f"{nearest(arguments.department, known)}"
        )
    with engine_of(arguments, rulebook) as engine:
        return _report(arguments, rulebook, day, wanted, engine)


def _report(
    arguments: argparse.Namespace,
    rulebook: Rulebook,
    day: Any,
    wanted: list[str],
    engine: Database | None,
) -> int:
    """Assess one county, and print or write what was asked for."""
    import shutil

    import polars as pl

    from airplan_core.assessment.assess import assess
    from airplan_core.model.outcome import NAMES
    from airplan_core.report import data, text

    facts = facts_of(arguments, rulebook, engine)
    assessment = assess(rulebook, facts, day, engine)
    only = pl.lit(value=True)
    if wanted:
        only = only & pl.col("outcome").is_in(wanted)
    if arguments.department is not None:
        only = only & pl.col("departments").list.contains(arguments.department)
    chosen = bool(wanted) or arguments.department is not None
    if arguments.format == "text":
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = text.assessment_text(
            assessment,
            arguments.lang,
            arguments.limit,
            width,
            color=shown,
            only=only if chosen else None,
            all_metrics=arguments.all_metrics,
            by_department=arguments.by_department,
        )
        put(arguments.out, page)
    elif arguments.format == "outcomes":
        assessment.write_outcomes(arguments.out, wanted or NAMES)
    else:
        verdicts = assessment.select(*(wanted or NAMES)).filter(only)
        if arguments.format == "parquet":
            verdicts.write_parquet(arguments.out)
        elif arguments.format == "csv":
            # a spreadsheet knows UTF-8 by its mark
            put(arguments.out, data.verdicts_csv(verdicts), mark="\ufeff")
        else:
            put(arguments.out, data.assessment_json(assessment, verdicts) + "\n")
    if told_set_aside(facts, arguments.limit):
        return BAD_INPUT
    return CLEAN if assessment.clean else SHORTFALL


def _is_province(arguments: argparse.Namespace) -> bool:
    from airplan_core.assessment.province import county_folders

    return arguments.config is None and bool(county_folders(arguments.facts))


def _assess_province(arguments: argparse.Namespace, day: Any, wanted: list[str]) -> int:
    import shutil

    import polars as pl

    from airplan_core.assessment.province import assess_province
    from airplan_core.errors import AirplanError
    from airplan_core.model.outcome import SHORT_NAMES
    from airplan_core.report import data, province as report

    if arguments.format == "outcomes":
        raise AirplanError("--format outcomes is of one county: name its folder")
    if arguments.department or arguments.by_department or arguments.all_metrics:
        raise AirplanError(
            "--department, --by-department and --all-metrics are of one county: name its folder"
        )
    engine = {"name": arguments.engine, "memory": arguments.memory, "url": arguments.database}
    engine = {key: value for key, value in engine.items() if value is not None}
    text = arguments.format == "text"
    found = assess_province(
        arguments.facts,
        day,
        jobs=arguments.jobs,
        outcomes=wanted or (SHORT_NAMES if text else ()),
        engine=None if arguments.engine == "polars" else engine,
    )
    if text:
        shown = arguments.out is None and sys.stdout.isatty()
        width = shutil.get_terminal_size((140, 40)).columns if shown else 140
        page = report.province_text(found, arguments.lang, arguments.limit, width, color=shown)
        put(arguments.out, page)
    elif arguments.format == "parquet":
        found.verdicts.write_parquet(arguments.out)
    elif arguments.format == "csv":
        put(arguments.out, data.verdicts_csv(found.verdicts.cast({"county": pl.String})), "\ufeff")
    else:
        put(arguments.out, report.province_json(found) + "\n")
    for one in found.counties:
        for line in (*one.fault.splitlines(), *one.error.splitlines(), *one.set_aside):
            print(f"airplan: {one.county}: {line}", file=sys.stderr)
    if any(one.fault for one in found.counties):
        return FAULT
    if found.failed or any(one.set_aside for one in found.counties):
        return BAD_INPUT
    return CLEAN if found.clean else SHORTFALL
