-- grain: a single violent incident in the columns of ACLED; unknown fatalities are empty, never 0
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
    split_part(incident.initiators, '; ', 1) as actor1,
    nullif(array_to_string(string_split(incident.initiators, '; ')[2:], '; '), '') as assoc_actor_1,
    cast(null as integer) as inter1,
    split_part(coalesce(incident.targets, incident.victims), '; ', 1) as actor2,
    nullif(array_to_string(string_split(coalesce(incident.targets, incident.victims), '; ')[2:], '; '), '') as assoc_actor_2,
    cast(null as integer) as inter2,
    cast(null as integer) as interaction,
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
where event_type.is_violent
order by event_date nulls last, event_id_cnty
