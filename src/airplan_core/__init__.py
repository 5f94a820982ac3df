"""airplan: executable environmental plans. Ledgers in, verdicts out, sentence by sentence.

The names below are the whole public surface; what is heavy is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from airplan_core.assessment import Assessment, assess
    from airplan_core.clause import Clause, Plan, Strength, Task
    from airplan_core.config import Config, read_config
    from airplan_core.duty import Duty, duties
    from airplan_core.entities import (
        Counted,
        Entity,
        Event,
        Flag,
        Measured,
        Ranked,
        Reference,
        Stated,
        Text,
        counted,
        event,
        flag,
        ledger_of,
        measured,
        ranked,
        reference,
        stated,
        text,
    )
    from airplan_core.errors import (
        AirplanError,
        ConfigError,
        FactsError,
        PluginError,
        Problem,
        RulebookError,
        RuleError,
        UnitError,
    )
    from airplan_core.explain import Explanation
    from airplan_core.expr import NEVER, Interpretation
    from airplan_core.facts import Facts
    from airplan_core.hookspecs import hookimpl
    from airplan_core.ledgers import Attestation, County, Exemption
    from airplan_core.metric import Completeness, Metric, Period
    from airplan_core.plugins import contribution
    from airplan_core.reading import read_facts
    from airplan_core.rule import Exempt, Rule, attestation, by, during, yearly
    from airplan_core.rulebook import Rulebook, build_rulebook, load_rulebook
    from airplan_core.service import Verdict, Verdicts, check
    from airplan_core.units import Quantity
    from airplan_core.verdict import Outcome

_HOMES = {
    "assessment": ("Assessment", "assess"),
    "clause": ("Clause", "Plan", "Strength", "Task"),
    "config": ("Config", "read_config"),
    "duty": ("Duty", "duties"),
    "entities": (
        "Counted", "Entity", "Event", "Flag", "Measured", "Ranked", "Reference", "Stated", "Text",
        "counted", "event", "flag", "ledger_of", "measured", "ranked", "reference", "stated",
        "text",
    ),
    "errors": (
        "AirplanError", "ConfigError", "FactsError", "PluginError", "Problem", "RuleError",
        "RulebookError", "UnitError",
    ),
    "explain": ("Explanation",),
    "expr": ("NEVER", "Interpretation"),
    "facts": ("Facts",),
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
