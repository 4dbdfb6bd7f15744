"""Metadata of a materialisation: row count, column schema and a small preview of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dagster as dg

if TYPE_CHECKING:
    import polars as pl

PREVIEW_ROWS = 5
CELL_CHARACTERS = 60


def markdown(rows: list[dict[str, Any]]) -> str:
    """Rows as a Markdown table; cells are shortened and escaped, an empty list says so."""
    if not rows:
        return "*no rows*"
    header = list(rows[0])
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(_cell(row[name]) for name in header) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    text = text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
    for character in "\\`|<>[]":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())


def of_frame(frame: pl.LazyFrame, columns: tuple[str, ...] | None = None) -> dict[str, Any]:
    """``dagster/row_count``, ``dagster/column_schema`` and ``preview`` of a lazy frame."""
    import polars as pl

    schema = frame.collect_schema()
    shown = frame.select(columns) if columns else frame
    return {
        "dagster/row_count": frame.select(pl.len()).collect().item(),
        "dagster/column_schema": dg.TableSchema([dg.TableColumn(name, str(kind)) for name, kind in schema.items()]),
        "preview": dg.MetadataValue.md(markdown(shown.head(PREVIEW_ROWS).collect().to_dicts())),
    }
