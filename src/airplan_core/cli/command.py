"""The command `airplan`: it parses, calls the library, prints, and turns errors into one line."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence

from airplan_core.cli.output import silence, tell, tell_error
from airplan_core.cli.parser import lang_of, parser, verb_of
from airplan_core.cli.verbs import BAD_INPUT, FAULT, INTERRUPTED, VERBS


def run() -> int:
    """The command as a process of its own: `main`, with what a short process can do without."""
    _hold_streams()
    # what is half-written is taken away when the process is asked to end, too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # nearly all that it makes lives until its end: looking for garbage finds none, then or before
    gc.set_threshold(1_000_000, 20, 100)
    code = main()
    gc.freeze()
    return code


def _hold_streams() -> None:
    """See that no file that is opened takes the place of a standard stream that is closed."""
    for stream in range(3):
        try:
            os.fstat(stream)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 clean, 1 something falls short, 2 bad input, 3 a fault, 130.

    130 says that it was interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lang = lang_of(sys.argv[1:] if argv is None else argv)
    try:
        return _run(argv, lang)
    except SystemExit:
        raise
    except KeyboardInterrupt:
        tell(
            {"zh": "已中断；没有写到一半的文件", "en": "interrupted; no file is half-written"}[lang]
        )
        return INTERRUPTED
    except BaseException as error:  # what Rust calls a panic is no Exception
        return _fault(error, lang)


def _run(argv: Sequence[str] | None, lang: str) -> int:
    """The command, with the errors that a user can mend turned into lines."""
    try:
        arguments = _parser(sys.argv[1:] if argv is None else argv, lang).parse_args(argv)
    finally:
        _flush()  # --help and --version print by themselves
    from airplan_core.errors import AirplanError

    try:
        code: int = arguments.run(arguments)
        return code
    except (AirplanError, OSError) as error:
        tell_error(error, arguments.lang, every=getattr(arguments, "all", False))
        return BAD_INPUT


def _parser(words: Sequence[str], lang: str) -> argparse.ArgumentParser:
    """The parser of a command line; no plugin is loaded for a verb of the command's own."""
    verb = verb_of(words)
    if verb in VERBS:
        return parser(lang)
    from airplan_core.cli.ask import commands_named, commands_of_plugins

    if verb is None:
        return parser(lang, named=commands_named())
    from airplan_core.errors import AirplanError

    try:
        return parser(lang, commands_of_plugins(verb))
    except AirplanError as error:
        tell_error(error, lang)
        raise SystemExit(BAD_INPUT) from None


def _flush() -> None:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            silence(sys.stdout)


def _fault(error: BaseException, lang: str) -> int:
    """Tell of an error that nobody's ledgers are to blame for: where it is, and what to do."""
    import traceback

    from airplan_core.visible import visible

    trace = "".join(traceback.format_exception(error))
    with contextlib.suppress(OSError, AttributeError):  # without an error stream nobody is told
        sys.stderr.write(visible(trace, keep="\n"))
    what = f"{type(error).__name__}: {error}"
    lines = {
        "zh": (
            f"这是 airplan 或插件自身的错误，不是台账的错误：{what}",
            "对本县没有任何结论；此前显示或写出的内容不要使用",
            "请把以上各行、所用命令和 airplan --version 的结果交给维护 airplan 的人",
        ),
        "en": (
            f"this is a fault of airplan or of a plugin: {what}",
            "nothing is said of the county; do not use what was printed or written before",
            "give the lines above, the command and what airplan --version says to whoever looks "
            "after airplan",
        ),
    }
    for line in lines[lang]:
        tell(line)
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
