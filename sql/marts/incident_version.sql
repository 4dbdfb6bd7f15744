-- grain: an incident's state over load time (slowly changing dimension, type 2)
with

current_state as (
    select
        incident.incident_key,
        incident.incident_id,
        event_type.event_type,
        case when location.location_key != -1 then location.name end as place,
        incident.date_start,
        incident.date_end,
        incident.date_precision,
        incident.is_aggregate,
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
        incident.type_of_violence,
        incident.conflict_name,
        incident.dyad_name,
        incident.document_count,
        incident.publisher_count,
        incident.has_conflicting_claims,
        incident.title,
        incident.confidence,
    from marts.fact_incident as incident
    inner join marts.dim_event_type as event_type using (event_type_key)
    inner join marts.dim_location as location using (location_key)
    where incident.incident_key != -1
),

-- What a withdrawn document told is forgotten with it.
earlier as (
    select *
    from staging.previous_version
    where incident_id not in (select row_id from staging.excluded where table_name = 'marts.incident_version')
),

closed as (
    select * from earlier where valid_to is not null
),

believed as (
    select * from earlier where valid_to is null
),

-- Rows that say the same but for the load times.
unchanged as (
    select believed.incident_id
    from believed
    inner join (
        select * from current_state
        intersect
        select * exclude (valid_from, valid_to) from believed
    ) as same on same.incident_id = believed.incident_id
)

select * from closed
union all by name
select believed.* replace (
    case when unchanged.incident_id is null then $loaded_at end as valid_to
)
from believed
left join unchanged using (incident_id)
union all by name
select
    current_state.*,
    $loaded_at as valid_from,
    cast(null as timestamp) as valid_to,
from current_state
left join unchanged using (incident_id)
where unchanged.incident_id is null
