"""The command `airplan`: it parses, calls the library, prints, and turns errors into one line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from airplan_core.cli.parser import parser
from airplan_core.cli.verbs import BAD_INPUT, CLEAN, FAULT


def run() -> int:
    """The command as a process of its own: `main`, with what a short process can do without."""
    # nearly all that it makes lives until its end: looking for garbage finds none, then or before
    gc.set_threshold(1_000_000, 20, 100)
    code = main()
    gc.freeze()
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 clean, 1 something falls short, 2 bad input, 70 a fault."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        return _run(argv)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # what Rust calls a panic is no Exception
        return _fault(error)


def _run(argv: Sequence[str] | None) -> int:
    """The command, with the errors that a user can mend turned into lines."""
    arguments = parser().parse_args(argv)
    from airplan_core.errors import AirplanError

    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except AirplanError as error:
        for line in str(error).splitlines():
            print(f"airplan: {line}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # the reader has seen enough; what is buffered has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        place = "" if error.filename is None else f"{error.filename}: "
        print(f"airplan: {place}{error.strerror or error}", file=sys.stderr)
        return BAD_INPUT


def _fault(error: BaseException) -> int:
    """Tell of an error that nobody's ledgers are to blame for: where it is, and what to do."""
    import traceback

    traceback.print_exception(error)
    for line in (
        f"this is a fault of airplan or of a plugin: {type(error).__name__}: {error}",
        "nothing is said of the county; do not use what was printed or written before",
        "give the lines above and the command to whoever looks after airplan; --version says which",
    ):
        print(f"airplan: {line}", file=sys.stderr)
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
