-- grain: one content with the metadata of all its sources, whatever their order
with content as (
    select c.*, s.first_seen_at
    from read_parquet($batches, union_by_name = true, filename = true) as c
    join staging.content as s
        on s.document_id = c.document_id and s.batch = parse_filename(c.filename)
),
described as ( -- what each source says, the manifest after the source's own columns
    select
        s.document_id, s.source_file, s.record_number, s.is_present, s.external_id,
        coalesce(s.url, m.url) as url,
        coalesce(s.publisher, m.publisher) as publisher,
        s.given_on,
        m.published_on as manifest_on
    from staging.source as s
    left join staging.manifest as m on m.source_file = s.source_file and s.record_number = 0
),
ranked as (
    select
        *,
        row_number() over (
            partition by document_id order by is_present desc, source_file, record_number
        ) as rank
    from described
),
merged as ( -- the first source that says something wins
    select
        document_id,
        arg_min(url, rank) filter (where url is not null) as url,
        arg_min(publisher, rank) filter (where publisher is not null) as publisher,
        arg_min(given_on, rank) filter (where given_on is not null) as given_on,
        arg_min(manifest_on, rank) filter (where manifest_on is not null) as manifest_on,
        bool_or(is_present) as is_present
    from ranked
    group by document_id
),
replaced as ( -- gone from the file or record in which another content now stands
    select old.document_id, min(new.document_id) as superseded_by
    from staging.source as old
    join staging.source as new
        on new.source_file = old.source_file
        and new.is_present
        and new.document_id <> old.document_id
        and (
            (old.record_number = 0 and new.record_number = 0)
            or (old.external_id is not null and new.external_id = old.external_id)
        )
    join merged on merged.document_id = old.document_id and not merged.is_present
    where not old.is_present
    group by old.document_id
),
dated as (
    select
        c.* exclude (filename, stated_on),
        m.publisher,
        m.url,
        coalesce(c.stated_on, m.given_on, m.manifest_on) as published_on,
        case
            when c.stated_on is not null then 'stated'
            when m.given_on is not null then 'given'
            when m.manifest_on is not null then 'manifest'
            else 'unknown'
        end as published_on_basis,
        c.stated_on is not null and coalesce(m.given_on, m.manifest_on, c.stated_on) <> c.stated_on as is_date_contradicted,
        r.superseded_by
    from content as c
    join merged as m on m.document_id = c.document_id
    left join replaced as r on r.document_id = c.document_id
    where c.document_id not in (select document_id from staging.withdrawn)
)
select
    d.*,
    left(sha256(concat_ws(chr(0), clean_text, title_end::varchar, language,
        coalesce(published_on::varchar, ''), coalesce(publisher, ''))), 20) as content_hash
from dated as d
order by document_id
