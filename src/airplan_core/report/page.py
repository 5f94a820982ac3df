"""A page of text, on which brackets and colons in an id or a sentence are text."""

from __future__ import annotations

import io

from rich.console import Console


def new_page(width: int, *, color: bool) -> Console:
    """An empty page of so many columns; in colour where a terminal shows it."""
    return Console(
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
