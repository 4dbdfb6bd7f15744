-- Weapons
-- Question: With what were attacks made, and how deadly were they?
select
    weapon.weapon_class,
    count(distinct incident.incident_key) as incident_count,
    string_agg(distinct weapon.name, ', ' order by weapon.name) as weapons,
    max(incident.killed_best) as deadliest,
from marts.bridge_incident_weapon as bridge
inner join marts.dim_weapon as weapon using (weapon_key)
inner join marts.fact_incident as incident using (incident_key)
where not incident.is_aggregate
group by all
order by incident_count desc, weapon_class
