-- Groups with a sponsor
-- Question: Which armed groups act that a state is said to back?
select actor.name, actor.backer, actor.country_iso3, actor.is_generic, count(distinct bridge.incident_key) as incident_count
from marts.dim_actor as actor
inner join marts.bridge_incident_actor as bridge using (actor_key)
where actor.backer is not null and bridge.role = 'initiator' and bridge.attribution != 'denied'
group by all
order by incident_count desc, actor.name
