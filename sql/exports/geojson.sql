-- grain: a single incident with coordinates
select
    incident_id,
    title,
    event_type,
    date_start,
    date_end,
    date_precision,
    place,
    country_iso3,
    where_prec,
    initiators,
    targets,
    victims,
    killed_low,
    killed_best,
    killed_high,
    injured_low,
    injured_best,
    injured_high,
    document_count,
    publisher_count,
    has_conflicting_claims,
    confidence,
    latitude,
    longitude,
from analytics.incident
where latitude is not null and longitude is not null
order by date_start nulls last, incident_id
