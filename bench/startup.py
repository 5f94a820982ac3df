"""How fast the command starts: `airplan --help` against importing attrs and pluggy alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.timing import medians, report


def run() -> str:
    """Measure whole processes."""
    airplan = Path(sys.executable).with_name("airplan")
    commands = {
        'python -c "import attrs, pluggy"': [sys.executable, "-c", "import attrs, pluggy"],
        "airplan --help": [str(airplan), "--help"],
    }

    def process(command: list[str]) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    found = medians(
        {name: lambda command=c: process(command) for name, c in commands.items()}, rounds=15
    )
    return report("Start-up", found, 'python -c "import attrs, pluggy"', 2, 1e-3)
