-- grain: a kind of event
select
    staging.surrogate_key(['event_type', event_type]) as event_type_key,
    event_type,
    plover_category,
    plover_mode,
    cameo_root,
    cast(quad_class as integer) as quad_class,
    cast(goldstein as double) as goldstein,
    acled_event_type,
    acled_sub_event_type,
    cast(is_violent as boolean) as is_violent,
    description,
from reference.event_types
union all by name
select -1 as event_type_key, 'unknown' as event_type, false as is_violent
