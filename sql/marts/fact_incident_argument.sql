-- grain: one filler of one role of one incident in one document
select
    argument_key,
    incident_key,
    document_key,
    role,
    attribution,
    attributed_by_actor_key,
    text,
    filler_type,
    actor_key,
    location_key,
    weapon_key,
    char_start,
    char_end,
    confidence,
from staging.argument
where drop_code is null and repeat = 1
