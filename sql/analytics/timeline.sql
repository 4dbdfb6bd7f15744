-- grain: a single incident with a known day or period, in order of time
select
    date_start,
    date_end,
    date_precision,
    incident_id,
    title,
    event_type,
    place,
    country,
    initiators,
    targets,
    killed_low,
    killed_best,
    killed_high,
    document_count,
from analytics.incident
where date_start is not null or date_end is not null
order by coalesce(date_start, date_end), date_end, incident_id
