"""The workload of `bench.workload` as others express it: one module for each participant."""

from __future__ import annotations

#: The participants that share airplan's environment; `OWN` are measured in one of their own.
PEERS: tuple[str, ...] = (
    "polars_by_hand",
    "numpy_by_hand",
    "plain_python",
    "zen",
    "businessrules",
    "pandera_polars",
    "jsonlogic",
    "attrs_pint",
)
OWN: tuple[str, ...] = ("ruleengine", "openfisca")
