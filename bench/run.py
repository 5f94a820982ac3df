"""Run every benchmark and print its table: `python -m bench.run`."""

from __future__ import annotations

import platform

import polars as pl

from bench import air, fleet, ledger, service, startup


def main() -> None:
    """Print the machine and every table."""
    print(f"Python {platform.python_version()}, polars {pl.__version__}, {platform.machine()}\n")
    for bench in (air, ledger, fleet, service, startup):
        print(bench.run(), flush=True)
        print()


if __name__ == "__main__":
    main()
