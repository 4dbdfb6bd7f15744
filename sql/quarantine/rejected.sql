-- grain: a file, record or row that was refused
with

dropped as (
    select 'marts.dim_document' as table_name, cast(document_key as varchar) as row_id, drop_code, drop_reason, concat_ws(' ', document_id, source_file, title) as payload
    from staging.document
    union all
    select 'marts.dim_actor', cast(actor_key as varchar), drop_code, drop_reason, concat_ws(' ', actor_id, name)
    from staging.actor
    union all
    select 'marts.dim_location', cast(location_key as varchar), drop_code, drop_reason, concat_ws(' ', place_id, name, latitude, longitude)
    from staging.place
    union all
    select 'marts.fact_incident', cast(incident_key as varchar), drop_code, drop_reason, concat_ws(' ', incident_id, title)
    from staging.incident
    union all
    select 'marts.fact_incident_report', concat_ws('|', incident_key, document_key), drop_code, drop_reason, concat_ws(' ', document_id, report_no, evidence)
    from staging.report
    union all
    select 'marts.fact_incident_argument', cast(argument_key as varchar), drop_code, drop_reason, concat_ws(' ', document_id, report_no, role, text)
    from staging.argument
    union all
    select 'marts.fact_casualty_claim', cast(claim_key as varchar), drop_code, drop_reason, concat_ws(' ', document_id, claim_no, kind, count_text, evidence)
    from staging.claim
    union all
    select 'marts.fact_statement', cast(statement_key as varchar), drop_code, drop_reason, concat_ws(' ', document_id, statement_no, evidence)
    from staging.statement
    union all
    select 'marts.fact_entity_mention', cast(mention_key as varchar), drop_code, drop_reason, concat_ws(' ', document_id, entity_type, text)
    from staging.entity_mention
    union all
    select 'marts.fact_event_mention', cast(event_mention_key as varchar), drop_code, drop_reason, concat_ws(' ', document_id, trigger, evidence)
    from staging.event_mention
)

select
    stage,
    object_id,
    reason_code,
    reason,
    payload_excerpt,
    run_id,
    staging.utc(rejected_at) as rejected_at,
from input.rejected
union all by name
select
    case when drop_code in (select reason_code from staging.excluded) then 'audit' else 'load' end as stage,
    table_name || ' ' || row_id as object_id,
    drop_code as reason_code,
    drop_reason as reason,
    -- an excerpt, not the row: enough to find it again
    left(payload, 300) as payload_excerpt,
    $run_id as run_id,
    $loaded_at as rejected_at,
from dropped
where drop_code is not null
