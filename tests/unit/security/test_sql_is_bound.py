"""No value ever becomes part of a statement: SQL is constant text with bound values, but for names that we quote ourselves.

Every f-string, concatenation or ``format`` that reaches ``execute`` or ``sql`` is found in the syntax tree; what may stand in
its braces is listed here, each with where its words come from.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dagster_project.settings import PROJECT_ROOT

PACKAGE = PROJECT_ROOT / "dagster_project"
RUNNERS = {"execute", "executemany", "sql", "query"}
# Functions whose results are safe inside a statement: quoting, literals of paths, numbers, texts of our own files.
SAFE_CALLS = {
    "session.quote",
    "quote",
    "session.literal",
    "literal",
    "int",
    "sql.text",
    "_sql",
    "text",
    "ddl.create_table",
    "columns_of",
}
# Names whose words come from the contract, from files of sql/ or from constants, never from input. Reviewed by hand.
REVIEWED = {
    ("warehouse/build.py", "catalog_name"), ("publication/report/content.py", "view"), ("warehouse/catalog.py", "columns"),
    ("warehouse/build.py", "table"), ("warehouse/build.py", "columns"), ("warehouse/build.py", "name"),
    ("warehouse/build.py", "', '.join(columns)"), ("warehouse/build.py", "source"), ("warehouse/build.py", "shared"),
    ("warehouse/build.py", "order"), ("publication/digest.py", "parts"), ("publication/publish.py", "probe"),
    ("publication/publish.py", "order"), ("publication/publish.py", "target"), ("warehouse/session.py", "', '.join((literal(path) for path in allowed))"),
    ("warehouse/published.py", "name"), ("warehouse/catalog.py", "table"), ("warehouse/catalog.py", "column"),
    ("warehouse/catalog.py", "kind"),
}  # fmt: skip


def statements(tree: ast.AST):
    """First arguments of calls that run SQL, where they are not constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RUNNERS and node.args:
            yield node.args[0]


def insertions(node: ast.AST):
    """What a statement is put together from, as source text, safe calls apart."""
    for part in ast.walk(node):
        if isinstance(part, ast.FormattedValue):
            inner = part.value
            if isinstance(inner, ast.Call) and ast.unparse(inner.func) in SAFE_CALLS:
                continue
            yield ast.unparse(inner)
        elif (isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod | ast.Add)) or (
            isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "format"
        ):
            yield ast.unparse(part)


def found_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {words for statement in statements(tree) for words in insertions(statement)}


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_statements_are_put_together_from_reviewed_parts_only(module):
    unknown = {words for words in found_in(PACKAGE / module) if (module, words) not in REVIEWED}
    assert unknown == set(), f"{module}: bind these values, or quote names and review them here"


def test_the_check_sees_a_pasted_value(tmp_path):
    (tmp_path / "bad.py").write_text(
        'con.execute(f"select * from t where name = \'{title}\'")\ncon.sql("select " + title)\n'
    )
    assert found_in(tmp_path / "bad.py") == {"title", "'select ' + title"}
