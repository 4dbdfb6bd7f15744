-- grain: an incident as one document tells it
select *
from marts.fact_incident_report
inner join (select incident_key, incident_id from marts.fact_incident) using (incident_key)
order by all
