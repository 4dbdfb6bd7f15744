-- Sides through the hierarchy
-- Question: How often does each state act, counting its military, government and the groups it is parent of?
with recursive

chain as (
    select actor_key, actor_key as side_key, 0 as step
    from marts.dim_actor
    where actor_key != -1
    union all
    select chain.actor_key, actor.parent_actor_key as side_key, chain.step + 1 as step
    from chain
    inner join marts.dim_actor as actor on actor.actor_key = chain.side_key
    where actor.parent_actor_key != -1 and chain.step < 8
),

sides as (
    select actor_key, max_by(side_key, step) as side_key
    from chain
    group by actor_key
)

select
    side.name as side,
    bridge.role,
    count(distinct bridge.incident_key) as incident_count,
    string_agg(distinct actor.name, ', ' order by actor.name) as through,
from marts.bridge_incident_actor as bridge
inner join sides using (actor_key)
inner join marts.dim_actor as actor on actor.actor_key = bridge.actor_key
inner join marts.dim_actor as side on side.actor_key = sides.side_key
inner join marts.fact_incident as incident using (incident_key)
where bridge.attribution != 'denied' and not incident.is_aggregate
group by all
order by incident_count desc, side, bridge.role
