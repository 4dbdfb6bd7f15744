-- Who against whom
-- Question: Which pairs of actors meet most often, and at what cost?
select initiator, target, incident_count, killed_low, killed_best, killed_high, first_date, last_date
from analytics.actor_dyad
order by incident_count desc, initiator, target
limit 30
