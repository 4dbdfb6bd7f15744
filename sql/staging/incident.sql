-- grain: an incident of resolution, refused ones included
with

incidents as (
    select
        *,
        staging.surrogate_key(['incident', incident_id]) as incident_key,
    from input.incident
),

reported as (
    select distinct incident_key
    from staging.report
    where drop_code is null
)

select
    incidents.*,
    case
        when excluded.reason_code is not null then excluded.reason_code
        when reported.incident_key is null then 'dependant'
    end as drop_code,
    case
        when excluded.reason_code is not null then excluded.reason
        when reported.incident_key is null then 'no report of it was loaded'
    end as drop_reason,
from incidents
left join reported using (incident_key)
left join staging.excluded as excluded
    on excluded.table_name = 'marts.fact_incident' and excluded.row_id = cast(incidents.incident_key as varchar)
