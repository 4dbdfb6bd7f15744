-- grain: a document of the input, refused ones included (drop_code says why)
with

documents as (
    select * from input.document
),

first_source as (
    select
        document_id,
        min_by(source_file, (source_file, record_number)) as source_file,
        min_by(external_id, (source_file, record_number)) filter (where external_id is not null) as external_id,
        bool_or(is_present) as is_present,
    from input.source
    group by document_id
),

joined as (
    select
        staging.surrogate_key(['document', documents.document_id]) as document_key,
        documents.document_id,
        first_source.external_id,
        first_source.source_file,
        documents.title,
        documents.byline,
        coalesce(publisher.publisher_key, -1) as publisher_key,
        publisher.reliability_grade,
        documents.url,
        documents.published_on,
        documents.published_on_basis,
        documents.language,
        documents.word_count,
        state.duplicate_of,
        state.superseded_by,
        coalesce(first_source.is_present, false) as is_present,
        coalesce(reading.outcome, 'unread') as outcome,
        staging.utc(state.first_seen_at) as first_seen_at,
    from documents
    left join first_source using (document_id)
    left join input.document_state as state using (document_id)
    left join input.reading as reading using (document_id)
    left join staging.publisher as publisher on publisher.publisher_text = documents.publisher
)

select
    joined.*,
    -- superseded documents stay in the tables, their reports count nowhere
    joined.superseded_by is null as is_counted,
    -- a near-duplicate is read and reported, but is no further source
    joined.superseded_by is null and joined.duplicate_of is null as is_source,
    excluded.reason_code as drop_code,
    excluded.reason as drop_reason,
from joined
left join staging.excluded as excluded
    on excluded.table_name = 'marts.dim_document' and excluded.row_id = cast(joined.document_key as varchar)
