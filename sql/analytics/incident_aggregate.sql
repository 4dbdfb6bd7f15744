-- grain: a number or habit of attacks over a period, told as a whole
-- Names are gathered laterally, so that a filtered query gathers those of its own rows and not of all; sorting a
-- gathered list is several times faster than an ordered aggregate.
with

countries as (
    select country_iso3, min(name) as country
    from marts.dim_location
    where kind = 'country' and location_key != -1
    group by country_iso3
)

select
    incident.incident_id,
    incident.title,
    event_type.event_type,
    incident.date_start,
    incident.date_end,
    incident.date_precision,
    case when location.location_key != -1 then location.name end as place,
    case when location.location_key != -1 then location.kind end as place_kind,
    location.admin1,
    location.country_iso3,
    countries.country,
    location.latitude,
    location.longitude,
    location.where_prec,
    actor_names.initiators,
    actor_names.targets,
    actor_names.victims,
    weapon_names.weapons,
    incident.attack_count_low,
    incident.attack_count_high,
    incident.target_count_low,
    incident.target_count_high,
    incident.killed_low,
    incident.killed_best,
    incident.killed_high,
    incident.injured_low,
    incident.injured_best,
    incident.injured_high,
    incident.missing_low,
    incident.missing_best,
    incident.missing_high,
    incident.captured_low,
    incident.captured_best,
    incident.captured_high,
    parts.single_incident_count as single_incident_count,
    incident.document_count,
    incident.publisher_count,
    incident.has_conflicting_claims,
    incident.confidence,
from marts.fact_incident as incident
inner join marts.dim_event_type as event_type using (event_type_key)
inner join marts.dim_location as location using (location_key)
left join countries using (country_iso3)
left join lateral (
    select
        array_to_string(list_sort(list(actor.name) filter (where bridge.role = 'initiator')), '; ') as initiators,
        array_to_string(list_sort(list(actor.name) filter (where bridge.role = 'target')), '; ') as targets,
        array_to_string(list_sort(list(actor.name) filter (where bridge.role = 'victim')), '; ') as victims,
    from marts.bridge_incident_actor as bridge
    inner join marts.dim_actor as actor using (actor_key)
    where bridge.incident_key = incident.incident_key and bridge.attribution != 'denied'
) as actor_names on true
left join lateral (
    select array_to_string(list_sort(list(weapon.name)), '; ') as weapons
    from marts.bridge_incident_weapon as bridge
    inner join marts.dim_weapon as weapon using (weapon_key)
    where bridge.incident_key = incident.incident_key
) as weapon_names on true
left join lateral (
    select count(*) as single_incident_count
    from marts.fact_incident as part
    where part.part_of_incident_key = incident.incident_key
        and part.incident_key != -1
        and not part.is_aggregate
        and part.document_count > 0
) as parts on true
where incident.incident_key != -1
    and incident.is_aggregate
    and incident.document_count > 0
