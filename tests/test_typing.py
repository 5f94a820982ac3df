"""Types hold both ways: on the class a field is an expression, on a row a value."""

import subprocess
import sys
from pathlib import Path


def test_types_check_strictly():
    """What tests/typed.py asserts is what mypy infers, and each of its mistakes is one."""
    path = Path(__file__).with_name("typed.py")
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=path.parents[1],
    )
    assert found.returncode == 0, found.stdout
