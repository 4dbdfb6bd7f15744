"""The data dictionary says what the contract says, and describes everything."""

from dagster_project.contract import catalog
from dagster_project.contract.dictionary import PAGE, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m dagster_project.contract.dictionary"


def test_every_table_view_and_column_is_described():
    for table in catalog.TABLES:
        assert table.grain
        assert all(len(column.description) > 2 for column in table.columns), table.full_name
    for view in catalog.VIEWS:
        assert view.grain
        assert all(view.columns.values()), view.full_name
