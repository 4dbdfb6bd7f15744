-- grain: one mention in one document
select
    mention_key,
    document_key,
    entity_type,
    text,
    char_start,
    char_end,
    actor_key,
    location_key,
    weapon_key,
    confidence,
from staging.entity_mention
where drop_code is null and repeat = 1
