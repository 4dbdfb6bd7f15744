-- Escalation within a dyad
-- Question: Do the two sides' exchanges get deadlier from one to the next?
with

exchanges as (
    select incident.dyad_name, incident.incident_key, incident.date_start, incident.title, incident.killed_best
    from marts.fact_incident as incident
    where incident.dyad_name is not null and incident.date_precision = 'day' and not incident.is_aggregate
        and incident.incident_key != -1 and incident.document_count > 0
)

select
    dyad_name,
    date_start,
    title,
    killed_best,
    killed_best - lag(killed_best) over sequence as change,
    date_start - lag(date_start) over sequence as days_since,
from exchanges
window sequence as (partition by dyad_name order by date_start, incident_key)
order by dyad_name, date_start, incident_key
