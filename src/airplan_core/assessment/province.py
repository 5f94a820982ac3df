"""A province is a folder of county folders, each with its own plugins and `airplan.toml`.

Every county is assessed by itself, in a process of its own; the results are put together under a
county column. A county that cannot be assessed is told, and costs no other its result.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import pickle
import signal
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from airplan_core.assessment.sentences import SENTENCE_SCHEMA
from airplan_core.assessment.verdicts import VERDICT_SCHEMA
from airplan_core.errors import AirplanError, FactsError, Problem, Said, said, why


@attrs.frozen(kw_only=True)
class CountyResult:
    """What came out for one county.

    Attributes:
        county: the name of its folder.
        counts, verdicts: as of an `Assessment`; empty where it failed.
        sentences: what its duties say: `sentences.SENTENCE_SCHEMA`.
        set_aside: the cells and rows that could not be read.
        notes: what a reader should know of the input.
        error: why there is no result; empty where there is one.
        problems: what is wrong with its ledgers, where that is why.
        fault: where it is, if the error is a fault of airplan's or a plugin's own: a traceback.
    """

    county: str
    counts: pl.DataFrame
    verdicts: pl.DataFrame
    clean: bool = False
    sentences: pl.DataFrame = attrs.field(factory=pl.DataFrame)
    set_aside: tuple[Problem, ...] = ()
    notes: tuple[Said, ...] = ()
    error: Said = attrs.field(default=said(""), converter=said)
    problems: tuple[Problem, ...] = ()
    fault: str = ""


@attrs.frozen(kw_only=True)
class Province:
    """The counties of a province on a day, in the order of their names."""

    as_of: dt.date
    counties: tuple[CountyResult, ...]

    @property
    def counts(self) -> pl.DataFrame:
        """How many subjects stand how: `county`, then the columns of `Assessment.counts`."""
        return _together((one.county, one.counts) for one in self.counties)

    @property
    def verdicts(self) -> pl.DataFrame:
        """The verdicts: `county`, then the columns of `VERDICT_SCHEMA`."""
        return _together(((one.county, one.verdicts) for one in self.counties), VERDICT_SCHEMA)

    @property
    def sentences(self) -> pl.DataFrame:
        """What the duties say: `county`, then the columns of `sentences.SENTENCE_SCHEMA`."""
        return _together(((one.county, one.sentences) for one in self.counties), SENTENCE_SCHEMA)

    @property
    def failed(self) -> tuple[CountyResult, ...]:
        """The counties without a result."""
        return tuple(one for one in self.counties if one.error)

    @property
    def clean(self) -> bool:
        """Whether every county has a result, and nothing falls short in any."""
        return all(one.clean for one in self.counties)


def county_folders(folder: str | Path) -> list[Path]:
    """The county folders in a folder: those with an `airplan.toml`; none where it is a county."""
    here = Path(folder)
    if not here.is_dir() or (here / "airplan.toml").is_file():
        return []
    return sorted(path for path in here.iterdir() if (path / "airplan.toml").is_file())


def assess_province(
    folder: str | Path,
    as_of: dt.date,
    *,
    jobs: int = 1,
    outcomes: Sequence[str] = (),
    engine: Mapping[str, Any] | None = None,
) -> Province:
    """Assess every county in a folder, each in a process of its own.

    Args:
        folder: holds a folder for each county, with its ledgers and its `airplan.toml`.
        as_of: the day of assessment.
        jobs: how many counties at one time; the result is the same for any number.
        outcomes: the verdicts wanted; every one where none is named.
        engine: `name` and options of the engine each county runs in: see `airplan_core.connect`.

    Raises:
        AirplanError: there is no county, or `jobs` is not a positive number.
    """
    counties = county_folders(folder)
    if not counties:
        raise AirplanError(
            f"{folder} holds no county: a folder of ledgers with an airplan.toml for each",
            f"{folder} 里没有县：每个县一个文件夹，里面是台账和 airplan.toml",
        )
    if jobs < 1:
        raise AirplanError(
            f"--jobs: at least one county at a time, not {jobs}",
            f"--jobs：同时至少评估一个县，不是 {jobs} 个",
        )
    with (
        tempfile.TemporaryDirectory(prefix="airplan-") as scratch,
        ThreadPoolExecutor(jobs) as threads,
    ):
        processes: dict[str, Any] = {}
        one = partial(_alone, processes, scratch, as_of, tuple(outcomes), engine)
        try:
            return Province(as_of=as_of, counties=tuple(threads.map(one, counties)))
        except BaseException:
            # whoever interrupts waits for no county
            threads.shutdown(wait=False, cancel_futures=True)
            for process in list(processes.values()):
                process.kill()
            raise


def _alone(
    processes: dict[str, Any],
    scratch: str,
    as_of: dt.date,
    outcomes: tuple[str, ...],
    engine: Mapping[str, Any] | None,
    path: Path,
) -> CountyResult:
    """A county in a process of its own: whatever happens there happens to it alone."""
    if hasattr(signal, "pthread_sigmask"):
        # an interrupt is for the process that waits; those that it starts inherit this, unless
        # the one that multiprocessing itself needs is started with them
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = multiprocessing.get_context("spawn").Process(
        target=_assess_into, args=(path, scratch, as_of, outcomes, engine), daemon=True
    )
    process.start()
    processes[path.name] = process
    process.join()
    result = Path(scratch, f"{path.name}.result")
    if not result.is_file():
        return _failed(path.name, _NO_RESULT)
    return _read(path.name, pickle.loads(result.read_bytes()))


_NO_RESULT = Said("评估它的进程没有给出结果就结束了", "its process ended without a result")


def _assess_into(
    path: Path,
    scratch: str,
    as_of: dt.date,
    outcomes: tuple[str, ...],
    engine: Mapping[str, Any] | None,
) -> None:
    """One county, in its own process; what came out is left as a file."""
    found = pickle.dumps(_assess(path, scratch, as_of, outcomes, engine))
    Path(scratch, f"{path.name}.result").write_bytes(found)


def _assess(
    path: Path,
    scratch: str,
    as_of: dt.date,
    outcomes: tuple[str, ...],
    engine: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """One county, in its own process; its tables are left as files."""
    from airplan_core.assessment.assess import assess
    from airplan_core.assessment.sentences import sentences
    from airplan_core.facts.reading import read_facts
    from airplan_core.model.outcome import NAMES
    from airplan_core.rulebook.building import load_rulebook

    try:
        rulebook = load_rulebook(path)
        if engine is None:
            where, facts = None, read_facts(path, rulebook)
        else:
            from airplan_core.engines.available import connect
            from airplan_core.engines.sql.reading import read_with

            options = dict(engine)
            if options["name"] != "spark":
                options.setdefault("url", rulebook.database.url)
            where = connect(**options)
            facts = read_with(where, path, rulebook)
        assessment = assess(rulebook, facts, as_of, where)
        tables = {
            "counts": assessment.counts,
            "verdicts": assessment.select(*(outcomes or NAMES)),
            "sentences": sentences(rulebook),
        }
        for name, table in tables.items():
            table.write_parquet(Path(scratch, f"{path.name}-{name}.parquet"))
        if where is not None:
            where.close()
    except FactsError as error:
        return {"error": _REFUSED, "problems": error.problems}
    except (AirplanError, OSError) as error:
        return {"error": why(error)}
    except (Exception, pl.exceptions.PanicException) as error:
        # a plugin's own mistake is this county's, and no other's
        return {"error": f"{type(error).__name__}: {error}", "fault": traceback.format_exc()}
    return {
        "tables": {name: Path(scratch, f"{path.name}-{name}.parquet") for name in tables},
        "clean": assessment.clean,
        "set_aside": facts.faults,
        "notes": facts.notes,
    }


_REFUSED = Said("台账有误，未能评估", "its ledgers are refused")


def _read(county: str, found: dict[str, Any]) -> CountyResult:
    if "error" in found:
        return _failed(county, **found)
    tables = {name: pl.read_parquet(path) for name, path in found.pop("tables").items()}
    return CountyResult(county=county, **{**found, **tables})


def _failed(county: str, error: str, **more: Any) -> CountyResult:
    nothing = pl.DataFrame()
    return CountyResult(county=county, counts=nothing, verdicts=nothing, error=error, **more)


def _together(
    frames: Iterator[tuple[str, pl.DataFrame]], schema: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    every = [
        frame.select(pl.lit(county).alias("county"), pl.all())
        for county, frame in frames
        if frame.width
    ]
    if every:
        return pl.concat(every)
    return pl.DataFrame(schema=None if schema is None else {"county": pl.String, **schema})
