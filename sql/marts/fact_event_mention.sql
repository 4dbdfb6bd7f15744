-- grain: one trigger of a physical event in one document, of every realis
select
    mention.event_mention_key,
    mention.document_key,
    mention.incident_key,
    mention.trigger,
    mention.trigger_start,
    mention.trigger_end,
    coalesce(event_type.event_type_key, -1) as event_type_key,
    mention.realis,
    mention.evidence,
    mention.char_start,
    mention.char_end,
from staging.event_mention as mention
left join marts.dim_event_type as event_type on event_type.event_type = mention.event_type
where mention.drop_code is null and mention.repeat = 1
