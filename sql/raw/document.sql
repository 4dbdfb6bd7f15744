-- grain: one content, whatever number of files hold it
select
    document.document_id,
    document.title,
    case when $is_text_published then document.raw_text end as raw_text,
    document.encoding,
    document.media_type,
    kept.first_seen_at,
from input.document as document
inner join staging.document as kept on kept.document_id = document.document_id and kept.drop_code is null
