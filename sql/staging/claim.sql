-- grain: a casualty claim of reading with its keys, refused ones included
with

keyed as (
    select
        claim.*,
        staging.surrogate_key(['claim', claim.document_id, cast(claim.claim_no as varchar)]) as claim_key,
        document.document_key,
        document.drop_code as document_drop_code,
        incident.incident_key,
        coalesce(victim.actor_key, -1) as victim_actor_key,
        victim.side_key as victim_side_key,
        coalesce(claimant.actor_key, -1) as claimed_by_actor_key,
        claimant.side_key as claimant_side_key,
        claimant.actor_type as claimant_type,
    from input.claim as claim
    inner join staging.document as document using (document_id)
    left join staging.incident_of as incident using (document_id, report_no)
    left join staging.actor_of as victim
        on victim.document_id = claim.document_id and victim.actor_no = claim.victim_actor_no
    left join staging.actor_of as claimant
        on claimant.document_id = claim.document_id and claimant.actor_no = claim.claimed_by_actor_no
),

judged as (
    select
        keyed.*,
        case
            when keyed.document_drop_code is not null then 'dependant'
            when keyed.report_no is not null and keyed.incident_key is null then 'dependant'
            when greatest(abs(keyed.count_low), abs(keyed.count_high)) > 2147483647 then 'count_too_large'
            else excluded.reason_code
        end as drop_code,
        case
            when keyed.document_drop_code is not null then 'its document was refused'
            when keyed.report_no is not null and keyed.incident_key is null then 'its report was refused'
            when greatest(abs(keyed.count_low), abs(keyed.count_high)) > 2147483647 then 'the count does not fit an INTEGER'
            else excluded.reason
        end as drop_reason,
    from keyed
    left join staging.excluded as excluded
        on excluded.table_name = 'marts.fact_casualty_claim' and excluded.row_id = cast(keyed.claim_key as varchar)
)

select
    judged.* exclude (incident_key),
    coalesce(judged.incident_key, -1) as incident_key,
    total.claim_key as part_of_claim_key,
    earlier.claim_key as revises_claim_key,
    addend.claim_key as addend_group_key,
from judged
left join judged as total
    on total.document_id = judged.document_id
    and total.claim_no = judged.part_of_claim_no
    and total.drop_code is null
left join judged as earlier
    on earlier.document_id = judged.document_id
    and earlier.claim_no = judged.revises_claim_no
    and earlier.drop_code is null
left join judged as addend
    on addend.document_id = judged.document_id
    and addend.claim_no = judged.addend_group_no
    and addend.drop_code is null
