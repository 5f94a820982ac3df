"""The benchmarks compare like with like: both sides of each say the same, on small ledgers."""

from bench import emergency, fillings, fleet, ledger, outlets, voc


def test_the_rules_by_hand_are_the_rules_of_the_chapter():
    """A rule that is added or goes is told before anything is timed."""
    ours = {duty.id for duties in ledger.row_duties() for duty in duties}
    assert ours == set(ledger.by_hand())


def test_a_county_of_trips_by_hand_is_the_librarys():
    """Every count of the NO2 chapter, 3 % of the cells missing, written twice."""
    assert fleet.differences(fleet.ledgers(trips=20_000, vehicles=2_000)) == []


def test_outlets_by_hand_are_the_librarys():
    """Stable compliance and surges of every outlet and month, written twice."""
    assert outlets.same(outlets.ledgers(rows=20 * 17_544))
    assert voc.same(voc.ledgers(rows=20 * 17_544))


def test_fillings_by_hand_are_the_librarys():
    """Alarms of every nozzle and year, written twice."""
    assert fillings.same(fillings.ledgers(rows=20 * 17_544))


def test_the_peers_find_what_airplan_finds():
    """The twenty rules by hand, in polars, numpy and Python, count the outcomes airplan counts."""
    from bench.peers import numpy_by_hand, plain_python, polars_by_hand
    from bench.workload import expected, ledger

    for peer in (polars_by_hand, numpy_by_hand, plain_python):
        assert peer.run(peer.prepare(ledger(2_000))) == expected(2_000), peer.NAME


def test_the_sql_by_hand_finds_what_airplan_finds(duckdb_engine):
    """The hand-written query over DuckDB counts the same outcomes."""
    from bench.peers import sql_by_hand
    from bench.workload import expected, ledger

    duckdb_engine.put("works_by_hand", ledger(2_000))
    row = duckdb_engine.run(sql_by_hand.query("works_by_hand")).fetchone()
    assert sql_by_hand.read(row) == expected(2_000)


def test_trips_under_alerts_by_hand_are_the_librarys():
    """Counties with alerts one after the other, trips to the minute."""
    assert emergency.same(emergency.ledgers(rows=20_000, alerts=1_000))
