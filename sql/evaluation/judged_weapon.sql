-- grain: a weapon
select weapon_key, name
from marts.dim_weapon
