-- Zero is not unknown
-- Question: How many incidents say that nobody was killed, and how many say nothing?
select
    case when killed_best is null then 'not reported' when killed_high = 0 then 'reported as none' else 'reported' end as toll,
    count(*) as incident_count,
from analytics.incident
group by toll
order by incident_count desc, toll
