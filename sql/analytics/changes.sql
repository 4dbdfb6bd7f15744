-- grain: an incident that this version changed
with

latest as (
    select max(changed_at) as changed_at
    from (
        select valid_from as changed_at from marts.incident_version
        union all
        select valid_to as changed_at from marts.incident_version where valid_to is not null
    )
),

before as (
    select version.*
    from marts.incident_version as version
    inner join latest on version.valid_to = latest.changed_at
),

now as (
    select version.*
    from marts.incident_version as version
    inner join latest on version.valid_from = latest.changed_at
    where version.valid_to is null
),

merged as (
    select old_incident_id, string_agg(new_incident_id, '; ' order by new_incident_id) as new_incident_ids
    from marts.incident_id_history
    where new_incident_id != 'unknown'
    group by old_incident_id
),

compared as (
    select
        coalesce(now.incident_id, before.incident_id) as incident_id,
        coalesce(now.title, before.title) as title,
        case
            when before.incident_id is null then 'new'
            when now.incident_id is not null then 'changed'
            when merged.old_incident_id is not null then 'merged'
            else 'gone'
        end as change,
        before.killed_best as killed_best_before,
        now.killed_best as killed_best_now,
        before.document_count as document_count_before,
        now.document_count as document_count_now,
        case
            when before.incident_id is null then 'first told by the new documents'
            when now.incident_id is not null then concat_ws(
                ', ',
                case when before.document_count is distinct from now.document_count then 'documents' end,
                case when (before.killed_low, before.killed_best, before.killed_high)
                    is distinct from (now.killed_low, now.killed_best, now.killed_high) then 'killed' end,
                case when (before.injured_low, before.injured_best, before.injured_high)
                    is distinct from (now.injured_low, now.injured_best, now.injured_high) then 'injured' end,
                case when (before.date_start, before.date_end) is distinct from (now.date_start, now.date_end) then 'date' end,
                case when before.place is distinct from now.place then 'place' end,
                case when before.event_type is distinct from now.event_type then 'kind' end
            )
            when merged.old_incident_id is not null then 'now ' || merged.new_incident_ids
            else 'no document reports it any more'
        end as detail,
    from before
    full join now using (incident_id)
    left join merged on merged.old_incident_id = before.incident_id
)

select
    latest.changed_at,
    compared.change,
    compared.incident_id,
    compared.title,
    compared.killed_best_before,
    compared.killed_best_now,
    compared.document_count_before,
    compared.document_count_now,
    compared.detail,
from compared
cross join latest
order by compared.change, compared.incident_id
