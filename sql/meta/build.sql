-- grain: this version of the warehouse (always one row)
-- Spans that do not slice out of raw_text are counted here only where texts are not published, because the audit cannot
-- look at the texts then; published texts are held row by row by the suites.
with

spans as (
    select document_key, char_start, char_end, evidence as words from marts.fact_incident_report
    union all
    select document_key, char_start, char_end, text as words from marts.fact_incident_argument
    union all
    select document_key, char_start, char_end, evidence as words from marts.fact_casualty_claim
    union all
    select document_key, char_start, char_end, evidence as words from marts.fact_statement
    union all
    select document_key, char_start, char_end, text as words from marts.fact_entity_mention
    union all
    select document_key, char_start, char_end, evidence as words from marts.fact_event_mention
    union all
    select document_key, trigger_start, trigger_end, trigger as words from marts.fact_event_mention
),

mismatches as (
    select spans.*
    from spans
    inner join staging.document as document using (document_key)
    inner join input.document as text using (document_id)
    where not $is_text_published
        and substring(text.raw_text, spans.char_start + 1, spans.char_end - spans.char_start)
            is distinct from spans.words
)

select
    $schema_version as schema_version,
    $git_revision as git_revision,
    $run_id as run_id,
    $finished_at as built_at,
    $toll_rule as toll_rule,
    $is_text_published as is_text_published,
    (select count(*) from mismatches) as span_mismatch_count,
