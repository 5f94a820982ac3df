"""Text as it can be shown: signs that a terminal obeys or hides are seen, and not obeyed."""

from __future__ import annotations

import re

#: What a terminal or a spreadsheet obeys, or hides, instead of showing it: control characters,
#: marks of direction, signs without width. A regular expression's class, in Python and in Rust.
UNSEEN = (
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f]"
)

#: The same and halves of a character, which only Python's texts can hold.
_UNSEEN = re.compile(f"{UNSEEN[:-1]}\ud800-\udfff]")


def visible(text: str, keep: str = "") -> str:
    """The text with every sign that is obeyed or hidden shown: ␛ for an escape, u+202e as such.

    `keep` has those that are left as they are, such as a page's line breaks.
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: found[0] if found[0] in keep else _shown(found[0]), text)


def _shown(sign: str) -> str:
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else ascii(sign)[1:-1]
