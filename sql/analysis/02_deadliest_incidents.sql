-- The deadliest incidents
-- Question: Which single incidents killed most, by the best-attributed claim?
select title, date_start, country, killed_low, killed_best, killed_high, publisher_count
from analytics.incident
where killed_best > 0
order by killed_best desc, killed_high desc, incident_id
limit 20
