-- Threats before attacks
-- Question: Which attacks followed within 30 days of a published threat by the same side?
with

threats as (
    select statement.speaker_actor_key as actor_key, coalesce(statement.said_on, document.published_on) as day, statement.evidence
    from marts.fact_statement as statement
    inner join marts.dim_event_type as event_type using (event_type_key)
    inner join marts.dim_document as document using (document_key)
    where event_type.event_type = 'THREATEN' and statement.speaker_actor_key != -1 and document.superseded_by is null
)

select actor.name as actor, threats.day as threatened_on, threats.evidence as threat, incident.date_start as attacked_on, incident.title
from threats
inner join marts.bridge_incident_actor as bridge on bridge.actor_key = threats.actor_key and bridge.role = 'initiator'
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_actor as actor on actor.actor_key = threats.actor_key
where incident.date_precision = 'day' and not incident.is_aggregate
    and incident.date_start between threats.day and threats.day + interval 30 days
order by actor, threatened_on, attacked_on, incident.title
