"""airplan: executable environmental plans. Ledgers in, verdicts out, sentence by sentence.

The names below are the whole public surface; what is heavy is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airplan_core.assessment import Assessment as Assessment
    from airplan_core.assessment import assess as assess
    from airplan_core.clause import Clause as Clause
    from airplan_core.clause import Plan as Plan
    from airplan_core.clause import Strength as Strength
    from airplan_core.clause import Task as Task
    from airplan_core.config import Config as Config
    from airplan_core.config import read_config as read_config
    from airplan_core.duty import Duty as Duty
    from airplan_core.duty import duties as duties
    from airplan_core.entities import Entity as Entity
    from airplan_core.entities import Reference as Reference
    from airplan_core.entities import ledger_of as ledger_of
    from airplan_core.entities import reference as reference
    from airplan_core.errors import AirplanError as AirplanError
    from airplan_core.errors import ConfigError as ConfigError
    from airplan_core.errors import FactsError as FactsError
    from airplan_core.errors import PluginError as PluginError
    from airplan_core.errors import Problem as Problem
    from airplan_core.errors import RulebookError as RulebookError
    from airplan_core.errors import RuleError as RuleError
    from airplan_core.errors import UnitError as UnitError
    from airplan_core.explain import Explanation as Explanation
    from airplan_core.expr import NEVER as NEVER
    from airplan_core.expr import Interpretation as Interpretation
    from airplan_core.facts import Facts as Facts
    from airplan_core.fields import Counted as Counted
    from airplan_core.fields import Event as Event
    from airplan_core.fields import Flag as Flag
    from airplan_core.fields import Measured as Measured
    from airplan_core.fields import Ranked as Ranked
    from airplan_core.fields import Stated as Stated
    from airplan_core.fields import Text as Text
    from airplan_core.fields import counted as counted
    from airplan_core.fields import event as event
    from airplan_core.fields import flag as flag
    from airplan_core.fields import measured as measured
    from airplan_core.fields import ranked as ranked
    from airplan_core.fields import stated as stated
    from airplan_core.fields import text as text
    from airplan_core.hookspecs import hookimpl as hookimpl
    from airplan_core.ledgers import Attestation as Attestation
    from airplan_core.ledgers import County as County
    from airplan_core.ledgers import Exemption as Exemption
    from airplan_core.metric import Completeness as Completeness
    from airplan_core.metric import Metric as Metric
    from airplan_core.metric import Period as Period
    from airplan_core.plugins import contribution as contribution
    from airplan_core.reading import read_facts as read_facts
    from airplan_core.rule import Exempt as Exempt
    from airplan_core.rule import Rule as Rule
    from airplan_core.rule import attestation as attestation
    from airplan_core.rule import by as by
    from airplan_core.rule import during as during
    from airplan_core.rule import yearly as yearly
    from airplan_core.rulebook import Rulebook as Rulebook
    from airplan_core.rulebook import build_rulebook as build_rulebook
    from airplan_core.rulebook import load_rulebook as load_rulebook
    from airplan_core.service import Verdict as Verdict
    from airplan_core.service import Verdicts as Verdicts
    from airplan_core.service import check as check
    from airplan_core.units import Quantity as Quantity
    from airplan_core.verdict import Outcome as Outcome

_HOMES = {
    "assessment": ("Assessment", "assess"),
    "clause": ("Clause", "Plan", "Strength", "Task"),
    "config": ("Config", "read_config"),
    "duty": ("Duty", "duties"),
    "entities": (
        "Entity", "Reference", "ledger_of", "reference",
    ),
    "errors": (
        "AirplanError", "ConfigError", "FactsError", "PluginError", "Problem", "RuleError",
        "RulebookError", "UnitError",
    ),
    "explain": ("Explanation",),
    "expr": ("NEVER", "Interpretation"),
    "facts": ("Facts",),
    "fields": (
        "Counted", "Event", "Flag", "Measured", "Ranked", "Stated", "Text",
        "counted", "event", "flag", "measured", "ranked", "stated", "text",
    ),
    "hookspecs": ("hookimpl",),
    "ledgers": ("Attestation", "County", "Exemption"),
    "metric": ("Completeness", "Metric", "Period"),
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
