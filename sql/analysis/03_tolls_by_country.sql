-- Tolls by country
-- Question: How many incidents and deaths does each country have, and how often is the toll unknown?
select
    coalesce(country, 'none or unknown') as country,
    count(*) as incident_count,
    count(*) filter (where killed_best is null) as toll_unknown,
    sum(killed_low) as killed_low,
    sum(killed_best) as killed_best,
    sum(killed_high) as killed_high,
from analytics.incident
where part_of_incident_id is null
group by all
order by incident_count desc, country
