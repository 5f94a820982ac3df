"""A page of text, on which brackets and colons in an id or a sentence are text."""

from __future__ import annotations

import io
import os
import shutil
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from airplan_core.visible import visible

#: The columns of a page that nobody watches, and the least and most of one that is shown.
WIDTH, NARROW, WIDE = 140, 40, 1000


class _Page(Console):
    """A page that shows the signs a terminal would obey, wherever a text has them."""

    def render_str(self, text: str, **how: Any) -> Text:
        return super().render_str(visible(text, keep="\n"), **how)


def new_page(width: int, *, color: bool) -> Console:
    """An empty page of so many columns; in colour where a terminal shows it."""
    return _Page(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
    )


def text_of(page: Console) -> str:
    """What was printed on a page."""
    text: str = page.file.getvalue()  # type: ignore[attr-defined]
    return text


def coloured(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that shows colours, and its user wants them (`NO_COLOR`)."""
    return (
        stream is not None
        and stream.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def columns(stream: TextIO | None) -> int:
    """How wide a page on a stream is: as `COLUMNS` or its terminal says."""
    written = os.environ.get("COLUMNS", "")
    if stream is None or not (stream.isatty() or written.isdecimal()):
        return WIDTH
    found = shutil.get_terminal_size((WIDTH, 40)).columns
    return min(max(found, NARROW), WIDE)
