-- Incidents in which an actor of that name takes part, with its role: from analytics.incidents_of('US military')
create macro analytics.incidents_of(actor_name) as table
select
    incident.incident_id,
    incident.title,
    incident.date_start,
    bridge.role,
    bridge.attribution,
    incident.killed_low,
    incident.killed_best,
    incident.killed_high,
from marts.bridge_incident_actor as bridge
inner join marts.dim_actor as actor using (actor_key)
inner join marts.fact_incident as incident using (incident_key)
where lower(actor.name) = lower(actor_name) and incident.incident_key != -1
