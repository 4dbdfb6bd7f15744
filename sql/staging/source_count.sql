-- grain: an incident with the number of its documents and publishers
select
    report.incident_key,
    count(distinct report.document_key) filter (where report.is_counted) as document_count,
    -- unknown publishers have the key -1 and together count as one
    count(distinct report.publisher_key) filter (where report.is_source) as publisher_count,
from staging.report as report
where report.drop_code is null
group by report.incident_key
