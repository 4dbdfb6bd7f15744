-- grain: an outlet that some document names, with what the reference table knows of it
with

documents as (
    select * from input.document
),

reference_names as (
    select
        publisher_id,
        trim(lower(unnest(
            [publisher_id, name, domain]
            || string_split(coalesce(aliases, ''), ';')
            || string_split(coalesce(aliases_case_sensitive, ''), ';')
        ))) as name_lower,
    from reference.publishers
),

-- One spelling belongs to one outlet: the first by id where the table says two.
reference_lookup as (
    select name_lower, min(publisher_id) as publisher_id
    from reference_names
    where name_lower != ''
    group by name_lower
),

stated as (
    select distinct
        publisher as publisher_text,
        trim(lower(publisher)) as name_lower,
    from documents
    where trim(publisher) != ''
),

resolved as (
    select
        stated.publisher_text,
        coalesce(known.publisher_id, stated.name_lower) as publisher_id,
        coalesce(known.name, trim(stated.publisher_text)) as name,
        known.country_iso3,
        known.kind,
        known.reliability_grade,
        known.publisher_id is not null as in_reference,
    from stated
    left join reference_lookup using (name_lower)
    left join reference.publishers as known on known.publisher_id = reference_lookup.publisher_id
)

select
    publisher_text,
    staging.surrogate_key(['publisher', publisher_id]) as publisher_key,
    publisher_id,
    name,
    country_iso3,
    kind,
    reliability_grade,
    in_reference,
from resolved
