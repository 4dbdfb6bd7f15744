-- Rolling tolls by initiator
-- Question: How many people did each initiator's attacks kill in the 30 days up to each attack?
with

attacks as (
    select bridge.actor_key, incident.incident_key, incident.date_start as day, incident.killed_best
    from marts.fact_incident as incident
    inner join marts.bridge_incident_actor as bridge using (incident_key)
    where incident.date_precision = 'day' and not incident.is_aggregate
        and bridge.role = 'initiator' and bridge.attribution != 'denied'
)

select
    actor.name as initiator,
    attacks.day,
    attacks.killed_best,
    sum(attacks.killed_best) over last_30_days as killed_in_30_days,
    count(*) over last_30_days as attacks_in_30_days,
from attacks
inner join marts.dim_actor as actor using (actor_key)
window last_30_days as (
    partition by attacks.actor_key order by attacks.day range between interval 29 days preceding and current row
)
order by initiator, attacks.day, attacks.incident_key
