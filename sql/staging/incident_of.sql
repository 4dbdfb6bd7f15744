-- grain: a report number of a document that stands for a loaded incident
select
    document_id,
    report_no,
    document_key,
    incident_key,
from staging.report
where drop_code is null
