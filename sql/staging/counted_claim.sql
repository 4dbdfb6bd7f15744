-- grain: a claim that counts towards a toll in a scope: its incident as a whole (document_key null), or its document alone
-- Left out: sub-counts of a total, claims that a later one revises, denials, "unclear" and numberless claims; over all
-- documents also those of superseded documents (withdrawn) and near-duplicates (no further source).
with

claims as (
    select
        claim.*,
        document.is_source,
        document.reliability_grade,
        document.published_on,
    from staging.claim as claim
    inner join staging.document as document using (document_key)
    where claim.drop_code is null
),

-- A revision counts only where the revising claim counts itself.
revised as (
    select distinct revises_claim_key as claim_key
    from claims
    where revises_claim_key is not null and coalesce(count_low, count_high) is not null
),

initiating_sides as (
    select distinct incident_key, side_key
    from staging.argument
    where drop_code is null and role = 'initiator' and attribution != 'denied' and side_key is not null
),

numbered as (
    select
        claims.*,
        coalesce(claims.count_low, claims.count_high) as number,
        greatest(coalesce(claims.count_low, claims.count_high), coalesce(claims.count_high, claims.count_low)) as most,
        claims.count_qualifier = 'vague' as is_vague,
        -- E and F: unreliable, or not to be judged (Admiralty)
        coalesce(claims.reliability_grade not in ('E', 'F'), true) as is_reliable,
        -- best-attributed first: the outlet's own voice, international bodies and the victims' own side; then others;
        -- last the side that did it
        case
            when claims.claimed_by_actor_key = -1 then 1
            when initiating_sides.side_key is not null then 3
            when claims.claimant_side_key = claims.victim_side_key or claims.claimant_type = 'igo' then 1
            else 2
        end as attribution_rank,
        case claims.count_qualifier
            when 'exact' then 1
            when 'none' then 1
            when 'range' then 2
            when 'about' then 2
            else 3
        end as specificity_rank,
    from claims
    left join revised using (claim_key)
    left join initiating_sides
        on initiating_sides.incident_key = claims.incident_key and initiating_sides.side_key = claims.claimant_side_key
    where claims.incident_key != -1
        and claims.part_of_claim_key is null
        and revised.claim_key is null
        and claims.count_qualifier not in ('denied', 'unclear')
        and coalesce(claims.count_low, claims.count_high) is not null
)

select
    numbered.* exclude (document_key),
    cast(null as bigint) as document_key,
from numbered
where is_source
union all by name
select numbered.*
from numbered
