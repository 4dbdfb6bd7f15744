-- Most cited sources of tolls
-- Question: On whose word do the numbers rest?
select claimed_by, count(*) as claim_count, count(distinct incident_id) as incident_count, count(distinct publisher) as publisher_count
from analytics.claim
where claimed_by is not null
group by claimed_by
order by claim_count desc, claimed_by
