-- grain: something that most deserves a person's look
with

incidents as (
    select * from marts.fact_incident where incident_key != -1 and document_count > 0
),

findings as (
    select
        1 as priority,
        'conflicting claims' as reason,
        incident_id,
        title,
        cast(null as varchar) as other_incident_id,
        cast(null as varchar) as other_title,
        confidence as score,
        'see analytics.conflicting_claims' as detail,
    from incidents
    where has_conflicting_claims
    union all
    select
        2,
        'near-miss link',
        a.incident_id,
        a.title,
        b.incident_id,
        b.title,
        link.score,
        link.reason,
    from marts.incident_link as link
    inner join incidents as a on a.incident_key = link.incident_key_a
    inner join incidents as b on b.incident_key = link.incident_key_b
    where link.decision = 'near_miss' and link.incident_key_a != link.incident_key_b
    union all
    select 3, 'low confidence', incident_id, title, null, null, confidence, 'check its evidence in analytics.coverage'
    from incidents
    -- of the annotated incidents below 0.7, two in five are wrong (docs/codebook.md, Confidence)
    where confidence < 0.7
    union all
    select 4, 'no place', incident_id, title, null, null, confidence, 'no place told, or none found in the gazetteer'
    from incidents
    where location_key = -1
    union all
    select 5, 'no date', incident_id, title, null, null, confidence, 'no date told, or no publication date to resolve it by'
    from incidents
    where date_start is null and date_end is null
)

select
    priority,
    reason,
    incident_id,
    title,
    other_incident_id,
    other_title,
    score,
    detail,
from findings
order by priority, score, incident_id, other_incident_id
