-- grain: a weapon or means that some document names
select
    weapon_key,
    name,
    weapon_class,
from staging.weapon
union all by name
select -1 as weapon_key, 'unknown' as name, 'other' as weapon_class
