"""`airplan assess`: one county, or every county of a province."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from airplan_core.cli.output import put, tell, tell_problems
from airplan_core.cli.places import format_of, guard
from airplan_core.cli.verbs import (
    BAD_INPUT,
    CLEAN,
    FAULT,
    SHORTFALL,
    day_of,
    engine_of,
    facts_of,
    guarded,
    page_of,
    rulebook_of,
    told_set_aside,
)

if TYPE_CHECKING:
    import polars as pl

    from airplan_core.engines.sql.database import Database
    from airplan_core.rulebook.rulebook import Rulebook


def assess(arguments: argparse.Namespace) -> int:
    """Hold every row against every sentence on a date."""
    from airplan_core.cli.named import department_of, outcomes_of
    from airplan_core.errors import AirplanError

    endings = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "text"}
    arguments.format = format_of(arguments, endings)
    day = day_of(arguments)
    if arguments.format == "parquet" and not arguments.out:
        raise AirplanError(
            "parquet is no text; name a file: --out verdicts.parquet",
            "Parquet 不能显示为文字；写明文件：--out 结论.parquet",
        )
    if arguments.format == "outcomes" and (not arguments.out or arguments.department):
        raise AirplanError(
            "outcomes are all departments'; name a new folder for them: --out DIR",
            "outcomes 是所有部门的；写明一个新文件夹：--out 文件夹",
        )
    wanted = outcomes_of(arguments.outcome or ())
    if _is_province(arguments):
        return _assess_province(arguments, day, wanted)
    if arguments.jobs != 1:
        raise AirplanError(
            "--jobs is of a folder of county folders; this is one county",
            "--jobs 用于放着各县文件夹的文件夹；这里是一个县",
        )
    rulebook = rulebook_of(arguments)
    if arguments.department is not None:
        arguments.department = department_of(arguments.department, rulebook)
    if arguments.format != "outcomes":
        guarded(arguments, rulebook)
    with engine_of(arguments, rulebook) as engine:
        return _report(arguments, rulebook, day, wanted, engine)


def _report(
    arguments: argparse.Namespace,
    rulebook: Rulebook,
    day: Any,
    wanted: tuple[str, ...],
    engine: Database | None,
) -> int:
    """Assess one county, and print or write what was asked for."""
    from airplan_core.assessment.assess import assess
    from airplan_core.assessment.sentences import sentences
    from airplan_core.report.chosen import Chosen

    facts = facts_of(arguments, rulebook, engine)
    assessment = assess(rulebook, facts, day, engine)
    chosen = Chosen(assessment, arguments.department, wanted)
    if arguments.format == "text":
        from airplan_core.report.text import assessment_text

        width, color = page_of(arguments)
        page = assessment_text(
            assessment,
            arguments.lang,
            arguments.limit,
            width,
            color=color,
            department=arguments.department,
            outcomes=wanted,
            all_metrics=arguments.all_metrics,
            by_department=arguments.by_department,
            every=arguments.all,
        )
        put(arguments.out, page)
    elif arguments.format == "outcomes":
        from airplan_core.report.writing import whole_folder

        with whole_folder(arguments.out) as folder:
            assessment.write_outcomes(folder, chosen.names)
    elif arguments.format == "json":
        from airplan_core.report.data import assessment_json

        put(arguments.out, assessment_json(chosen, arguments.lang) + "\n")
    else:
        _put_table(arguments, chosen.verdicts, lambda: sentences(rulebook))
    if told_set_aside(arguments, facts, arguments.limit):
        return BAD_INPUT
    return CLEAN if chosen.clean else SHORTFALL


def _put_table(arguments: argparse.Namespace, verdicts: pl.DataFrame, said: Any) -> None:
    """Write verdicts as Parquet, or as CSV for people or machines; `said` gives the sentences."""
    import sys

    from airplan_core.report.people import people_table
    from airplan_core.report.sheets import MARK, csv_text
    from airplan_core.report.writing import write_parquet

    if arguments.format == "parquet":
        write_parquet(arguments.out, verdicts)
    elif arguments.readers == "machines":
        put(arguments.out, csv_text(verdicts))
    else:
        watched = arguments.out is None and sys.stdout is not None and sys.stdout.isatty()
        text = csv_text(people_table(verdicts, said(), arguments.lang))
        put(arguments.out, text if watched else MARK + text)


def _is_province(arguments: argparse.Namespace) -> bool:
    from airplan_core.assessment.province import county_folders

    return arguments.config is None and bool(county_folders(arguments.facts))


def _assess_province(arguments: argparse.Namespace, day: Any, wanted: tuple[str, ...]) -> int:
    from airplan_core.assessment.province import assess_province
    from airplan_core.errors import AirplanError
    from airplan_core.model.outcome import SHORT_NAMES
    from airplan_core.report import province as report

    if arguments.format == "outcomes":
        raise AirplanError(
            "--format outcomes is of one county: name its folder",
            "--format outcomes 用于一个县：写明该县的文件夹",
        )
    if arguments.department or arguments.by_department or arguments.all_metrics:
        raise AirplanError(
            "--department, --by-department and --all-metrics are of one county: name its folder",
            "--department、--by-department 和 --all-metrics 用于一个县：写明该县的文件夹",
        )
    guard(arguments.out, arguments.facts)
    engine = {"name": arguments.engine, "memory": arguments.memory, "url": arguments.database}
    engine = {key: value for key, value in engine.items() if value is not None}
    text, lang = arguments.format == "text", arguments.lang
    found = assess_province(
        arguments.facts,
        day,
        jobs=arguments.jobs,
        outcomes=wanted or (SHORT_NAMES if text else ()),
        engine=None if arguments.engine == "polars" else engine,
    )
    if text:
        width, color = page_of(arguments)
        put(
            arguments.out,
            report.province_text(found, lang, arguments.limit, width, color=color, outcomes=wanted),
        )
    elif arguments.format == "json":
        put(arguments.out, report.province_json(found, lang, wanted) + "\n")
    else:
        _put_table(arguments, found.verdicts, lambda: found.sentences)
    for one in found.counties:
        of = f"{one.county}: "
        for line in (*one.fault.splitlines(), *one.error.text(lang).splitlines()):
            tell(of + line)
        problems = (*one.problems, *one.set_aside)
        tell_problems(problems, lang, every=arguments.all, limit=arguments.limit, of=of)
    if any(one.fault for one in found.counties):
        return FAULT
    if found.failed or any(one.set_aside for one in found.counties):
        return BAD_INPUT
    return CLEAN if found.clean else SHORTFALL
