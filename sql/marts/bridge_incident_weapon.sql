-- grain: an incident and a weapon
select distinct
    incident_key,
    weapon_key,
from staging.argument
where drop_code is null and is_counted and weapon_key != -1
