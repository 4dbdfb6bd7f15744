-- grain: a single violent incident in the columns of ACLED; unknown fatalities are empty, never 0
-- inter codes after ACLED's codebook: 1 state forces, 2 rebel groups, 3 political militias, 4 identity militias, 5 rioters,
-- 6 protesters, 7 civilians, 8 external and other forces; empty where an actor's kind does not tell.
with

sources as (
    select
        incident_id,
        string_agg(distinct coalesce(nullif(publisher, 'unknown'), document_title), '; ' order by coalesce(nullif(publisher, 'unknown'), document_title)) as source,
        min(evidence) as notes,
    from analytics.coverage
    group by incident_id
),

civilians as (
    select distinct incident_id
    from analytics.claim
    where victim_class = 'civilian' and incident_id is not null
),

-- A person acts for the organisation; of one without, nothing is known.
described as (
    select
        actor.actor_key,
        actor.name,
        side.country_iso3,
        side.actor_type,
        side.is_generic,
        side.in_reference,
        lower(side.name) as described_as,
    from marts.dim_actor as actor
    inner join marts.dim_actor as side
        on side.actor_key = case when actor.actor_type = 'person' then actor.parent_actor_key else actor.actor_key end
),

-- The sides in the order of analytics.incident; who is aimed at stands before who was hurt.
sided as (
    select
        incident.incident_id,
        bridge.role = 'initiator' as is_initiator,
        described.name,
        case
            when described.actor_type in ('state', 'government', 'military') then
                case when described.country_iso3 = location.country_iso3 then 1
                    when described.country_iso3 != location.country_iso3 then 8 end
            when described.actor_type = 'igo' then 8
            when described.actor_type = 'armed_group' then
                case
                    when regexp_matches(described.described_as, '\b(tribal|tribes?|clans?|ethnic|communal|herders?|pastoralists?)\b') then 4
                    when described.is_generic
                        or regexp_matches(described.described_as, '\b(militias?|militiamen|gangs?|cartels?|vigilantes?)\b') then 3
                    when described.in_reference then 2
                end
            when described.actor_type = 'civilians' then
                case
                    when regexp_matches(described.described_as, '\b(rioters?|mobs?)\b') then 5
                    when regexp_matches(described.described_as, '\b(protest[eo]rs?|demonstrators?)\b') then 6
                    else 7
                end
            when described.actor_type = 'media' then 7
        end as inter,
    from marts.bridge_incident_actor as bridge
    inner join marts.fact_incident as incident using (incident_key)
    inner join marts.dim_location as location using (location_key)
    inner join described using (actor_key)
    where bridge.role in ('initiator', 'target', 'victim') and bridge.attribution != 'denied'
    qualify row_number() over (
        partition by incident.incident_id, bridge.role = 'initiator'
        order by bridge.role = 'victim', described.name, described.actor_key
    ) = 1
)

select
    incident.incident_id as event_id_cnty,
    incident.date_start as event_date,
    coalesce(year(incident.date_start), year(incident.date_end)) as year,
    case
        when incident.date_precision = 'day' then 1
        when incident.date_precision in ('days', 'week') then 2
        when incident.date_precision in ('month', 'year', 'range') then 3
    end as time_precision,
    'Political violence' as disorder_type,
    incident.acled_event_type as event_type,
    incident.acled_sub_event_type as sub_event_type,
    first_actor.name as actor1,
    nullif(array_to_string(string_split(incident.initiators, '; ')[2:], '; '), '') as assoc_actor_1,
    first_actor.inter as inter1,
    second_actor.name as actor2,
    nullif(array_to_string(string_split(coalesce(incident.targets, incident.victims), '; ')[2:], '; '), '') as assoc_actor_2,
    second_actor.inter as inter2,
    least(first_actor.inter, second_actor.inter) * 10
    + case when first_actor.inter is not null and second_actor.inter is not null then greatest(first_actor.inter, second_actor.inter) end
        as interaction,
    case when civilians.incident_id is not null then 'Civilian targeting' end as civilian_targeting,
    incident.country_iso3 as iso,
    cast(null as varchar) as region,
    incident.country,
    incident.admin1,
    cast(null as varchar) as admin2,
    cast(null as varchar) as admin3,
    incident.place as location,
    incident.latitude,
    incident.longitude,
    case when incident.where_prec = 1 then 1 when incident.where_prec in (2, 3) then 2 when incident.where_prec >= 4 then 3 end as geo_precision,
    sources.source,
    cast(null as varchar) as source_scale,
    sources.notes,
    incident.killed_best as fatalities,
    cast(null as varchar) as tags,
    epoch(build.built_at)::bigint as timestamp,
from analytics.incident as incident
inner join marts.dim_event_type as event_type using (event_type)
cross join meta.build as build
left join sources using (incident_id)
left join civilians using (incident_id)
left join sided as first_actor on first_actor.incident_id = incident.incident_id and first_actor.is_initiator
left join sided as second_actor on second_actor.incident_id = incident.incident_id and not second_actor.is_initiator
where event_type.is_violent
order by event_date nulls last, event_id_cnty
