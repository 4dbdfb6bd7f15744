-- grain: a weapon that some document names, by its canonical name
with

named as (
    select weapon as name from input.entity_mention where weapon is not null
    union
    select weapon as name from input.argument where weapon is not null
),

classes as (
    select name, min(weapon_class) as weapon_class
    from reference.weapons
    group by name
)

select
    staging.surrogate_key(['weapon', named.name]) as weapon_key,
    named.name,
    coalesce(classes.weapon_class, 'other') as weapon_class,
from named
left join classes using (name)
