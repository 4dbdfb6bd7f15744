-- grain: a claim that counts towards a toll in a scope: its incident as a whole (document_key null), or its document alone
-- Coordinated claims ("four soldiers and at least three civilians were killed") are one claim, that of the first of them:
-- its bounds are the sums, and a bound that one of them leaves open stays open. People without any number beside them
-- ("soldiers and three civilians") open the upper bound only: at least the three were killed.
-- Left out: sub-counts of a total, claims that a later one revises, denials, "unclear" and numberless claims; over all
-- documents also those of superseded documents (withdrawn), near-duplicates (no further source), and counts that a later
-- report brought up to date.
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

ranked as (
    select
        claims.*,
        coalesce(claims.addend_group_key, claims.claim_key) as sum_key,
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
        and (
            coalesce(claims.count_low, claims.count_high) is not null
            or (claims.count_qualifier = 'unspecified' and claims.addend_group_key is not null)
        )
),

summed as (
    select
        sum_key as claim_key,
        incident_key,
        document_key,
        kind,
        is_source,
        is_reliable,
        published_on,
        case when bool_and(count_low is not null or count_qualifier = 'unspecified') then sum(count_low) end as count_low,
        case when bool_and(count_high is not null) then sum(count_high) end as count_high,
        sum(coalesce(count_low, count_high)) as number,
        sum(coalesce(count_high, count_low)) as most,
        bool_or(count_qualifier = 'vague') as is_vague,
        max(attribution_rank) as attribution_rank,
        max(specificity_rank) as specificity_rank,
        -- Who may bring whose count up to date: the best-attributed each other, others only their own side.
        case
            when max(attribution_rank) = 1 then 'best'
            when count(distinct claimant_side_key) = 1
                then cast(min(claimant_side_key) as varchar)
        end as source_kind,
        case when count(distinct victim_class) = 1 then min(victim_class) else 'mixed' end as victim_class,
        case when count(distinct victim_actor_key) = 1 then min(victim_actor_key) else -1 end as victim_actor_key,
        min(confidence) as confidence,
        list(
            {
                'victim_class': victim_class,
                'victim_actor_key': victim_actor_key,
                'count_low': count_low,
                'count_high': count_high
            }
            order by claim_key
        ) as addends,
    from ranked
    group by sum_key, incident_key, document_key, kind, is_source, is_reliable, published_on
),

-- A sum fits the INTEGER of a toll.
numbered as (
    select * replace (
        cast(case when count_low > 2147483647 then 2147483647 else count_low end as integer) as count_low,
        cast(case when count_high > 2147483647 then 2147483647 else count_high end as integer) as count_high,
        cast(case when number > 2147483647 then 2147483647 else number end as integer) as number,
        cast(case when most > 2147483647 then 2147483647 else most end as integer) as most
    )
    from summed
    where number is not null
),

-- A toll that rises while rescuers dig: the same kind of source counts more of the same people in a report of the month
-- after. More than tenfold is rather another toll, and zero that becomes a number a contradiction.
outdated as (
    select distinct earlier.claim_key
    from numbered as earlier
    inner join numbered as later
        on later.incident_key = earlier.incident_key
        and later.kind = earlier.kind
        and later.source_kind = earlier.source_kind
    where earlier.is_source and later.is_source
        and later.is_reliable
        and not (earlier.is_vague or later.is_vague)
        and later.published_on > earlier.published_on
        and later.published_on <= earlier.published_on + 30
        and later.number > earlier.most
        and later.number <= 10 * cast(earlier.most as bigint)
        and (earlier.victim_class = later.victim_class or 'unknown' in (earlier.victim_class, later.victim_class))
        and (earlier.victim_actor_key = later.victim_actor_key or -1 in (earlier.victim_actor_key, later.victim_actor_key))
)

select
    numbered.* exclude (document_key, source_kind),
    cast(null as bigint) as document_key,
from numbered
left join outdated using (claim_key)
where is_source and outdated.claim_key is null
union all by name
select numbered.* exclude (source_kind)
from numbered
