"""The built file: keys, unknown members, declared constraints, comments, history, and what does not get in."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dagster_project.contract import catalog
from dagster_project.warehouse import session, sql
from dagster_project.warehouse.build import BuildError, build
from dagster_project.warehouse.inputs import SCHEMAS, Exclusion, files_in, write_frames
from tests.support.rows import STRIKE, run_record, small_world


def rows(path, query: str) -> list[tuple]:
    with session.read_only(path) as connection:
        return connection.execute(query).fetchall()


def tables_of(path) -> dict[str, list[tuple]]:
    """Every table's rows, in the order they lie in the file."""
    return {table.full_name: rows(path, f"select * from {table.full_name}") for table in catalog.TABLES}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    return build(folder / "warehouse.duckdb", small_world().inputs(folder / "in"))


def test_shuffled_inputs_give_the_same_rows_and_keys(built, tmp_path):
    shuffled = build(tmp_path / "shuffled.duckdb", small_world().inputs(tmp_path / "in", shuffle_seed=7), threads=1)
    assert tables_of(shuffled.path) == tables_of(built.path)


def test_what_little_memory_does_not_do_for_is_built_with_more(built, tmp_path, monkeypatch):
    limits = []
    workbench = session.workbench

    def limited(*given):
        limits.append(given[-1])
        return workbench(*given)

    monkeypatch.setattr(session, "workbench", limited)
    monkeypatch.setattr(session, "LITTLE_MEMORY_MB", (1, 2))
    again = build(tmp_path / "again.duckdb", small_world().inputs(tmp_path / "in"))
    assert limits == [1, 2, None]
    assert tables_of(again.path) == tables_of(built.path)


def test_inputs_in_several_files_give_the_same_rows(built, tmp_path):
    for name, frame in small_world().frames().items():
        (tmp_path / "in" / name / "shard").mkdir(parents=True)
        for number in range(frame.height):
            frame[number : number + 1].write_parquet(tmp_path / "in" / name / "shard" / f"{number}.parquet")
    inputs = small_world().inputs(tmp_path / "unused")
    split = build(tmp_path / "split.duckdb", type(inputs)(files=files_in(tmp_path / "in"), run=inputs.run))
    assert tables_of(split.path) == tables_of(built.path)


def test_keys_are_those_of_every_other_machine(built):
    assert rows(built.path, "select incident_key from marts.fact_incident where incident_id = 'inc-strike'") == [
        (633322113212125719,)
    ]


def test_every_dimension_and_fact_incident_has_one_unknown_member(built):
    for table in catalog.TABLES:
        if table.unknown_member:
            key = table.primary_key[0]
            assert rows(built.path, f"select count(*) from {table.full_name} where {key} = -1") == [(1,)], table.name


def test_tables_columns_and_types_are_those_of_the_contract(built):
    have = rows(
        built.path,
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where not internal and schema_name != 'analytics' order by schema_name, table_name, column_index",
    )
    want = sorted(
        ((t.full_name, position, c.name, c.type) for t in catalog.TABLES for position, c in enumerate(t.columns)),
    )
    assert sorted(have) == sorted((table, name, type_) for table, _, name, type_ in want)


def test_views_have_the_columns_that_are_described(built):
    with session.read_only(built.path) as connection:
        for view in catalog.VIEWS:
            have = [d[0] for d in connection.execute(f"select * from {view.full_name}").description]
            assert have == list(view.columns), view.name


def test_every_view_has_a_file_and_every_file_a_view():
    assert sql.names("analytics") == tuple(sorted(view.name for view in catalog.VIEWS))


def test_every_table_and_column_carries_a_comment(built):
    assert rows(built.path, "select table_name from duckdb_tables() where comment is null") == []
    assert rows(built.path, "select view_name from duckdb_views() where not internal and comment is null") == []
    assert (
        rows(built.path, "select table_name, column_name from duckdb_columns() where not internal and comment is null") == []
    )


def test_primary_and_foreign_keys_are_declared(built):
    found = {
        (f"{schema}.{table}", kind, tuple(columns), target)
        for schema, table, kind, columns, target in rows(
            built.path,
            "select schema_name, table_name, constraint_type, constraint_column_names, referenced_table "
            "from duckdb_constraints()",
        )
    }
    for table in catalog.TABLES:
        if table.primary_key:
            assert (table.full_name, "PRIMARY KEY", table.primary_key, None) in found
        for column, target in table.foreign_keys():
            if target != table.full_name:
                assert (table.full_name, "FOREIGN KEY", (column,), target.split(".")[1]) in found


def test_every_sql_file_says_its_grain_first():
    for kind in ("marts", "raw", "meta", "quarantine", "analytics"):
        for name in sql.names(kind):
            assert sql.text(kind, name).startswith("-- grain: "), f"sql/{kind}/{name}.sql"


