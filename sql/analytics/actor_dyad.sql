-- grain: an initiator and a target (or victim) that share an incident
with

-- the bridge holds an actor once in a role, so that initiators need no further deduplication
doers as (
    select incident_key, actor_key
    from marts.bridge_incident_actor
    where role = 'initiator' and attribution != 'denied'
),

-- a target that is also a victim is one side
aims as (
    select distinct incident_key, actor_key
    from marts.bridge_incident_actor
    where role in ('target', 'victim') and attribution != 'denied'
),

singles as (
    select incident.*
    from marts.fact_incident as incident
    left join marts.fact_incident as whole
        on whole.incident_key = incident.part_of_incident_key and whole.incident_key != -1
    where incident.incident_key != -1
        and not incident.is_aggregate
        and incident.document_count > 0
        and coalesce(whole.is_aggregate, true)
)

select
    initiator.name as initiator,
    initiator.actor_type as initiator_type,
    initiator.country_iso3 as initiator_country_iso3,
    target.name as target,
    target.actor_type as target_type,
    target.country_iso3 as target_country_iso3,
    count(*) as incident_count,
    cast(sum(incident.killed_low) as bigint) as killed_low,
    cast(sum(incident.killed_best) as bigint) as killed_best,
    cast(sum(incident.killed_high) as bigint) as killed_high,
    min(incident.date_start) as first_date,
    max(incident.date_end) as last_date,
    max(incident.publisher_count) as publisher_count,
from singles as incident
inner join doers as doer on doer.incident_key = incident.incident_key
inner join aims as aim on aim.incident_key = incident.incident_key
inner join marts.dim_actor as initiator on initiator.actor_key = doer.actor_key
inner join marts.dim_actor as target on target.actor_key = aim.actor_key
group by
    initiator.actor_key,
    initiator.name,
    initiator.actor_type,
    initiator.country_iso3,
    target.actor_key,
    target.name,
    target.actor_type,
    target.country_iso3
order by incident_count desc, initiator, target
