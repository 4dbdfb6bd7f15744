-- grain: a resolved actor, a person or a collective
with

kept as (
    select * from staging.actor where drop_code is null
)

select
    kept.actor_key,
    kept.actor_id,
    kept.name,
    kept.actor_type,
    kept.country_iso3,
    kept.backer,
    coalesce(parent.actor_key, -1) as parent_actor_key,
    kept.aliases,
    kept.in_reference,
    kept.is_generic,
from kept
left join kept as parent on parent.actor_key = kept.parent_actor_key
union all by name
select
    -1 as actor_key,
    'unknown' as actor_id,
    'unknown' as name,
    'other' as actor_type,
    -1 as parent_actor_key,
    [] as aliases,
    false as in_reference,
    false as is_generic,
