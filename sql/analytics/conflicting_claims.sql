-- grain: a statement about an incident whose sources contradict each other
with

contested as (
    select incident_key, incident_id, title
    from marts.fact_incident
    where has_conflicting_claims and not is_aggregate and incident_key != -1 and document_count > 0
),

documents as (
    select
        document.document_key,
        document.document_id,
        document.title as document_title,
        publisher.name as publisher,
        document.published_on,
    from marts.dim_document as document
    inner join marts.dim_publisher as publisher using (publisher_key)
    where document.superseded_by is null and document.duplicate_of is null and document.document_key != -1
),

tolls as (
    select
        contested.incident_id,
        contested.title as incident_title,
        claim.kind as topic,
        case when claimant.actor_key = -1 then documents.publisher else claimant.name end as who_says,
        coalesce(claim.count_text, claim.count_qualifier) as claim,
        claim.count_low,
        claim.count_high,
        claim.count_qualifier,
        claim.victims,
        documents.* exclude (document_key),
        claim.evidence,
        claim.char_start,
        claim.char_end,
    from marts.fact_casualty_claim as claim
    inner join contested using (incident_key)
    inner join documents using (document_key)
    inner join marts.dim_actor as claimant on claimant.actor_key = claim.claimed_by_actor_key
    where claim.part_of_claim_key is null
),

roles as (
    select
        contested.incident_id,
        contested.title as incident_title,
        'initiator' as topic,
        case when source.actor_key = -1 then documents.publisher else source.name end as who_says,
        actor.name || ': ' || argument.attribution as claim,
        cast(null as integer) as count_low,
        cast(null as integer) as count_high,
        cast(null as varchar) as count_qualifier,
        cast(null as varchar) as victims,
        documents.* exclude (document_key),
        report.evidence,
        report.char_start,
        report.char_end,
    from marts.fact_incident_argument as argument
    inner join contested using (incident_key)
    inner join documents using (document_key)
    inner join marts.dim_actor as actor on actor.actor_key = argument.actor_key and actor.actor_key != -1
    inner join marts.dim_actor as source on source.actor_key = argument.attributed_by_actor_key
    inner join marts.fact_incident_report as report
        on report.incident_key = argument.incident_key and report.document_key = argument.document_key
    where argument.role in ('initiator', 'claimant')
)

select * from tolls
union all by name
select * from roles
order by incident_id, topic, published_on, document_id, claim
