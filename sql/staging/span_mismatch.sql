-- grain: a stretch of a loaded row that does not slice out of its document's raw_text
-- Needed where texts are not published, because the audit cannot look at them then; texts that are published are held
-- row by row by the suites, and this stays empty.
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
)

select spans.*
from spans
inner join staging.document as document using (document_key)
inner join input.document as text using (document_id)
where not $is_text_published
    and substring(text.raw_text, spans.char_start + 1, spans.char_end - spans.char_start) is distinct from spans.words
