-- grain: a resolved place
select
    location_key,
    place_id,
    name,
    kind,
    admin1,
    country_iso3,
    latitude,
    longitude,
    geonames_id,
    where_prec,
from staging.place
where drop_code is null
union all by name
select -1 as location_key, 'unknown' as place_id, 'unknown' as name, 'region' as kind
