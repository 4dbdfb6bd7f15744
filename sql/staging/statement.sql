-- grain: a statement of reading with its keys, refused ones included
with

keyed as (
    select
        statement.*,
        staging.surrogate_key(['statement', statement.document_id, cast(statement.statement_no as varchar)]) as statement_key,
        document.document_key,
        document.drop_code as document_drop_code,
        coalesce(incident.incident_key, -1) as incident_key,
        coalesce(speaker.actor_key, -1) as speaker_actor_key,
        coalesce(target.actor_key, -1) as target_actor_key,
    from input.statement as statement
    inner join staging.document as document using (document_id)
    left join staging.incident_of as incident using (document_id, report_no)
    left join staging.actor_of as speaker
        on speaker.document_id = statement.document_id and speaker.actor_no = statement.speaker_actor_no
    left join staging.actor_of as target
        on target.document_id = statement.document_id and target.actor_no = statement.target_actor_no
)

select
    keyed.*,
    case when keyed.document_drop_code is not null then 'dependant' else excluded.reason_code end as drop_code,
    case when keyed.document_drop_code is not null then 'its document was refused' else excluded.reason end as drop_reason,
from keyed
left join staging.excluded as excluded
    on excluded.table_name = 'marts.fact_statement' and excluded.row_id = cast(keyed.statement_key as varchar)
