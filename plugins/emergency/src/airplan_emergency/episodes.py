"""What an hour is under, and how notices change it: issued, up, down, put off, lifted.

An episode is its levels in order, each until the next begins. Nothing here is looked up, and
nothing is kept: each function takes what was so far, and returns what is then so.
"""

import datetime as dt

import attrs

from airplan_emergency.alerts import CONTROL, LEVELS, NONE

#: The hour at which what is still in force ends: none that was announced.
OPEN = dt.datetime(9999, 12, 31)
_DEGREES = (CONTROL, *LEVELS)


class NoticeError(ValueError):
    """A notice that does not fit what is in force."""


@attrs.frozen
class Level:
    """A level of alert, or control, from one hour to another, at which it is no more in force.

    `planned` is when its end was announced for; by itself that ends nothing.
    """

    level: str
    begins: dt.datetime
    ends: dt.datetime = OPEN
    planned: dt.datetime | None = None

    def covers(self, time: dt.datetime) -> bool:
        """Whether it is in force."""
        return self.begins <= time < self.ends


#: The levels of a place so far, in order; no two of them at one time.
Levels = tuple[Level, ...]


def state(levels: Levels, time: dt.datetime) -> str:
    """What a place is under at a time: one of `STATES`, and one only."""
    found = [one.level for one in levels if one.covers(time)]
    if len(found) > 1:
        raise NoticeError(f"{'、'.join(found)}：同一时间有两个级别")
    return found[0] if found else NONE


def issue(
    levels: Levels, level: str, at: dt.datetime, planned: dt.datetime | None = None
) -> Levels:
    """Control, or an alert of whatever level, begins where there was none.

    Raises:
        NoticeError: there is one already; the level is none; it is no full hour, or out of order.
    """
    _in_order(levels, at)
    if levels and levels[-1].ends > at:
        raise NoticeError(f"{at:%Y-%m-%d %H:%M}已有{levels[-1].level}；要改级别的，用升级或降级")
    return (*levels, _level(level, at, planned))


def change(
    levels: Levels, level: str, at: dt.datetime, planned: dt.datetime | None = None
) -> Levels:
    """Another level takes the place of the one in force: up or down, and over one if need be.

    Raises:
        NoticeError: none is in force, or the same one is.
    """
    _in_order(levels, at)
    *before, now = _in_force(levels, at)
    new = _level(level, at, planned)
    if now.level == level:
        raise NoticeError(f"{at:%Y-%m-%d %H:%M}已是{level}；要延长的，用延长")
    # what is changed in the hour that it began was never in force
    return (*before, new) if now.begins == at else (*before, attrs.evolve(now, ends=at), new)


def extend(levels: Levels, until: dt.datetime | None) -> Levels:
    """The planned end of the level in force is put off, or brought forward, or left open.

    Raises:
        NoticeError: none is in force, or it would end before it begins.
    """
    _hour(until)
    *before, now = _in_force(levels, None)
    if until is not None and until <= now.begins:
        raise NoticeError(f"计划解除时间{until:%Y-%m-%d %H:%M}不晚于启动时间")
    return (*before, attrs.evolve(now, planned=until))


def lift(levels: Levels, at: dt.datetime) -> Levels:
    """The level in force is lifted: from then on there is none.

    Raises:
        NoticeError: none is in force.
    """
    _in_order(levels, at)
    *before, now = _in_force(levels, at)
    return tuple(before) if now.begins == at else (*before, attrs.evolve(now, ends=at))


def episodes(levels: Levels) -> tuple[Levels, ...]:
    """The levels by episodes: between two of them lies an hour, or more, under none."""
    found: list[Levels] = []
    for one in sorted(levels, key=lambda level: level.begins):
        if found and found[-1][-1].ends >= one.begins:
            found[-1] = (*found[-1], one)
        else:
            found.append((one,))
    return tuple(found)


def _in_force(levels: Levels, at: dt.datetime | None) -> Levels:
    if not levels or levels[-1].ends != OPEN:
        when = "" if at is None else f"{at:%Y-%m-%d %H:%M}"
        raise NoticeError(f"{when}没有生效的预警或管控")
    return levels


def _in_order(levels: Levels, at: dt.datetime) -> None:
    _hour(at)
    if levels and at < (levels[-1].begins if levels[-1].ends == OPEN else levels[-1].ends):
        raise NoticeError(f"{at:%Y-%m-%d %H:%M}早于前一次通知")


def _level(level: str, at: dt.datetime, planned: dt.datetime | None) -> Level:
    _hour(planned)
    if level not in _DEGREES:
        raise NoticeError(f"没有“{level}”这一级；应为{'、'.join(_DEGREES)}之一")
    return Level(level, at, planned=planned)


def _hour(at: dt.datetime | None) -> None:
    if at is not None and (at.minute, at.second, at.microsecond) != (0, 0, 0):
        raise NoticeError(f"{at:%Y-%m-%d %H:%M}不是整点")
