-- grain: a figure about the quality of this version
with

documents as (
    select * from marts.dim_document where document_key != -1
),

incidents as (
    select * from marts.fact_incident where incident_key != -1 and document_count > 0
),

figures as (
    select
        'documents' as topic,
        'without a publication date' as measure,
        count(*) filter (where published_on is null) as value,
        count(*) as total,
        'relative dates ("on Sunday") stay unknown in them; a manifest.csv can give the dates' as detail,
    from documents
    union all
    select 'documents', 'without a known publisher', count(*) filter (where publisher_key = -1), count(*), 'a manifest.csv can name the outlets' from documents
    union all
    select 'documents', 'not read', count(*) filter (where outcome != 'read'), count(*), 'another language than English, or a failure' from documents
    union all
    select 'documents', 'near-duplicates', count(*) filter (where duplicate_of is not null), count(*), 'reported, but no further source' from documents
    union all
    select 'documents', 'superseded', count(*) filter (where superseded_by is not null), count(*), 'a later version of the same file replaced them' from documents
    union all
    select 'documents', 'removed from the input', count(*) filter (where not is_present), count(*), 'kept in the warehouse' from documents
    union all
    select 'incidents', 'without any date', count(*) filter (where date_start is null and date_end is null), count(*), 'the text does not license one' from incidents
    union all
    select 'incidents', 'without a place', count(*) filter (where location_key = -1), count(*), 'no place told, or none found in the gazetteer' from incidents
    union all
    select 'incidents', 'without a number of killed', count(*) filter (where killed_best is null), count(*), 'not reported, which is not zero' from incidents
    union all
    select 'incidents', 'with conflicting claims', count(*) filter (where has_conflicting_claims), count(*), 'see analytics.conflicting_claims' from incidents
    union all
    select 'incidents', 'told by one publisher only', count(*) filter (where publisher_count <= 1), count(*), 'not corroborated' from incidents
    union all
    select 'incidents', 'aggregates', count(*) filter (where is_aggregate), count(*), 'never added to single ones' from incidents
    union all
    select 'claims', 'without a named claimant', count(*) filter (where claimed_by_actor_key = -1), count(*), 'said in the outlet''s own voice' from marts.fact_casualty_claim
    union all
    select 'claims', 'without a number', count(*) filter (where coalesce(count_low, count_high) is null), count(*), 'unclear, denied or not specified' from marts.fact_casualty_claim
    union all
    select 'quarantine', reason_code, count(*), null, min(reason) from quarantine.rejected group by reason_code
    union all
    select 'validation', severity || ' ' || outcome, count(*), cast(sum(count(*)) over () as bigint), 'expectations of this version' from meta.validation group by severity, outcome
)

select
    topic,
    measure,
    value,
    total,
    round(value / nullif(total, 0), 4) as share,
    detail,
from figures
order by topic, measure
