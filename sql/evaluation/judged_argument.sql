-- grain: a participant, place or weapon of an incident as one document tells it
select *
from marts.fact_incident_argument
inner join (select incident_key, incident_id from marts.fact_incident) using (incident_key)
order by all
