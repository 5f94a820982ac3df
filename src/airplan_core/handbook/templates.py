"""Empty ledgers to fill in: headed with labels and units, with lists to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from airplan_core.errors import AirplanError, nearest
from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import Entity, Ledger, Reference, ledger_of
from airplan_core.model.fields import Counted, Flag, Measured, Stated
from airplan_core.report.sheets import MARK
from airplan_core.report.writing import write_bytes, write_text

#: As many rows below the header get their drop-downs.
ROWS = 5000


def write_templates(
    folder: str | Path,
    entities: Iterable[type[Entity]],
    format: str = "xlsx",
    only: Sequence[str] | None = None,
    lang: str = "zh",
) -> list[Path]:
    """Write an empty ledger for each entity, and return the files' paths.

    Args:
        folder: made if need be; a file that is there already is never written over.
        entities: the ledgers.
        format: `csv` (UTF-8 with its mark) or `xlsx` (with drop-downs and a page of explanations).
        only: the names of the ledgers wanted; all of them if not given.
        lang: `zh` heads columns with Chinese labels, `en` with field names.

    Raises:
        AirplanError: a name is unknown (the nearest is named), or a file exists.
    """
    ledgers = {ledger_of(entity).name: ledger_of(entity) for entity in entities}
    for name in only or ():
        if name not in ledgers:
            near = nearest(name, ledgers)
            raise AirplanError(
                f"no ledger is called {name!r}; {near}", f"没有台账叫“{name}”；{near.zh}"
            )
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    chosen = [ledgers[name] for name in only] if only else list(ledgers.values())
    paths = [target / f"{ledger.name}.{format}" for ledger in chosen]
    for path in paths:
        if path.exists():
            raise AirplanError(
                f"{path} exists already; move it, or write to another folder",
                f"{path} 已经存在；移走它，或写到别的文件夹",
            )
    for ledger, path in zip(chosen, paths, strict=True):
        (_write_csv if format == "csv" else _write_xlsx)(ledger, path, lang)
    return paths


def header(ledger: Ledger, lang: str = "zh") -> list[str]:
    """The header's cells: labels, or names in English, with units."""
    first = "编号" if lang == "zh" else "id"
    return [first, *(_head(name, column, lang) for name, column in ledger.columns.items())]


def _head(name: str, column: Any, lang: str) -> str:
    head = column.zh if lang == "zh" else name
    return f"{head}[{column.office_unit}]" if isinstance(column, Measured | Counted) else head


def _write_csv(ledger: Ledger, path: Path, lang: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerow(header(ledger, lang))
    write_text(path, MARK + text.getvalue())


def _write_xlsx(ledger: Ledger, path: Path, lang: str) -> None:
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet(ledger.name)
    notes = book.add_worksheet("说明" if lang == "zh" else "explanations")
    lists = book.add_worksheet("lists")
    lists.hide()
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    notes.write_row(0, 0, ["列", "字段", "填写内容", "English"], bold)
    columns: list[tuple[str, Any]] = [("id", None), *ledger.columns.items()]
    for place, (title, (name, column)) in enumerate(
        zip(header(ledger, lang), columns, strict=True)
    ):
        sheet.write(0, place, title, bold)
        sheet.set_column(place, place, max(12, 2 * len(title)), day if _is_day(column) else None)
        notes.write_row(place + 1, 0, [title, name, _content(column), _english(column)])
        options = _options(column)
        if options:
            lists.write_column(0, place, options)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            source = f"=lists!${letter}$1:${letter}${len(options)}"
            sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": source})
    notes.set_column(0, 3, 36)
    book.close()
    write_bytes(path, data.getvalue())


def _is_day(column: Any) -> bool:
    return isinstance(column, Event)


def _options(column: Any) -> list[str]:
    if isinstance(column, Flag):
        return ["是", "否"]
    return list(column.values) if isinstance(column, Stated) else []


def _content(column: Any) -> str:
    """What is to be written in a column's cells."""
    match column:
        case None:
            return "每行唯一的编号；以其他列识别的台账可不填"
        case Measured() | Counted():
            return f"数值，单位 {column.office_unit}；不详留空"
        case Flag():
            return "是 或 否；不详留空"
        case Event():
            return "日期，如 2024-10-31；尚未发生写“未发生”；不详留空"
        case Moment(minutes=True):
            return "时刻（北京时间），写到分，如 2024-10-31T07:05；尚未发生写“未发生”；不详留空"
        case Moment():
            return "整点时刻（北京时间），如 2024-10-31T07:00；不详留空"
        case Stated():
            return "、".join(column.values)
        case Reference():
            return f"台账 {ledger_of(column.target).name} 中的编号"
    return "文字；没有写“无”，未定写“待定”；不详留空"


def _english(column: Any) -> str:
    return "id" if column is None else str(column.label("en"))
