-- grain: an incident and a place
with

places as (
    select incident_key, location_key, false as is_primary
    from staging.argument
    where drop_code is null and is_counted and location_key != -1
    union all
    select incident_key, location_key, true as is_primary
    from marts.fact_incident
    where incident_key != -1 and location_key != -1
)

select
    incident_key,
    location_key,
    bool_or(is_primary) as is_primary,
from places
group by incident_key, location_key
