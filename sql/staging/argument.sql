-- grain: an argument of reading with its keys, refused and repeated ones included (repeat > 1)
with

keyed as (
    select
        argument.*,
        document.document_key,
        document.is_counted,
        incident.incident_key,
        coalesce(source.actor_key, -1) as attributed_by_actor_key,
        coalesce(actor.actor_key, -1) as actor_key,
        actor.side_key,
        coalesce(place.location_key, -1) as location_key,
        coalesce(weapon.weapon_key, -1) as weapon_key,
    from input.argument as argument
    inner join staging.document as document using (document_id)
    left join staging.incident_of as incident using (document_id, report_no)
    left join staging.actor_of as actor
        on actor.document_id = argument.document_id and actor.actor_no = argument.actor_no
    left join staging.actor_of as source
        on source.document_id = argument.document_id and source.actor_no = argument.attributed_by_actor_no
    left join staging.place_of as place
        on place.document_id = argument.document_id and place.place_no = argument.place_no
    left join staging.weapon as weapon on weapon.name = argument.weapon
),

identified as (
    select
        *,
        staging.surrogate_key([
            'argument', cast(incident_key as varchar), document_id, role, attribution,
            cast(attributed_by_actor_key as varchar), cast(char_start as varchar), cast(char_end as varchar)
        ]) as argument_key,
    from keyed
)

select
    identified.*,
    case
        when identified.incident_key is null then 'dependant'
        else excluded.reason_code
    end as drop_code,
    case
        when identified.incident_key is null then 'its report was refused'
        else excluded.reason
    end as drop_reason,
    row_number() over (
        partition by identified.incident_key is null, argument_key
        order by confidence desc, report_no, filler_type, actor_key, location_key, weapon_key
    ) as repeat,
from identified
left join staging.excluded as excluded
    on excluded.table_name = 'marts.fact_incident_argument'
    and excluded.row_id = cast(identified.argument_key as varchar)
