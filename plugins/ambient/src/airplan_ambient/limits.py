"""A concentration held against a limit, under every reading of dust and of precision."""

from collections.abc import Mapping

from airplan_ambient.interpretations import DUST, MEAN_PRECISION
from airplan_core import Condition, Metric


def mean_at_most(mean: Metric, without_dust: Metric, limits: Mapping[str | int, str]) -> Condition:
    """The period's mean stays within its limits, one for each year.

    Args:
        mean: of all days.
        without_dust: of the hours and days outside dust events.
        limits: year or due date → limit.
    """

    def held(metric: Metric) -> Condition:
        return MEAN_PRECISION.choose(
            tenth=metric.rounded(1).at_most(limits),
            whole=metric.rounded(0).at_most(limits),
            unrounded=metric.at_most(limits),
        )

    return DUST.choose(removed=held(without_dust), kept=held(mean))
