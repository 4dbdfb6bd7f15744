-- grain: an event mention of reading with its keys, refused and repeated ones included (repeat > 1)
with

keyed as (
    select
        mention.*,
        staging.surrogate_key([
            'event', mention.document_id, mention.event_type, mention.realis,
            cast(mention.trigger_start as varchar), cast(mention.trigger_end as varchar)
        ]) as event_mention_key,
        document.document_key,
        document.drop_code as document_drop_code,
        case when mention.realis = 'actual' then coalesce(incident.incident_key, -1) else -1 end as incident_key,
    from input.event_mention as mention
    inner join staging.document as document using (document_id)
    left join staging.incident_of as incident using (document_id, report_no)
)

select
    keyed.*,
    case when keyed.document_drop_code is not null then 'dependant' else excluded.reason_code end as drop_code,
    case when keyed.document_drop_code is not null then 'its document was refused' else excluded.reason end as drop_reason,
    row_number() over (
        partition by event_mention_key
        order by incident_key desc, char_start, char_end
    ) as repeat,
from keyed
left join staging.excluded as excluded
    on excluded.table_name = 'marts.fact_event_mention' and excluded.row_id = cast(keyed.event_mention_key as varchar)
