-- grain: an actor number of a document that stands for a loaded actor
select
    map.document_id,
    map.actor_no,
    actor.actor_key,
    actor.side_key,
    actor.actor_type,
from input.actor_map as map
inner join staging.actor as actor on actor.actor_id = map.actor_id and actor.drop_code is null
