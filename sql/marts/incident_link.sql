-- grain: a pair of reports that was merged, or nearly
select
    staging.surrogate_key([
        'link', link.document_id_a, cast(link.report_no_a as varchar), link.document_id_b, cast(link.report_no_b as varchar)
    ]) as link_key,
    document_a.document_key as document_key_a,
    link.report_no_a,
    coalesce(incident_a.incident_key, -1) as incident_key_a,
    document_b.document_key as document_key_b,
    link.report_no_b,
    coalesce(incident_b.incident_key, -1) as incident_key_b,
    link.score,
    link.features,
    link.decision,
    link.reason,
from input.incident_link as link
inner join staging.document as document_a
    on document_a.document_id = link.document_id_a and document_a.drop_code is null
inner join staging.document as document_b
    on document_b.document_id = link.document_id_b and document_b.drop_code is null
left join staging.incident_of as incident_a
    on incident_a.document_id = link.document_id_a and incident_a.report_no = link.report_no_a
left join staging.incident_of as incident_b
    on incident_b.document_id = link.document_id_b and incident_b.report_no = link.report_no_b
