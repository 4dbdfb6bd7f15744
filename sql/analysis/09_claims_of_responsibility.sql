-- Claims of responsibility
-- Question: Who claims which attacks?
select actor.name as claimant, incident.title, incident.date_start, bridge.attribution, bridge.document_count
from marts.bridge_incident_actor as bridge
inner join marts.dim_actor as actor using (actor_key)
inner join marts.fact_incident as incident using (incident_key)
where bridge.role = 'claimant'
order by claimant, incident.date_start, incident.title
