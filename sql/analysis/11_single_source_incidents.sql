-- Told by one outlet only
-- Question: Which incidents are not corroborated by a second publisher?
select incident.title, incident.date_start, coverage.publisher, coverage.document_title
from analytics.incident as incident
inner join analytics.coverage as coverage using (incident_id)
where incident.publisher_count <= 1 and not coverage.is_near_duplicate
order by incident.date_start, incident.title, coverage.document_title
