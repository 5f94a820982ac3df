"""An outlook drawn: running means against their limits, and a calendar of days in their colours.

Needs `airplan[charts]`. An SVG keeps its text as text; a PNG needs a font that has the words.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import warnings
from collections.abc import Sequence
from typing import Any

from airplan_core.assessment.assessment import Assessment
from airplan_core.assessment.outlook import Outlook, banded_days, running_means
from airplan_core.errors import AirplanError, Said
from airplan_core.readers.numbers import number
from airplan_core.readers.words import word
from airplan_core.report.outlook import must

#: Fonts with Chinese characters, as systems have them.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "SimHei",
    "Droid Sans Fallback", "AR PL UMing CN", "Noto Sans CJK JP",
)  # fmt: skip

_LATE, _GRID, _TO_COME, _NO_VALUE = "#c0392b", "#d5d8dc", "#ffffff", "#bdbdbd"
_EARLIER = ("#7f8c8d", "#aab2b5", "#c8cdd0", "#dfe3e4")


def chart(
    assessment: Assessment, outlooks: Sequence[Outlook], format: str, lang: str = "zh"
) -> tuple[bytes, tuple[Said, ...]]:
    """The chart of an outlook, and what is to be said beside it.

    Args:
        assessment: what the outlooks are of.
        outlooks: the means among them get a panel each; days with colours, a calendar.
        format: `svg` or `png`.
        lang: `zh` or `en`; a PNG falls back to English where no font has Chinese.

    Raises:
        AirplanError: matplotlib is not installed, or there is nothing to draw.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise AirplanError(
            "charts need matplotlib; install it with: pip install 'airplan[charts]'",
            "画图需要 matplotlib；安装：pip install 'airplan[charts]'",
        ) from None
    notes: list[Said] = []
    fonts = _fonts()
    if format == "png" and not fonts and lang == "zh":
        lang = "en"
        notes.append(
            Said(
                "本机没有中文字体，PNG 中用英文；安装一种（Debian：fonts-noto-cjk），或改写 SVG",
                "no font on this machine has Chinese characters, so the PNG is labelled in "
                "English; install one (Debian: fonts-noto-cjk), or write an SVG",
            )
        )
    means = [one for one in outlooks if one.kind == "mean" and one.value is not None]
    days = banded_days(assessment, tuple(outlooks))
    if not means and days is None:
        raise AirplanError(
            "no target with a running period has daily values: nothing to draw",
            "没有哪项进行中的目标有日值，没有可画的",
        )
    settings: Any = {
        "font.family": "sans-serif",
        # an SVG's reader has fonts of its own
        "font.sans-serif": [*fonts, "DejaVu Sans", *(CHINESE_FONTS if format == "svg" else ())],
        "svg.fonttype": "none",
        "svg.hashsalt": "airplan",
        "axes.unicode_minus": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # an SVG's text is measured with whatever font is here, and shown with the reader's
        warnings.filterwarnings("ignore", message=".*(Glyph|findfont|Font).*")
        heights = [2.6] * len(means) + ([3.4] if days is not None else [])
        figure = Figure(figsize=(10, sum(heights) + 0.8), layout="constrained")
        panels = figure.subplots(
            len(heights), 1, squeeze=False, gridspec_kw={"height_ratios": heights}
        )[:, 0]
        plan = assessment.rulebook.plan
        county = plan.county if lang == "zh" or fonts or format == "svg" else ""
        figure.suptitle(f"{county} {word('outlook', lang)} · {assessment.as_of}".strip())
        for one, panel in zip(means, panels, strict=False):
            _mean(panel, assessment, one, lang)
        if days is not None:
            _calendar(panels[-1], days, assessment.as_of, lang)
        out = io.BytesIO()
        figure.savefig(
            out, format=format, dpi=144, metadata={"Date": None} if format == "svg" else None
        )
    return out.getvalue(), tuple(notes)


def _fonts() -> list[str]:
    """The Chinese fonts that are installed."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in CHINESE_FONTS if name in known]


def _mean(panel: Any, assessment: Assessment, one: Outlook, lang: str) -> None:
    """The running mean of the year and of earlier ones, the limit, and what still meets it."""
    period = one.metric.period
    assert period is not None
    assert one.value is not None
    means = running_means(assessment, one)
    for place, year in enumerate(reversed(one.earlier[: len(_EARLIER)])):
        shifted = [
            (_this_year(day, period.begins.year), mean) for day, mean in means.get(year.year, [])
        ]
        if shifted:
            panel.plot(
                *zip(*shifted, strict=True), color=_EARLIER[place], lw=1, label=str(year.year)
            )
    mine = means[period.begins.year]
    panel.plot(
        *zip(*mine, strict=True), color="#1f4e79", lw=2,
        label=f"{period.begins.year} {word('running_mean', lang)}",
    )  # fmt: skip
    limit = float(one.limit)
    text = word("limit_line", lang, f"{number(one.limit, 1)} {one.metric.measure}")
    panel.axhline(limit, color=_LATE, ls="--", lw=1.2, label=text)
    if one.left and one.needed is not None and one.needed >= 0:
        now, value, known = assessment.as_of, float(one.value), one.known
        ahead = [now + dt.timedelta(days=n) for n in range(one.left + 1)]

        def path(rest: float) -> list[float]:
            return [(value * known + rest * n) / (known + n) for n in range(one.left + 1)]

        panel.fill_between(
            ahead, path(0.0), path(float(one.needed)), color="#2e7d32", alpha=0.15, lw=0,
            label=f"{word('band', lang)}: {must(one, lang)}",
        )  # fmt: skip
    panel.set_xlim(period.begins, period.ends)
    top = max([limit * 1.6, *(mean for _, mean in mine[14:])])
    panel.set_ylim(0, top * 1.05)
    panel.set_title(f"{one.metric.label(lang)} ({one.metric.measure})", loc="left", fontsize=10)
    panel.grid(color=_GRID, lw=0.5)
    panel.legend(fontsize=7, ncols=2, loc="lower left", frameon=False)
    panel.tick_params(labelsize=8)


def _this_year(day: dt.date, year: int) -> dt.date:
    last = calendar.monthrange(year, day.month)[1]
    return day.replace(year=year, day=min(day.day, last))


def _calendar(panel: Any, days: Any, as_of: dt.date, lang: str) -> None:
    """A row for each month, a square for each day, in the colour its value is given."""
    from matplotlib.patches import Patch, Rectangle

    field, _, period, values = days
    counts: dict[str, int] = {}
    colours: dict[str, str] = {}

    def of(day: dt.date) -> tuple[str, str]:
        if day > as_of:
            return word("to_come", lang), _TO_COME
        value = values.get(day)
        if value is None:
            return word("no_value", lang), _NO_VALUE
        band = next((one for one in field.bands if value <= float(one.up_to)), field.bands[-1])
        return (band.zh if lang == "zh" else band.en), band.colour

    for year, month, length in period.months():
        del year
        for number_ in range(1, length + 1):
            day = dt.date(period.begins.year, month, number_)
            name, colour = of(day)
            counts[name] = counts.get(name, 0) + 1
            colours[name] = colour
            panel.add_patch(
                Rectangle((number_ - 0.46, month - 0.42), 0.92, 0.84, facecolor=colour,
                          edgecolor=_GRID, lw=0.4)
            )  # fmt: skip
    panel.set_xlim(0.3, 31.7)
    panel.set_ylim(12.6, 0.4)
    panel.set_xticks([1, 5, 10, 15, 20, 25, 31])
    names = [f"{m}月" if lang == "zh" else calendar.month_abbr[m] for m in range(1, 13)]
    panel.set_yticks(range(1, 13), names)
    panel.tick_params(labelsize=8, length=0)
    for side in panel.spines.values():
        side.set_visible(False)
    title = word("calendar", lang, field.label(lang), period.name)
    panel.set_title(title, loc="left", fontsize=10)
    order = [*(band.zh if lang == "zh" else band.en for band in field.bands),
             word("no_value", lang), word("to_come", lang)]  # fmt: skip
    patches = [
        Patch(facecolor=colours[name], edgecolor=_GRID, label=f"{name} {counts[name]}")
        for name in order
        if name in counts
    ]
    panel.legend(
        handles=patches, fontsize=7, ncols=len(patches), frameon=False, loc="upper left",
        bbox_to_anchor=(0, -0.06),
    )  # fmt: skip
