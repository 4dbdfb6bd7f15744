-- grain: a stretch of a document's text that something was read from
with

mentions as (
    select
        mention.document_key,
        'mention' as layer,
        mention.entity_type as label,
        case
            when actor.actor_key != -1 then actor.name
            when location.location_key != -1 then location.name
            when weapon.weapon_key != -1 then weapon.name
        end as detail,
        cast(-1 as bigint) as incident_key,
        mention.char_start,
        mention.char_end,
        mention.text,
    from marts.fact_entity_mention as mention
    inner join marts.dim_actor as actor using (actor_key)
    inner join marts.dim_location as location using (location_key)
    inner join marts.dim_weapon as weapon using (weapon_key)
),

events as (
    select
        mention.document_key,
        'event' as layer,
        event_type.event_type as label,
        mention.realis as detail,
        mention.incident_key,
        mention.trigger_start as char_start,
        mention.trigger_end as char_end,
        mention.trigger as text,
    from marts.fact_event_mention as mention
    inner join marts.dim_event_type as event_type using (event_type_key)
),

arguments as (
    select
        argument.document_key,
        'argument' as layer,
        argument.role as label,
        concat_ws(', ', case when actor.actor_key != -1 then actor.name end, argument.attribution) as detail,
        argument.incident_key,
        argument.char_start,
        argument.char_end,
        argument.text,
    from marts.fact_incident_argument as argument
    inner join marts.dim_actor as actor using (actor_key)
),

reports as (
    select
        report.document_key,
        'report' as layer,
        event_type.event_type as label,
        report.date_text as detail,
        report.incident_key,
        report.char_start,
        report.char_end,
        report.evidence as text,
    from marts.fact_incident_report as report
    inner join marts.dim_event_type as event_type using (event_type_key)
),

claims as (
    select
        claim.document_key,
        'claim' as layer,
        claim.kind as label,
        concat_ws(
            ', ',
            coalesce(claim.count_text, claim.count_qualifier),
            claim.victims,
            case when claimant.actor_key != -1 then 'says ' || claimant.name end
        ) as detail,
        claim.incident_key,
        claim.char_start,
        claim.char_end,
        claim.evidence as text,
    from marts.fact_casualty_claim as claim
    inner join marts.dim_actor as claimant on claimant.actor_key = claim.claimed_by_actor_key
),

statements as (
    select
        statement.document_key,
        'statement' as layer,
        event_type.event_type as label,
        case when speaker.actor_key != -1 then speaker.name end as detail,
        statement.incident_key,
        statement.char_start,
        statement.char_end,
        statement.evidence as text,
    from marts.fact_statement as statement
    inner join marts.dim_event_type as event_type using (event_type_key)
    inner join marts.dim_actor as speaker on speaker.actor_key = statement.speaker_actor_key
),

highlights as (
    select * from mentions
    union all by name
    select * from events
    union all by name
    select * from arguments
    union all by name
    select * from reports
    union all by name
    select * from claims
    union all by name
    select * from statements
)

select
    document.document_id,
    highlight.layer,
    highlight.label,
    highlight.detail,
    case when incident.incident_key != -1 then incident.incident_id end as incident_id,
    case when incident.incident_key != -1 then incident.title end as incident_title,
    highlight.char_start,
    highlight.char_end,
    highlight.text,
from highlights as highlight
inner join marts.dim_document as document using (document_key)
inner join marts.fact_incident as incident using (incident_key)
