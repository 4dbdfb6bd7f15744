-- grain: one real-world physical incident, resolved across documents
with

incidents as (
    select * from staging.incident where drop_code is null
),

tolls as (
    select
        incident_key,
        min(low) filter (where kind = 'killed') as killed_low,
        min(best) filter (where kind = 'killed') as killed_best,
        min(high) filter (where kind = 'killed') as killed_high,
        min(low) filter (where kind = 'injured') as injured_low,
        min(best) filter (where kind = 'injured') as injured_best,
        min(high) filter (where kind = 'injured') as injured_high,
        min(low) filter (where kind = 'missing') as missing_low,
        min(best) filter (where kind = 'missing') as missing_best,
        min(high) filter (where kind = 'missing') as missing_high,
        min(low) filter (where kind = 'captured') as captured_low,
        min(best) filter (where kind = 'captured') as captured_best,
        min(high) filter (where kind = 'captured') as captured_high,
    from staging.toll
    where document_key is null
    group by incident_key
)

select
    incidents.incident_key,
    incidents.incident_id,
    coalesce(event_type.event_type_key, -1) as event_type_key,
    coalesce(place.location_key, -1) as location_key,
    case when incidents.date_precision = 'day' then staging.date_key(incidents.date_start) else -1 end as start_date_key,
    case when incidents.date_precision = 'day' then staging.date_key(incidents.date_end) else -1 end as end_date_key,
    incidents.date_start,
    incidents.date_end,
    incidents.date_precision,
    incidents.is_aggregate,
    incidents.attack_count_low,
    incidents.attack_count_high,
    incidents.target_count_low,
    incidents.target_count_high,
    coalesce(whole.incident_key, -1) as part_of_incident_key,
    tolls.killed_low,
    tolls.killed_best,
    tolls.killed_high,
    tolls.injured_low,
    tolls.injured_best,
    tolls.injured_high,
    tolls.missing_low,
    tolls.missing_best,
    tolls.missing_high,
    tolls.captured_low,
    tolls.captured_best,
    tolls.captured_high,
    incidents.type_of_violence,
    incidents.conflict_name,
    incidents.dyad_name,
    coalesce(source_count.document_count, 0) as document_count,
    coalesce(source_count.publisher_count, 0) as publisher_count,
    conflict.incident_key is not null as has_conflicting_claims,
    incidents.title,
    incidents.confidence,
from incidents
left join marts.dim_event_type as event_type on event_type.event_type = incidents.event_type
left join staging.place as place on place.place_id = incidents.place_id and place.drop_code is null
left join incidents as whole on whole.incident_id = incidents.part_of_incident_id
left join tolls on tolls.incident_key = incidents.incident_key
left join staging.source_count as source_count on source_count.incident_key = incidents.incident_key
left join staging.conflict as conflict on conflict.incident_key = incidents.incident_key
union all by name
select
    -1 as incident_key,
    'unknown' as incident_id,
    -1 as event_type_key,
    -1 as location_key,
    -1 as start_date_key,
    -1 as end_date_key,
    'unknown' as date_precision,
    false as is_aggregate,
    -1 as part_of_incident_key,
    0 as document_count,
    0 as publisher_count,
    false as has_conflicting_claims,
    'no incident' as title,
    0.0 as confidence,
