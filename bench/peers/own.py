"""An environment of its own for a participant that cannot share airplan's, made once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def interpreter(name: str, *packages: str) -> Path:
    """The Python of `build/<name>`, in which the packages are installed."""
    folder = ROOT / "build" / name
    python, done = folder / "bin" / "python", folder / "installed"
    wanted = "\n".join(packages)
    if done.exists() and done.read_text("utf-8") == wanted:
        return python
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", str(folder)], [*pip, *packages]):
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(f"{name} cannot be installed here:\n{made.stderr[-2000:]}")
    done.write_text(wanted, "utf-8")
    return python


def answer(python: Path, module: str, *arguments: str) -> Any:
    """What the module, run as a script by that Python, prints as JSON."""
    command = [str(python), "-m", module, *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if ran.returncode:
        raise RuntimeError(f"{module} failed in its own environment:\n{ran.stderr[-2000:]}")
    return json.loads(ran.stdout)


def version(python: Path, package: str) -> str:
    """The version of a package that is installed there."""
    code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
    command = [str(python), "-c", code, package]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
