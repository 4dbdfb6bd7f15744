-- grain: an incident with the number of its documents and of its sources
-- A source is the document's publisher. Where a document takes all it says of an incident's toll and of who did it from
-- one media actor ("according to Reuters"), the report is that outlet's, and it is the source in the publisher's place.
-- A headline that repeats the number, and who did it in the very sentence that hands the toll on, are no words of its own;
-- one other word in the document's own voice or from anybody else, and the publisher stands.
with

names as (
    select
        publisher_id,
        trim(lower(unnest([publisher_id, name] || string_split(coalesce(aliases, ''), ';')))) as name_lower,
    from reference.publishers
),

-- The key that the outlet has, or would have, in dim_publisher.
outlets as (
    select
        actor.actor_key,
        staging.surrogate_key(['publisher', coalesce(min(names.publisher_id), lower(actor.name))]) as publisher_key,
    from staging.actor as actor
    left join names on names.name_lower = lower(actor.name)
    where actor.actor_type = 'media' and actor.drop_code is null
    group by actor.actor_key, actor.name
),

claims as (
    select
        claim.incident_key,
        claim.document_key,
        claim.char_start,
        claim.char_end,
        claim.claimed_by_actor_key as source_key,
        -- who else in the document is said to give this very number; null: nobody
        max(nullif(claim.claimed_by_actor_key, -1)) over (
            partition by claim.incident_key, claim.document_key, claim.kind, claim.count_low, claim.count_high
        ) as handed_on_from_key,
    from staging.claim as claim
    where claim.drop_code is null and claim.incident_key != -1
),

-- Who says the toll and who did it; -1: the document itself.
said as (
    select
        incident_key,
        document_key,
        case when source_key = -1 then coalesce(handed_on_from_key, -1) else source_key end as source_key,
    from claims
    union all
    select
        argument.incident_key,
        argument.document_key,
        case
            when argument.attributed_by_actor_key = -1 then coalesce(max(nullif(claims.source_key, -1)), -1)
            else argument.attributed_by_actor_key
        end as source_key,
    from staging.argument as argument
    left join claims
        on claims.incident_key = argument.incident_key
        and claims.document_key = argument.document_key
        and argument.char_start >= claims.char_start
        and argument.char_end <= claims.char_end
    where argument.drop_code is null and argument.role in ('initiator', 'claimant')
    group by argument.incident_key, argument.document_key, argument.argument_key, argument.attributed_by_actor_key
),

credited as (
    select said.incident_key, said.document_key, min(outlets.publisher_key) as publisher_key
    from said
    left join outlets on outlets.actor_key = said.source_key
    group by said.incident_key, said.document_key
    having count(distinct said.source_key) = 1 and min(outlets.publisher_key) is not null
)

select
    report.incident_key,
    count(distinct report.document_key) filter (where report.is_counted) as document_count,
    -- unknown publishers have the key -1 and together count as one
    count(distinct coalesce(credited.publisher_key, report.publisher_key)) filter (where report.is_source)
        as publisher_count,
from staging.report as report
left join credited using (incident_key, document_key)
where report.drop_code is null
group by report.incident_key
