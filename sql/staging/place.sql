-- grain: a resolved place, refused ones included
with

places as (
    select
        *,
        staging.surrogate_key(['place', place_id]) as location_key,
    from input.resolved_place
)

select
    places.*,
    excluded.reason_code as drop_code,
    excluded.reason as drop_reason,
from places
left join staging.excluded as excluded
    on excluded.table_name = 'marts.dim_location' and excluded.row_id = cast(places.location_key as varchar)
