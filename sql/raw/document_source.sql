-- grain: one input file or record
select
    source.document_id,
    source.source_file,
    source.record_number,
    source.external_id,
    source.bytes_hash,
    staging.utc(source.first_seen_at) as first_seen_at,
    staging.utc(source.last_seen_at) as last_seen_at,
    source.is_present,
from input.source as source
inner join staging.document as kept on kept.document_id = source.document_id and kept.drop_code is null
