-- grain: a document
with

reports as (
    select document_key, count(*) as incident_count
    from marts.fact_incident_report
    where incident_key != -1
    group by document_key
),

claims as (
    select document_key, count(*) as claim_count
    from marts.fact_casualty_claim
    group by document_key
),

statements as (
    select document_key, count(*) as statement_count
    from marts.fact_statement
    group by document_key
)

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
    coalesce(reports.incident_count, 0) as incident_count,
    coalesce(claims.claim_count, 0) as claim_count,
    coalesce(statements.statement_count, 0) as statement_count,
from marts.dim_document as document
inner join marts.dim_publisher as publisher using (publisher_key)
left join reports using (document_key)
left join claims using (document_key)
left join statements using (document_key)
where document.document_key != -1
