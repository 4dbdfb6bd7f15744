-- grain: an incident whose sources contradict each other
with

claims as (
    select
        claim.incident_key,
        claim.kind,
        claim.count_qualifier,
        claim.victim_class,
        claim.count_low,
        claim.count_high,
    from staging.claim as claim
    inner join staging.document as document using (document_key)
    where claim.drop_code is null and document.is_source and claim.incident_key != -1
),

-- The same number of the same people contradicts nothing twice.
counted as (
    select incident_key, kind, addends, victim_class, victim_actor_key, min(claim_key) as claim_key,
    from staging.counted_claim
    where document_key is null
    group by all
),

addends as (
    select incident_key, kind, claim_key, len(addends) = 1 as is_only, unnest(addends, max_depth := 2),
    from counted
),

-- What a claim says of the people that another one is about: "five soldiers and three civilians" says eight to "eight
-- people", and five to "seven soldiers". Coordinated people of no class may be among them: they raise the upper bound.
compared as (
    select
        addends.incident_key,
        addends.claim_key,
        other.claim_key as other_key,
        coalesce(sum(addends.count_low) filter (
            addends.is_only or addends.victim_class = other.victim_class or other.victim_class in ('unknown', 'mixed')
        ), 0) as low,
        case when bool_and(addends.count_high is not null) then sum(addends.count_high) end as high,
    from addends
    inner join counted as other
        on other.incident_key = addends.incident_key
        and other.kind = addends.kind
        and other.claim_key != addends.claim_key
    where (
            addends.victim_class = other.victim_class
            or addends.victim_class in ('unknown', 'mixed')
            or other.victim_class in ('unknown', 'mixed')
        )
        and (
            addends.victim_actor_key = other.victim_actor_key
            or addends.victim_actor_key = -1
            or other.victim_actor_key = -1
        )
    group by addends.incident_key, addends.claim_key, other.claim_key
),

-- Same kind, same victims as far as told, and intervals that have no number in common.
rival_tolls as (
    select distinct a.incident_key
    from compared as a
    inner join compared as b
        on b.incident_key = a.incident_key and b.claim_key = a.other_key and b.other_key = a.claim_key
    where a.low > b.high
),

-- Who denies that soldiers died does not contradict who counts the dead, unless as soldiers.
denied_tolls as (
    select distinct denial.incident_key
    from claims as denial
    inner join claims as claim using (incident_key, kind)
    where denial.count_qualifier = 'denied'
        and claim.count_qualifier not in ('denied', 'unclear', 'none')
        and coalesce(claim.count_high, claim.count_low, 1) > 0
        and (denial.victim_class in ('unknown', 'mixed') or denial.victim_class = claim.victim_class)
),

-- Somebody denies what somebody else says of the same side.
denied_roles as (
    select argument.incident_key
    from staging.argument as argument
    where argument.drop_code is null and argument.is_counted
        and argument.role in ('initiator', 'claimant') and argument.actor_key != -1
    group by argument.incident_key, argument.side_key
    having bool_or(argument.attribution = 'denied') and bool_or(argument.attribution != 'denied')
)

select incident_key from rival_tolls
union
select incident_key from denied_tolls
union
select incident_key from denied_roles
