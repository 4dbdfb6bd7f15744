-- grain: an incident whose sources contradict each other
with

claims as (
    select
        claim.incident_key,
        claim.claim_key,
        claim.kind,
        claim.count_qualifier,
        claim.victim_class,
        claim.victim_actor_key,
        claim.count_low,
        claim.count_high,
        claim.part_of_claim_key,
    from staging.claim as claim
    inner join staging.document as document using (document_key)
    where claim.drop_code is null and document.is_source and claim.incident_key != -1
),

counted as (
    select *
    from staging.counted_claim
    where document_key is null
),

-- Same kind, same victims as far as told, and intervals that have no number in common.
rival_tolls as (
    select distinct a.incident_key
    from counted as a
    inner join counted as b
        on b.incident_key = a.incident_key and b.kind = a.kind and b.claim_key > a.claim_key
    where (a.victim_class = b.victim_class or a.victim_class in ('unknown', 'mixed') or b.victim_class in ('unknown', 'mixed'))
        and (a.victim_actor_key = b.victim_actor_key or a.victim_actor_key = -1 or b.victim_actor_key = -1)
        and (
            coalesce(a.count_low, 0) > coalesce(b.count_high, 2147483647)
            or coalesce(b.count_low, 0) > coalesce(a.count_high, 2147483647)
        )
),

denied_tolls as (
    select incident_key
    from claims
    group by incident_key, kind
    having bool_or(count_qualifier = 'denied')
        and bool_or(count_qualifier not in ('denied', 'unclear', 'none') and coalesce(count_high, count_low, 1) > 0)
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