def test_nothing_is_lost_between_input_and_tables(built):
    assert rows(built.path, "select * from meta.load where rows_in != rows_out + rows_quarantined + rows_merged") == []
    assert rows(built.path, "select sum(rows_in) > 20 from meta.load") == [(True,)]


def test_spans_slice_out_of_the_raw_text_in_code_points(tmp_path):
    world = small_world()
    world.document("doc-c", "Zoë 🚀 says\n\nمرحبا " + STRIKE)
    world.mention("doc-c", "GPE", "Al Bukamal")
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(
        path,
        "select substring(raw_text, char_start + 1, char_end - char_start) from marts.fact_entity_mention "
        "join marts.dim_document using (document_key) join raw.document using (document_id) "
        "where document_id = 'doc-c'",
    ) == [("Al Bukamal",)]


def test_dates_have_keys_only_where_they_are_days(built):
    assert rows(
        built.path, "select incident_id, start_date_key, end_date_key from marts.fact_incident order by incident_id"
    ) == [
        ("inc-habit", -1, -1),
        ("inc-rockets", 20210215, 20210215),
        ("inc-strike", 20210627, 20210627),
        ("unknown", -1, -1),
    ]


def test_texts_that_are_not_to_be_published_are_nowhere_in_the_file(tmp_path):
    world = small_world()
    world.document("doc-c", "Title\n\nA sentence that no table quotes.")
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in", is_text_published=False)).path
    assert rows(path, "select count(raw_text) from raw.document") == [(0,)]
    assert rows(path, "select evidence from marts.fact_casualty_claim where evidence = " + session.literal(STRIKE))
    assert b"that no table quotes" not in path.read_bytes()


def test_wrong_spans_are_counted_where_texts_are_not_published(tmp_path):
    world = small_world()
    world.rows["claim"][0]["char_start"] += 1
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in", is_text_published=False)).path
    assert rows(path, "select span_mismatch_count from meta.build") == [(1,)]


def test_a_changed_incident_closes_its_version_and_opens_another(tmp_path):
    first = build(tmp_path / "first.duckdb", small_world().inputs(tmp_path / "in")).path
    world = small_world()
    world.claim("doc-a", 1, 0, STRIKE, number=9)
    later = run_record("run-2", hour=15)
    second = build(tmp_path / "second.duckdb", world.inputs(tmp_path / "in2", run=later, previous=first)).path
    assert rows(
        second,
        "select incident_id, killed_high, hour(valid_from), hour(valid_to) from marts.incident_version "
        "order by incident_id, valid_from",
    ) == [
        ("inc-habit", None, 13, None),
        ("inc-rockets", None, 13, None),
        ("inc-strike", 7, 13, 15),
        ("inc-strike", 9, 15, None),
    ]
    assert rows(second, "select change, incident_id, detail from analytics.changes") == [("changed", "inc-strike", "killed")]
    assert rows(second, "select run_id from meta.run order by started_at") == [("run-1",), ("run-2",)]


def test_an_incident_that_is_gone_is_remembered(tmp_path):
    first = build(tmp_path / "first.duckdb", small_world().inputs(tmp_path / "in")).path
    world = small_world()
    world.rows["incident"] = [r for r in world.rows["incident"] if r["incident_id"] != "inc-habit"]
    world.rows["report"] = [r for r in world.rows["report"] if not r["is_aggregate"]]
    world.rows["incident_map"] = [r for r in world.rows["incident_map"] if r["incident_id"] != "inc-habit"]
    later = run_record("run-2", hour=15)
    second = build(tmp_path / "second.duckdb", world.inputs(tmp_path / "in2", run=later, previous=first)).path
    assert rows(second, "select change, incident_id from analytics.changes") == [("gone", "inc-habit")]


def test_refused_rows_go_to_quarantine_with_what_depends_on_them(tmp_path, built):
    [(key,)] = rows(built.path, "select incident_key from marts.fact_incident where incident_id = 'inc-strike'")
    refused = (Exclusion("marts.fact_incident", str(key), "too_odd", "a test says so"),)
    path = build(tmp_path / "w.duckdb", small_world().inputs(tmp_path / "in", excluded=refused)).path
    assert rows(path, "select count(*) from marts.fact_incident where incident_id = 'inc-strike'") == [(0,)]
    assert rows(
        path,
        "select split_part(object_id, ' ', 1), reason_code, count(*) from quarantine.rejected group by all order by all",
    ) == [
        ("marts.fact_casualty_claim", "dependant", 2),
        ("marts.fact_incident", "too_odd", 1),
        ("marts.fact_incident_argument", "dependant", 5),
        ("marts.fact_incident_report", "dependant", 2),
    ]
    assert rows(path, "select * from meta.load where rows_in != rows_out + rows_quarantined + rows_merged") == []
    # what was said stays, about no incident
    assert rows(path, "select incident_key from marts.fact_statement") == [(-1,)]


