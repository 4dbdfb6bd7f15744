"""The shape of the contract's metadata: what a table, a view and a column declare about themselves.

Belongs here: the dataclasses and their own consistency. Does not belong: any particular table (``tables_*.py``,
``views.py``) or what is made from the metadata (DDL and comments: ``warehouse/ddl.py``; expectations: ``audit/``).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``type`` is a DuckDB type name; ``description`` names the unit and the source where there is one."""

    name: str
    type: str
    description: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    references: str | None = None  # "schema.table" whose primary key the values are
    minimum: float | None = None
    maximum: float | None = None

    @property
    def records_time(self) -> bool:
        """Whether the column records time or runs, which identical inputs need not reproduce."""
        return self.name.endswith("_at") or self.name in {"run_id", "valid_from", "valid_to"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``grain`` completes "one row is ...". ``lineage`` names the inputs the rows come from."""

    schema: str
    name: str
    grain: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    checks: tuple[str, ...] = ()
    notes: str = ""
    lineage: tuple[str, ...] = ()
    unknown_member: bool = False  # has the -1 row

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.full_name}: a column is declared twice")
        for key in (self.primary_key, *self.unique):
            if missing := set(key) - set(names):
                raise ValueError(f"{self.full_name}: key columns {sorted(missing)} are not declared")

    @property
    def full_name(self) -> str:
        """``schema.table``."""
        return f"{self.schema}.{self.name}"

    @property
    def comment(self) -> str:
        """What ``COMMENT ON TABLE`` says: the grain first."""
        return f"One row is {self.grain}." + (f" {self.notes}" if self.notes else "")

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.full_name} has no column {name}")

    def foreign_keys(self) -> tuple[tuple[str, str], ...]:
        """(column, referenced table) pairs, self-references included."""
        return tuple((c.name, c.references) for c in self.columns if c.references)


@dataclass(frozen=True, slots=True)
class View:
    """One view of ``analytics``; its SQL is ``sql/analytics/<name>.sql``. ``columns``: name -> description, in order."""

    name: str
    grain: str
    columns: dict[str, str] = field(default_factory=dict)
    notes: str = ""

    @property
    def full_name(self) -> str:
        """``analytics.view``."""
        return f"analytics.{self.name}"

    @property
    def comment(self) -> str:
        """What ``COMMENT ON VIEW`` says."""
        return f"One row is {self.grain}." + (f" {self.notes}" if self.notes else "")
