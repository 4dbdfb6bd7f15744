-- grain: one verbal or diplomatic act in one document
select
    statement.statement_key,
    statement.speaker_actor_key,
    statement.target_actor_key,
    statement.incident_key,
    coalesce(event_type.event_type_key, -1) as event_type_key,
    statement.is_direct_quote,
    statement.quote,
    statement.said_on,
    statement.document_key,
    statement.evidence,
    statement.char_start,
    statement.char_end,
    statement.confidence,
from staging.statement as statement
left join marts.dim_event_type as event_type on event_type.event_type = statement.category
where statement.drop_code is null
