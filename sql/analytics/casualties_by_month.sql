-- grain: a month, a country and a kind of violence
with

singles as (
    select incident.*
    from marts.fact_incident as incident
    left join marts.fact_incident as whole
        on whole.incident_key = incident.part_of_incident_key and whole.incident_key != -1
    where incident.incident_key != -1
        and not incident.is_aggregate
        and incident.document_count > 0
        -- what is part of another single incident is in that one's toll already
        and coalesce(whole.is_aggregate, true)
),

within_a_month as (
    select *, date_trunc('month', date_start)::date as month
    from singles
    where date_trunc('month', date_start) = date_trunc('month', date_end)
),

countries as (
    select country_iso3, min(name) as country
    from marts.dim_location
    where kind = 'country' and location_key != -1
    group by country_iso3
)

select
    incident.month,
    location.country_iso3,
    countries.country,
    incident.type_of_violence,
    count(*) as incident_count,
    count(incident.killed_best) as incidents_with_toll,
    cast(sum(incident.killed_low) as bigint) as killed_low,
    cast(sum(incident.killed_best) as bigint) as killed_best,
    cast(sum(incident.killed_high) as bigint) as killed_high,
    cast(sum(incident.injured_low) as bigint) as injured_low,
    cast(sum(incident.injured_best) as bigint) as injured_best,
    cast(sum(incident.injured_high) as bigint) as injured_high,
from within_a_month as incident
inner join marts.dim_location as location using (location_key)
left join countries using (country_iso3)
group by all
order by month, country_iso3, type_of_violence
