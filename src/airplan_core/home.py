"""The home of a record: the module in whose body it is written."""

from __future__ import annotations

import sys


def home() -> str:
    """The name of the module that is being run: whose a rule or a clause is, wherever it is read.

    A record made while no module's body runs belongs to the program's main one.
    """
    frame = sys._getframe(1)
    while frame.f_code.co_name != "<module>" and frame.f_back is not None:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", ""))
