-- Who the victims are
-- Question: How do tolls split by class of victim, taking the highest single claim of each incident?
with

per_incident as (
    select incident_id, kind, victim_class, max(coalesce(count_low, count_high)) as people
    from analytics.claim
    where not is_revised and not is_aggregate and incident_id is not null
    group by all
)

select kind, victim_class, count(*) as incident_count, sum(people) as people
from per_incident
where people is not null
group by all
order by kind, people desc, victim_class
