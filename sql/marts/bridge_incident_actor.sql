-- grain: an incident, an actor and a role, over all its documents
with

fillers as (
    select
        *,
        list_position(['asserted', 'claimed', 'blamed', 'suspected', 'denied'], attribution) as weakness,
    from staging.argument
    where drop_code is null and is_counted and actor_key != -1
        and role in ('initiator', 'target', 'victim', 'claimant')
)

select
    incident_key,
    actor_key,
    role,
    min_by(attribution, weakness) as attribution,
    count(distinct document_key) as document_count,
from fillers
group by incident_key, actor_key, role
