-- grain: an incident as told by one document
with

-- The surest report of a document stands for those that were resolved to the same incident.
best_report as (
    select *
    from staging.report
    where drop_code is null
    qualify row_number() over (partition by incident_key, document_key order by confidence desc, report_no) = 1
),

tolls as (
    select
        incident_key,
        document_key,
        min(low) filter (where kind = 'killed') as killed_low,
        min(high) filter (where kind = 'killed') as killed_high,
        min(low) filter (where kind = 'injured') as injured_low,
        min(high) filter (where kind = 'injured') as injured_high,
    from staging.toll
    where document_key is not null
    group by incident_key, document_key
)

select
    report.incident_key,
    report.document_key,
    coalesce(event_type.event_type_key, -1) as event_type_key,
    report.date_text,
    report.date_start,
    report.date_end,
    report.date_precision,
    tolls.killed_low,
    tolls.killed_high,
    tolls.injured_low,
    tolls.injured_high,
    report.evidence,
    report.char_start,
    report.char_end,
    report.extractor,
    report.confidence,
from best_report as report
left join marts.dim_event_type as event_type on event_type.event_type = report.event_type
left join tolls using (incident_key, document_key)
