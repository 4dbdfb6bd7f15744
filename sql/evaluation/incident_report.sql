-- grain: an incident as told by one file
select
    incident.incident_id,
    event_type.event_type,
    incident.date_start,
    incident.is_aggregate,
    document.source_file,
from marts.fact_incident_report as report
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_event_type as event_type on event_type.event_type_key = incident.event_type_key
inner join marts.dim_document as document using (document_key)
order by all
