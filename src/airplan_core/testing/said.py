"""The numbers that a sentence says, each with the ways in which a condition may hold it.

Figures with 万/亿, Chinese numerals before a unit of counting, percentages, spans of time, dates
and parts of the year. A number is plain (6000万 is 60000000), a date ISO; 2024年 alone, as a target
year, is the year's last day; a date of each year is `--05-31`, `--05-末` where it ends the month; a
part of any year is `05-01..09-30`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import attrs

from airplan_core.quantities.units import plain


@attrs.frozen
class Saying:
    """A number of a sentence.

    Attributes:
        words: as it stands there.
        ways: what a condition may hold for it, the plainest first: 一年内 is 1 year or 12 months.
            An empty one says that it need hold nothing: 一周一调度.
    """

    words: str
    ways: tuple[frozenset[str], ...]


def saying(words: str, *ways: str, free: bool = False) -> Saying:
    """A number that is held in one of some ways; `free`, or in none."""
    every = [frozenset([way]) for way in dict.fromkeys(ways)]
    return Saying(words, (*every, *([frozenset[str]()] if free else [])))


_MULTIPLES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千": 10**3, "百": 100}
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_CN = "一二两三四五六七八九十百"

_NAME = re.compile(r"PM\s?2\.5|PM\s?10|〔\d+〕\d*号?|[“《][^”》]*[”》]|SO2|NO2|O3")
#: 5月至9月, 11月15日至次年3月15日.
_PART = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})(?:月(?:(?P<day>\d{1,2})日)?)?[至到\-—–~～]"
    r"(?:(?:20\d\d|次|翌)年)?(?P<to>\d{1,2})月(?:(?P<last>\d{1,2})日|底)?(?!前)"
)
_DATE = re.compile(
    r"(?P<each>每年|逐年|各年)"
    r"|(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[底末])前?"
    r"|(?:(?P<of_half>20\d\d)年)?(?P<half>[上下])半年"
    r"|(?:(?P<of_quarter>20\d\d)年)?第?(?P<quarter>[一二三四1-4])季度[末底]?"
    r"|(?P<since>20\d\d)[\-—–~～至到](?=20\d\d年)"
    r"|(?P<whole>20\d\d)年(?:年?底前?|之后|[，、至])?"
)
#: One in each, 一周一调度, and how often: 每周开展一次.
_ONE_EACH = re.compile(r"[一每][天日周月季年]度?一(?![二三四五六七八九十百])")
_ONCE_EACH = re.compile(
    r"(?<=[每一])(天|日|周|月|季度?|半年|年)(?P<does>[^，。；、]{0,10}?)(?:一|1)次"
)
_SHARE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<sign>[%‰％])|百分之(?P<cn>[" + _CN + "零]+)")
_FALLS = re.compile(r"(?:下降|降低|减少|压减|削减|减排|降幅)[^，。；、\d]{0,8}$")
_RISES = re.compile(r"(?:增长|提高|上升|增加|提升|升高|超额|超出|高出)[^，。；、\d]{0,8}$")
_SPAN = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|[{_CN}]+|半)(?P<unit>年|个月|周|个?小时|日|天|分钟)"
    r"(?=之?[内前后]|以[内前后上下]|及以)"
)
_TENTHS = re.compile(r"(?P<number>[一二两三四五六七八九])成(?=以|左|[，。；、的]|$)")
_FIGURE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<multiple>万亿|[百千万亿])?")
_CHINESE = re.compile(rf"(?P<numeral>[{_CN}]+)(?=个?工作日|[年个家项台次倍座条户起])")
_HALF = re.compile(r"一半|半数")
#: A day later, or of hours the next day's: 次日6时.
_NEXT = re.compile(r"次日|翌日|第二天")
#: What is held against the period before is of two periods: 上月, 环比.
_BEFORE = re.compile(r"上个?(?:年|月|周|季度|半年|期)|环比|逐[月周季]")


def sayings(text: str) -> Iterator[Saying]:
    """The numbers and dates that a sentence says, each once for each place."""
    found: list[Saying] = []

    def taken(words: re.Pattern[str], read: Callable[[re.Match[str]], list[Saying] | None]) -> None:
        """Take what matches out of the text, and note what it says; what it does not say stays."""
        nonlocal text

        def told(match: re.Match[str]) -> str:
            said = read(match)
            if said is None:
                return match[0]
            found.extend(said)
            return "□"

        text = words.sub(told, text)

    taken(_NAME, lambda match: [])
    taken(_PART, _part)
    taken(_DATE, _Dates())
    taken(_ONE_EACH, lambda match: [saying(match[0], "1", free=True)])
    taken(_ONCE_EACH, lambda match: [saying(match[0], "1", free=True), *sayings(match["does"])])
    taken(_SHARE, lambda match: [_share(match, text)])
    taken(_SPAN, lambda match: [_span(match)])
    taken(_TENTHS, lambda match: [saying(match[0], str(10 * _NUMERALS[match["number"]]))])
    taken(_HALF, lambda match: [saying(match[0], "50", "0.5")])
    taken(_NEXT, lambda match: [saying(match[0], "1", free=True)])
    taken(_BEFORE, lambda match: [saying(match[0], "2", free=True)])
    taken(_FIGURE, lambda match: [saying(match[0], _figure(match))])
    taken(_CHINESE, lambda match: [saying(match[0], str(_numeral(match["numeral"])))])
    yield from found


def _figure(match: re.Match[str]) -> str:
    return plain(Decimal(match["number"]) * _MULTIPLES[match["multiple"] or ""])


def _numeral(text: str) -> int:
    hundreds, _, rest = text.rpartition("百")
    tens, _, ones = rest.rpartition("十")
    found = (_NUMERALS[hundreds] if hundreds else 1) * 100 if "百" in text else 0
    found += (_NUMERALS.get(tens, 1) if tens != "零" else 0) * 10 if "十" in rest else 0
    ones = ones.lstrip("零")
    return found + (_NUMERALS[ones] if ones else 0)


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def part_of_year(begins: int, first: int, ends: int, last: int) -> str:
    """What a part of any year is written as, from a month's day to another's."""
    return f"{begins:02}-{first:02}..{ends:02}-{last:02}"


def _part(match: re.Match[str]) -> list[Saying] | None:
    """A part of a year: any year's, or that of one; or two months."""
    begins, ends = int(match["month"]), int(match["to"])
    if not (1 <= begins <= 12 and 1 <= ends <= 12):
        return None
    first = int(match["day"] or 1)
    last = int(match["last"] or calendar.monthrange(2024, ends)[1])
    one = saying(match[0], part_of_year(begins, first, ends, last))
    if not match["year"]:
        return [one]
    year = int(match["year"])
    return [attrs.evolve(one, ways=(*one.ways, frozenset([dt.date(year, ends, last).isoformat()])))]


