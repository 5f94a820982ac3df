"""airplan: executable environmental plans. Ledgers in, verdicts out, sentence by sentence.

The names below are the whole public surface; what is heavy is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airplan_core.assessment import Assessment as Assessment, assess as assess
    from airplan_core.clause import (
        Clause as Clause,
        Plan as Plan,
        Strength as Strength,
        Task as Task,
    )
    from airplan_core.config import Config as Config, read_config as read_config
    from airplan_core.dates import NEVER as NEVER
    from airplan_core.duty import Duty as Duty, duties as duties
    from airplan_core.entities import (
        Derivation as Derivation,
        Entity as Entity,
        Reference as Reference,
        ledger_of as ledger_of,
        reference as reference,
    )
    from airplan_core.errors import (
        AirplanError as AirplanError,
        ConfigError as ConfigError,
        FactsError as FactsError,
        PluginError as PluginError,
        Problem as Problem,
        RulebookError as RulebookError,
        RuleError as RuleError,
        UnitError as UnitError,
    )
    from airplan_core.explain import Explanation as Explanation
    from airplan_core.expr import (
        ALWAYS as ALWAYS,
        Condition as Condition,
        until as until,
    )
    from airplan_core.facts import Facts as Facts
    from airplan_core.fields import (
        Band as Band,
        Counted as Counted,
        Event as Event,
        Flag as Flag,
        Measured as Measured,
        Moment as Moment,
        Ranked as Ranked,
        Stated as Stated,
        Text as Text,
        counted as counted,
        event as event,
        flag as flag,
        measured as measured,
        moment as moment,
        ranked as ranked,
        stated as stated,
        text as text,
    )
    from airplan_core.hookspecs import hookimpl as hookimpl
    from airplan_core.interpretation import Interpretation as Interpretation
    from airplan_core.ledgers import (
        Attestation as Attestation,
        County as County,
        Exemption as Exemption,
    )
    from airplan_core.metric import (
        Aggregate as Aggregate,
        Change as Change,
        Completeness as Completeness,
        Metric as Metric,
        Period as Period,
        Statistic as Statistic,
    )
    from airplan_core.plugins import contribution as contribution
    from airplan_core.reading import read_facts as read_facts
    from airplan_core.rule import (
        Exempt as Exempt,
        Rule as Rule,
        attestation as attestation,
        by as by,
        during as during,
        yearly as yearly,
    )
    from airplan_core.rulebook import (
        Rulebook as Rulebook,
        build_rulebook as build_rulebook,
        load_rulebook as load_rulebook,
    )
    from airplan_core.service import Verdict as Verdict, Verdicts as Verdicts, check as check
    from airplan_core.units import Quantity as Quantity
    from airplan_core.verdict import Outcome as Outcome

_HOMES = {
    "assessment": ("Assessment", "assess"),
    "clause": ("Clause", "Plan", "Strength", "Task"),
    "config": ("Config", "read_config"),
    "duty": ("Duty", "duties"),
    "entities": (
        "Derivation", "Entity", "Reference", "ledger_of", "reference",
    ),
    "errors": (
        "AirplanError", "ConfigError", "FactsError", "PluginError", "Problem", "RuleError",
        "RulebookError", "UnitError",
    ),
    "explain": ("Explanation",),
    "expr": ("ALWAYS", "Condition", "until"),
    "dates": ("NEVER",),
    "interpretation": ("Interpretation",),
    "facts": ("Facts",),
    "fields": (
        "Band", "Counted", "Event", "Flag", "Measured", "Moment", "Ranked", "Stated", "Text",
        "counted", "event", "flag", "measured", "moment", "ranked", "stated", "text",
    ),
    "hookspecs": ("hookimpl",),
    "ledgers": ("Attestation", "County", "Exemption"),
    "metric": ("Aggregate", "Change", "Completeness", "Metric", "Period", "Statistic"),
    "plugins": ("contribution",),
    "reading": ("read_facts",),
    "rule": ("Exempt", "Rule", "attestation", "by", "during", "yearly"),
    "service": ("Verdict", "Verdicts", "check"),
    "rulebook": ("Rulebook", "build_rulebook", "load_rulebook"),
    "units": ("Quantity",),
    "verdict": ("Outcome",),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"airplan_core has no name {name!r}")
    value = getattr(importlib.import_module(f"airplan_core.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
