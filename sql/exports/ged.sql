-- grain: a single violent incident in the columns of UCDP GED; unknown numbers are empty, never 0
with

sources as (
    select
        incident_id,
        string_agg(distinct nullif(publisher, 'unknown'), '; ' order by nullif(publisher, 'unknown')) as source_office,
        string_agg(distinct document_title, '; ' order by document_title) as source_headline,
        string_agg(distinct url, '; ' order by url) as source_article,
        min(published_on) as source_date,
    from analytics.coverage
    group by incident_id
),

claimants as (
    select
        incident_id,
        string_agg(distinct claimed_by, '; ' order by claimed_by) as source_original,
    from analytics.claim
    where claimed_by is not null
    group by incident_id
)

select
    incident.incident_id as id,
    coalesce(year(incident.date_start), year(incident.date_end)) as year,
    incident.type_of_violence,
    incident.conflict_name,
    incident.dyad_name,
    incident.initiators as side_a,
    coalesce(incident.targets, incident.victims) as side_b,
    incident.publisher_count as number_of_sources,
    sources.source_article,
    sources.source_office,
    sources.source_date,
    sources.source_headline,
    claimants.source_original,
    incident.where_prec,
    incident.place as where_coordinates,
    incident.place as where_description,
    incident.admin1 as adm_1,
    cast(null as varchar) as adm_2,
    incident.latitude,
    incident.longitude,
    incident.country,
    incident.country_iso3 as country_id,
    cast(null as varchar) as region,
    1 as event_clarity,
    case
        when incident.date_precision = 'day' then 1
        when incident.date_precision = 'days' then 2
        when incident.date_precision = 'week' then 3
        when incident.date_precision = 'month' then 4
        when incident.date_precision = 'year' then 5
        when incident.date_precision = 'range' then case
            when date_diff('day', incident.date_start, incident.date_end) <= 5 then 2
            when date_diff('day', incident.date_start, incident.date_end) <= 6 then 3
            when date_diff('day', incident.date_start, incident.date_end) <= 30 then 4
            when incident.date_start is not null and incident.date_end is not null then 5
        end
    end as date_prec,
    incident.date_start,
    incident.date_end,
    cast(null as integer) as deaths_a,
    cast(null as integer) as deaths_b,
    cast(null as integer) as deaths_civilians,
    cast(null as integer) as deaths_unknown,
    incident.killed_best as best,
    incident.killed_high as high,
    incident.killed_low as low,
from analytics.incident as incident
inner join marts.dim_event_type as event_type using (event_type)
left join sources using (incident_id)
left join claimants using (incident_id)
where event_type.is_violent
order by incident.date_start nulls last, incident.date_end nulls last, id
