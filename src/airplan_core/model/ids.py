"""One thing has one id, however it is typed: full-width, with spaces, with any of the dashes.

ＹＨ－０１, YH - 01 and YH—01 are YH-01, in the ledger that has the row and in all that refer to it.
"""

from __future__ import annotations

import re
import unicodedata

#: Full-width letters, digits and signs are the half-width ones; only brackets stay as Chinese
#: names have them: 宏达钢铁（一分厂）.
_WIDTHS = {chr(0xFF01 + n): chr(0x21 + n) for n in range(0x5E)} | {
    "(": "（", ")": "）", "（": "（", "）": "）"
}  # fmt: skip

_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")

#: Spaces of any width, and what has none: it is typed by nobody, and comes with copied text.
_NOTHING = dict.fromkeys(
    [
        *map(chr, range(0x21)), "\x7f", "\u0085", "\u00a0", "\u00ad", "\u1680",
        *map(chr, range(0x2000, 0x2010)), "\u2028", "\u2029", *map(chr, range(0x202A, 0x2030)),
        "\u205f", *map(chr, range(0x2060, 0x2070)), "\u3000", "\ufeff",
    ],
    "",
)  # fmt: skip

#: What each character of an id is read as, where that is another one or none.
FOLDS: dict[str, str] = {
    one: other for one, other in (_WIDTHS | _DASHES | _NOTHING).items() if one != other
}

_TABLE = str.maketrans(FOLDS)
_FLOAT = re.compile(r"([0-9]+)\.0")

#: A number as a spreadsheet shows a long one: its last digits are lost.
SPOILED = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]{1,3}$"

#: What `folded` may change, or what may be no id: a spoiled number, a formula or its error.
ODD = r"[^!-'*-~\p{Han}（）、]|^=|^#[A-Z#]|^[0-9.]+[eE]\+|^[0-9]+\.0$"

_SPOILED = re.compile(SPOILED)


def folded(id: str) -> str:
    """The id that a text means: `豫Ｈ 12345` is `豫H12345`, and `1.0`, a number, is `1`."""
    text = unicodedata.normalize("NFC", id.translate(_TABLE))
    number = _FLOAT.fullmatch(text)
    return number[1] if number else text


def is_spoiled(id: str) -> bool:
    """Whether a spreadsheet has made a long number of an id, and lost its last digits."""
    return _SPOILED.match(id) is not None
