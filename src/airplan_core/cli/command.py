"""The command `airplan`: it parses, calls the library, prints, and turns errors into one line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from airplan_core.cli.parser import parser
from airplan_core.cli.verbs import BAD_INPUT, CLEAN


def run() -> int:
    """The command as a process of its own: `main`, with what a short process can do without."""
    # nearly all that it makes lives until its end: looking for garbage finds none, then or before
    gc.set_threshold(1_000_000, 20, 100)
    code = main()
    gc.freeze()
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 clean, 1 something falls short, 2 bad input."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
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
        print(f"airplan: {error.filename}: {error.strerror}", file=sys.stderr)
        return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
