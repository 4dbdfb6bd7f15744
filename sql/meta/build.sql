-- grain: this version of the warehouse (always one row)
select
    $schema_version as schema_version,
    $git_revision as git_revision,
    $run_id as run_id,
    $finished_at as built_at,
    $toll_rule as toll_rule,
    $is_text_published as is_text_published,
    (select count(*) from staging.span_mismatch) as span_mismatch_count,
