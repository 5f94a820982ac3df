"""How hard the property tests try: bounded by default, `HYPOTHESIS_PROFILE=deep` by hand."""

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("bounded", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


def pytest_collection_finish() -> None:
    """What the tests are made of stays: the collector need not look through it time and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items) -> None:
    """One worker has a module's tests, and one all those that need Spark: it is started once."""
    for item in items:
        given = getattr(getattr(item, "callspec", None), "params", {}).values()
        named = [one for one in given if isinstance(one, str)]
        spark = "spark" in named or "spark_engine" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("spark" if spark else item.nodeid.split("::")[0]))
