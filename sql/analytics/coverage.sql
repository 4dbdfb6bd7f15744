-- grain: a document that reports an incident
select
    incident.incident_id,
    incident.title as incident_title,
    incident.is_aggregate,
    document.document_id,
    document.title as document_title,
    publisher.name as publisher,
    document.published_on,
    document.url,
    document.duplicate_of is not null as is_near_duplicate,
    report.date_text,
    report.date_start,
    report.date_end,
    report.killed_low,
    report.killed_high,
    report.injured_low,
    report.injured_high,
    report.evidence,
    report.char_start,
    report.char_end,
    report.confidence,
from marts.fact_incident_report as report
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_document as document using (document_key)
inner join marts.dim_publisher as publisher using (publisher_key)
where report.incident_key != -1 and document.superseded_by is null
