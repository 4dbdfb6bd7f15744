-- grain: a verbal or diplomatic act in one document
select
    case when speaker.actor_key != -1 then speaker.name end as speaker,
    case when speaker.actor_key != -1 then speaker.actor_type end as speaker_type,
    speaker.country_iso3 as speaker_country_iso3,
    case when target.actor_key != -1 then target.name end as target,
    event_type.event_type as category,
    statement.said_on,
    statement.is_direct_quote,
    statement.quote,
    statement.evidence,
    case when incident.incident_key != -1 then incident.incident_id end as about_incident_id,
    case when incident.incident_key != -1 then incident.title end as about_incident,
    document.document_id,
    document.title as document_title,
    publisher.name as publisher,
    document.published_on,
    statement.confidence,
    statement.char_start,
    statement.char_end,
from marts.fact_statement as statement
inner join marts.dim_actor as speaker on speaker.actor_key = statement.speaker_actor_key
inner join marts.dim_actor as target on target.actor_key = statement.target_actor_key
inner join marts.dim_event_type as event_type using (event_type_key)
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_document as document using (document_key)
inner join marts.dim_publisher as publisher using (publisher_key)
where document.superseded_by is null