def test_a_refused_claim_takes_its_number_out_of_the_toll(tmp_path, built):
    [(key,)] = rows(built.path, "select claim_key from marts.fact_casualty_claim where count_low = 7")
    refused = (Exclusion("marts.fact_casualty_claim", str(key), "too_odd", "a test says so"),)
    path = build(tmp_path / "w.duckdb", small_world().inputs(tmp_path / "in", excluded=refused)).path
    assert rows(path, "select killed_low, killed_high from marts.fact_incident where incident_id = 'inc-strike'") == [(5, 5)]


def test_a_refused_place_leaves_its_rows_without_a_place(tmp_path, built):
    [(key,)] = rows(built.path, "select location_key from marts.dim_location where name = 'Al Bukamal'")
    refused = (Exclusion("marts.dim_location", str(key), "too_odd", "a test says so"),)
    path = build(tmp_path / "w.duckdb", small_world().inputs(tmp_path / "in", excluded=refused)).path
    assert rows(path, "select location_key from marts.fact_incident where incident_id = 'inc-strike'") == [(-1,)]


def test_two_reports_of_one_document_on_one_incident_are_one_row_and_counted_as_merged(tmp_path):
    world = small_world()
    world.report("doc-a", 2, "inc-strike", "American warplanes", confidence=0.4)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select rows_in, rows_out, rows_merged from meta.load where table_name like '%incident_report'") == [
        (5, 4, 1)
    ]
    assert rows(
        path,
        "select evidence from marts.fact_incident_report join marts.fact_incident using (incident_key) "
        "join marts.dim_document using (document_key) where incident_id = 'inc-strike' and document_id = 'doc-a'",
    ) == [(STRIKE,)]


def test_a_count_beyond_an_integer_is_quarantined(tmp_path):
    world = small_world()
    world.claim("doc-a", 1, 0, STRIKE, number=10**12)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select reason_code from quarantine.rejected") == [("count_too_large",)]


def test_a_document_that_was_not_read_is_kept(tmp_path):
    world = small_world()
    world.document("doc-fr", "Frappe en Syrie\n\nDes avions ont frappé.", language="fr", outcome="unread")
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select language, incident_count from analytics.document where outcome = 'unread'") == [("fr", 0)]


def test_publishers_are_known_by_name_alias_or_domain(tmp_path):
    world = small_world()
    world.document("doc-c", "T\n\nText.", publisher="reuters.com")
    world.document("doc-d", "T\n\nText.", publisher="The Village Herald")
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select document_id, publisher from analytics.document order by document_id") == [
        ("doc-a", "Reuters"),
        ("doc-b", "unknown"),
        ("doc-c", "Reuters"),
        ("doc-d", "The Village Herald"),
    ]


def test_an_input_that_lacks_a_column_is_refused_by_name(tmp_path):
    inputs = small_world().inputs(tmp_path / "in")
    broken = tmp_path / "in" / "claim.parquet"
    pl.read_parquet(broken).drop("kind").write_parquet(broken)
    with pytest.raises(BuildError, match="claim"):
        build(tmp_path / "w.duckdb", inputs)


def test_frames_of_another_schema_are_not_written(tmp_path):
    frame = pl.DataFrame(schema=dict(SCHEMAS["claim"])).with_columns(pl.col("count_low").cast(pl.String))
    with pytest.raises(ValueError, match="count_low"):
        write_frames({"claim": frame}, tmp_path)


def test_an_empty_corpus_builds(tmp_path):
    from tests.support.rows import World

    path = build(tmp_path / "w.duckdb", World().inputs(tmp_path / "in")).path
    assert rows(path, "select count(*) from analytics.incident") == [(0,)]


def test_names_from_texts_never_become_sql(tmp_path):
    world = small_world()
    nasty = "'; drop table marts.fact_incident; --"
    world.document("doc-x", f"{nasty}\n\n{nasty} $run_id", publisher=nasty)
    world.actor('"; drop', nasty, "person")
    world.mention("doc-x", "PERSON", nasty)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select text from marts.fact_entity_mention where text like '%drop%'") == [(nasty,)]


def test_a_year_of_dates_is_whole(tmp_path):
    world = small_world()
    world.incident("inc-1980", date_start=date(1980, 2, 29), date_end=date(1980, 2, 29), date_precision="day")
    world.report("doc-a", 5, "inc-1980", STRIKE)
    path = build(tmp_path / "w.duckdb", world.inputs(tmp_path / "in")).path
    assert rows(path, "select count(*), min(day_of_week) from marts.dim_date where year = 1980") == [(366, 1)]
