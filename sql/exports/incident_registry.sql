-- grain: a stretch of a document that tells an incident, or an id that changed; what a rebuild needs to give the same ids
with

minted as (
    select incident_id, min(valid_from) as minted_at
    from marts.incident_version
    group by incident_id
),

told as (
    select incident_key, document_key, char_start, char_end
    from marts.fact_incident_report
    union
    select incident_key, document_key, trigger_start, trigger_end
    from marts.fact_event_mention
)

select
    incident.incident_id,
    strftime(coalesce(minted.minted_at, timestamp '1970-01-01'), '%Y-%m-%dT%H:%M:%S.%f+0000') as minted_at,
    document.document_id,
    told.char_start,
    told.char_end,
    cast(null as varchar) as replaced_by,
    cast(null as varchar) as changed_at,
    cast(null as varchar) as reason,
from told
inner join marts.fact_incident as incident using (incident_key)
inner join marts.dim_document as document using (document_key)
left join minted using (incident_id)
where incident_key != -1 and document_key != -1
union all by name
select
    old_incident_id as incident_id,
    new_incident_id as replaced_by,
    strftime(changed_at, '%Y-%m-%dT%H:%M:%S.%f+0000') as changed_at,
    reason,
from marts.incident_id_history
order by all
