-- grain: a resolved actor, refused ones included; side_key is the end of its chain of parents
with recursive

actors as (
    select
        *,
        staging.surrogate_key(['actor', actor_id]) as actor_key,
    from input.resolved_actor
),

-- Eight steps are more than any real hierarchy has, and stop a circular one.
chain as (
    select
        actor_id,
        actor_id as ancestor_id,
        0 as step,
    from actors
    union all
    select
        chain.actor_id,
        actors.parent_actor_id as ancestor_id,
        chain.step + 1 as step,
    from chain
    inner join actors on actors.actor_id = chain.ancestor_id
    inner join actors as parent on parent.actor_id = actors.parent_actor_id
    where chain.step < 8
),

sides as (
    select actor_id, max_by(ancestor_id, step) as side_id
    from chain
    group by actor_id
)

select
    actors.actor_key,
    actors.actor_id,
    actors.name,
    actors.actor_type,
    actors.country_iso3,
    actors.backer_iso3 as backer,
    coalesce(parent.actor_key, -1) as parent_actor_key,
    coalesce(actors.aliases, []) as aliases,
    actors.in_reference,
    actors.is_generic,
    staging.surrogate_key(['actor', sides.side_id]) as side_key,
    excluded.reason_code as drop_code,
    excluded.reason as drop_reason,
from actors
left join actors as parent on parent.actor_id = actors.parent_actor_id
left join sides on sides.actor_id = actors.actor_id
left join staging.excluded as excluded
    on excluded.table_name = 'marts.dim_actor' and excluded.row_id = cast(actors.actor_key as varchar)
