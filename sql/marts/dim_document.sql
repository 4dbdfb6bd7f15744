-- grain: a document
select
    document_key,
    document_id,
    external_id,
    source_file,
    title,
    byline,
    publisher_key,
    url,
    published_on,
    staging.date_key(published_on) as published_date_key,
    published_on_basis,
    language,
    word_count,
    duplicate_of,
    superseded_by,
    is_present,
    outcome,
from staging.document
where drop_code is null
union all by name
select
    -1 as document_key,
    'unknown' as document_id,
    -1 as publisher_key,
    -1 as published_date_key,
    'unknown' as published_on_basis,
    0 as word_count,
    false as is_present,
    'unread' as outcome,
