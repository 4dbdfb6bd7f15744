-- grain: a document
-- Counted laterally, so that a filtered query counts for its own rows and not for all.
select
    document.document_id,
    document.title as document_title,
    publisher.name as publisher,
    document.published_on,
    document.source_file,
    document.url,
    document.published_on_basis,
    document.language,
    document.word_count,
    document.outcome,
    document.is_present,
    document.duplicate_of is not null as is_near_duplicate,
    document.superseded_by is not null as is_superseded,
    reports.incident_count,
    claims.claim_count,
    statements.statement_count,
from marts.dim_document as document
inner join marts.dim_publisher as publisher using (publisher_key)
left join lateral (
    select count(*) as incident_count
    from marts.fact_incident_report as report
    where report.document_key = document.document_key and report.incident_key != -1
) as reports on true
left join lateral (
    select count(*) as claim_count
    from marts.fact_casualty_claim as claim
    where claim.document_key = document.document_key
) as claims on true
left join lateral (
    select count(*) as statement_count
    from marts.fact_statement as statement
    where statement.document_key = document.document_key
) as statements on true
where document.document_key != -1
