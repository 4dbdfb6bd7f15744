-- grain: a casualty statement in one document
with

revised as (
    select distinct revises_claim_key as claim_key
    from marts.fact_casualty_claim
    where revises_claim_key is not null
)

select
    case when incident.incident_key != -1 then incident.incident_id end as incident_id,
    case when incident.incident_key != -1 then incident.title end as incident_title,
    case when incident.incident_key != -1 then incident.is_aggregate end as is_aggregate,
    claim.kind,
    claim.count_low,
    claim.count_high,
    claim.count_qualifier,
    claim.count_text,
    claim.victims,
    claim.victim_class,
    case when victim.actor_key != -1 then victim.name end as victim_side,
    case when claimant.actor_key != -1 then claimant.name end as claimed_by,
    claim.part_of_claim_key is not null as is_sub_count,
    revised.claim_key is not null as is_revised,
    document.document_id,
    document.title as document_title,
    publisher.name as publisher,
    document.published_on,
    document.duplicate_of is not null as is_near_duplicate,
    claim.evidence,
    claim.char_start,
    claim.char_end,
    claim.confidence,
from marts.fact_casualty_claim as claim
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_document as document using (document_key)
inner join marts.dim_publisher as publisher using (publisher_key)
inner join marts.dim_actor as victim on victim.actor_key = claim.victim_actor_key
inner join marts.dim_actor as claimant on claimant.actor_key = claim.claimed_by_actor_key
left join revised on revised.claim_key = claim.claim_key
where document.superseded_by is null
