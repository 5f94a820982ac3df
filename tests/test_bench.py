"""The benchmarks compare like with like: both sides of each say the same, on small ledgers."""

from bench import fleet, ledger


def test_the_rules_by_hand_are_the_rules_of_the_chapter():
    """A rule that is added or goes is told before anything is timed."""
    ours = {duty.id for duties in ledger.row_duties() for duty in duties}
    assert ours == set(ledger.by_hand())


def test_a_county_of_trips_by_hand_is_the_librarys():
    """Every count of the NO2 chapter, 3 % of the cells missing, written twice."""
    assert fleet.differences(fleet.ledgers(trips=20_000, vehicles=2_000)) == []
