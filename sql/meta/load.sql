-- grain: one loaded table and how its rows came out; merged rows are counted from the inputs, not as what is left over
with

measured as (
    select
        'marts.dim_document' as table_name,
        (select count(*) from input.document) as rows_in,
        (select count(*) from marts.dim_document where document_key != -1) as rows_out,
        0 as rows_merged,
    union all
    select
        'marts.dim_actor',
        (select count(*) from input.resolved_actor),
        (select count(*) from marts.dim_actor where actor_key != -1),
        0,
    union all
    select
        'marts.dim_location',
        (select count(*) from input.resolved_place),
        (select count(*) from marts.dim_location where location_key != -1),
        0,
    union all
    select
        'marts.fact_incident',
        (select count(*) from input.incident),
        (select count(*) from marts.fact_incident where incident_key != -1),
        0,
    union all
    select
        'marts.fact_incident_report',
        (select count(*) from input.report),
        (select count(*) from marts.fact_incident_report),
        (
            select count(*) - count(distinct (incident_key, document_key))
            from staging.report
            where drop_code is null
        ),
    union all
    select
        'marts.fact_incident_argument',
        (select count(*) from input.argument),
        (select count(*) from marts.fact_incident_argument),
        (select count(*) - count(distinct argument_key) from staging.argument where drop_code is null),
    union all
    select
        'marts.fact_casualty_claim',
        (select count(*) from input.claim),
        (select count(*) from marts.fact_casualty_claim),
        0,
    union all
    select
        'marts.fact_statement',
        (select count(*) from input.statement),
        (select count(*) from marts.fact_statement),
        0,
    union all
    select
        'marts.fact_entity_mention',
        (select count(*) from input.entity_mention),
        (select count(*) from marts.fact_entity_mention),
        (select count(*) - count(distinct mention_key) from staging.entity_mention where drop_code is null),
    union all
    select
        'marts.fact_event_mention',
        (select count(*) from input.event_mention),
        (select count(*) from marts.fact_event_mention),
        (select count(*) - count(distinct event_mention_key) from staging.event_mention where drop_code is null),
    union all
    select
        'raw.document_source',
        (select count(*) from input.source),
        (select count(*) from raw.document_source),
        0,
    union all
    select
        'quarantine.rejected',
        (select count(*) from input.rejected),
        (select count(*) from quarantine.rejected where stage not in ('load', 'audit')),
        0,
),

refused as (
    select
        split_part(object_id, ' ', 1) as table_name,
        count(*) as rows_quarantined,
    from quarantine.rejected
    where stage in ('load', 'audit')
    group by all
)

select
    measured.table_name,
    measured.rows_in,
    measured.rows_out,
    coalesce(refused.rows_quarantined, 0) as rows_quarantined,
    measured.rows_merged,
from measured
left join refused using (table_name)