#: The months with which halves and quarters of a year end.
_ENDS = {
    "上": 6, "下": 12, "一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12,
}  # fmt: skip


class _Dates:
    """The dates of a sentence in their order: a month is of the year that was named before it."""

    def __init__(self) -> None:
        self.year: int | None = None

    def __call__(self, match: re.Match[str]) -> list[Saying] | None:
        if match["each"]:
            self.year = None
            return [saying(match[0], "--12-末", free=True)]
        if match["since"] or match["whole"]:
            self.year = int(match["since"] or match["whole"])
            return [saying(match[0], f"{self.year}-12-31")]
        named = match["year"] or match["of_half"] or match["of_quarter"]
        self.year = int(named) if named else self.year
        if match["month"] is None:
            if self.year is None:
                return None
            month = _ENDS[match["half"] or match["quarter"]]
            return [saying(match[0], _last(self.year, month).isoformat())]
        month, day = int(match["month"]), match["day"]
        if not 1 <= month <= 12:
            return None
        if self.year is None:
            return [saying(match[0], f"--{month:02}-{int(day):02}" if day else f"--{month:02}-末")]
        found = dt.date(self.year, month, int(day)) if day else _last(self.year, month)
        return [saying(match[0], found.isoformat())]


def _share(match: re.Match[str], text: str) -> Saying:
    """A percentage, or what is left by a fall of so much, or has become by a rise."""
    number = Decimal(_numeral(match["cn"])) if match["cn"] else Decimal(match["number"])
    part = number / (1000 if match["sign"] == "‰" else 100)
    # a condition holds what is in thousandths as the percentage that it is
    ways = [100 * part, part]
    before = text[: match.start()]
    ways += [1 - part] if _FALLS.search(before) else [1 + part] if _RISES.search(before) else []
    return saying(match[0], *map(plain, ways))


#: What a unit of time is of smaller ones.
_SMALLER = {"年": 12, "周": 7, "小时": 60, "个月": 30}


def _span(match: re.Match[str]) -> Saying:
    """A span of time, in its own unit or, exactly, in smaller ones: 半年内 is of 6 months."""
    written, unit = match["number"], match["unit"].removeprefix("个").replace("月", "个月")
    half = written == "半"
    number = Decimal("0.5") if half else _count(written)
    smaller = [number * _SMALLER[unit]] if unit in _SMALLER and (half or unit != "个月") else []
    return saying(match[0], *map(plain, [*smaller] if half else [number, *smaller]))


def _count(written: str) -> Decimal:
    return Decimal(written) if written[0].isdigit() else Decimal(_numeral(written))
