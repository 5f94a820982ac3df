"""Whether every participant finds what airplan finds: `python -m bench.peers.check`."""

from __future__ import annotations

import importlib
import sys
import time

from bench.peers import OWN, PEERS
from bench.workload import expected, ledger

ROWS = 1_000


def main(names: tuple[str, ...] = (*PEERS, *OWN)) -> None:
    rows, right = ledger(ROWS), expected(ROWS)
    for name in names:
        peer = importlib.import_module(f"bench.peers.{name}")
        if name in OWN:
            (seconds,), found = peer.measure(rows, 1)
        else:
            prepared = peer.prepare(rows)
            start = time.perf_counter()
            found = peer.run(prepared)
            seconds = time.perf_counter() - start
        wrong = [rule for rule, counts in right.items() if found[rule] != counts]
        assert found == right, f"{peer.NAME} differs in {wrong}"
        if hasattr(peer, "one"):
            peer.one(rows.row(0, named=True))()
        print(f"{peer.NAME:<24} equal at {ROWS:,} rows, {seconds / ROWS * 1e6:10.2f} µs per row")


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or (*PEERS, *OWN))
