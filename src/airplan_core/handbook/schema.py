"""The JSON Schema of the ledgers, with units: what `Facts.to_json` writes and a service checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from airplan_core.model.dated import Event, Moment
from airplan_core.model.entity import Entity, Ledger, Reference, ledger_of
from airplan_core.model.fields import Counted, Flag, Measured, Ranked, Stated


def json_schema(entities: Iterable[type[Entity]]) -> dict[str, Any]:
    """The schema (draft 2020-12) of facts as JSON: ledger name → list of records.

    `x-kind`, `x-unit`, `x-labels` and `x-references` say what JSON Schema has no words for.
    """
    ledgers = [ledger_of(entity) for entity in entities]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "airplan facts",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            ledger.name: {"type": "array", "items": {"$ref": f"#/$defs/{ledger.name}"}}
            for ledger in ledgers
        },
        "$defs": {ledger.name: _record(ledger) for ledger in ledgers},
    }


def _record(ledger: Ledger) -> dict[str, Any]:
    fields = {name: _field(column) for name, column in ledger.columns.items()}
    return {
        "title": ledger.en,
        "x-labels": {"zh": ledger.zh, "en": ledger.en},
        "description": (ledger.entity.__doc__ or "").strip().splitlines()[0],
        "type": "object",
        "additionalProperties": False,
        "required": ["id"],
        "properties": {"id": {"type": "string"}, **fields},
    }


def _field(column: Any) -> dict[str, Any]:
    kind = type(column).__name__.lower()
    return {
        **_type(column),
        "title": column.label("en"),
        "x-labels": {"zh": column.zh, "en": column.label("en")},
        "x-kind": kind,
    }


def _type(column: Any) -> dict[str, Any]:
    match column:
        case Measured():
            described = f"a number and a unit, such as '1.5 {column.unit}'"
            return {"type": "string", "description": described, "x-unit": column.unit}
        case Counted():
            most = {} if column.ceiling is None else {"maximum": column.ceiling}
            return {"type": "integer", "minimum": column.floor, **most, "x-unit": column.unit}
        case Flag():
            return {"type": "boolean"}
        case Event():
            return {"type": "string", "anyOf": [{"format": "date"}, {"const": "never"}]}
        case Moment(minutes=True):
            described = "a minute, such as 2024-10-31T07:05, or 'never'"
            return {"type": "string", "description": described}
        case Moment():
            return {"type": "string", "description": "a full hour, such as 2024-10-31T07:00"}
        case Ranked():
            return {"enum": list(column.values), "x-order": list(column.values)}
        case Stated():
            return {"enum": list(column.values)}
        case Reference():
            return {"type": "string", "x-references": ledger_of(column.target).name}
    return {"type": "string"}
