-- Denials
-- Question: Who denies having done what others say they did?
select incident.title, actor.name as actor, argument.role, argument.text, publisher.name as publisher
from marts.fact_incident_argument as argument
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_actor as actor on actor.actor_key = argument.actor_key
inner join marts.dim_document as document using (document_key)
inner join marts.dim_publisher as publisher using (publisher_key)
where argument.attribution = 'denied' and argument.incident_key != -1
order by incident.title, actor.name, publisher.name, argument.char_start
