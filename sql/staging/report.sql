-- grain: a report of reading with the incident it was resolved to, refused ones included
with

mapped as (
    select
        report.*,
        document.document_key,
        document.is_counted,
        document.is_source,
        document.publisher_key,
        map.incident_id,
        staging.surrogate_key(['incident', map.incident_id]) as incident_key,
        document.drop_code as document_drop_code,
    from input.report as report
    inner join staging.document as document using (document_id)
    left join input.incident_map as map using (document_id, report_no)
)

select
    mapped.*,
    case
        when mapped.document_drop_code is not null then 'dependant'
        when mapped.incident_id is null then 'unresolved'
        when refused_incident.reason_code is not null then 'dependant'
        else refused_report.reason_code
    end as drop_code,
    case
        when mapped.document_drop_code is not null then 'its document was refused'
        when mapped.incident_id is null then 'resolution gave it no incident'
        when refused_incident.reason_code is not null then 'its incident was refused'
        else refused_report.reason
    end as drop_reason,
from mapped
left join staging.excluded as refused_incident
    on refused_incident.table_name = 'marts.fact_incident'
    and refused_incident.row_id = cast(mapped.incident_key as varchar)
left join staging.excluded as refused_report
    on refused_report.table_name = 'marts.fact_incident_report'
    and refused_report.row_id = mapped.incident_key || '|' || mapped.document_key
