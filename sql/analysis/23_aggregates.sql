-- Told as numbers only
-- Question: Which series of attacks are told as a number, and which single incidents fall inside?
select
    aggregate.title,
    aggregate.date_start,
    aggregate.attack_count_low,
    aggregate.attack_count_high,
    string_agg(incident.title, '; ' order by incident.date_start, incident.incident_id) as known_incidents,
from analytics.incident_aggregate as aggregate
left join analytics.incident as incident on incident.part_of_incident_id = aggregate.incident_id
group by aggregate.incident_id, aggregate.title, aggregate.date_start, aggregate.attack_count_low, aggregate.attack_count_high
order by aggregate.date_start, aggregate.title
