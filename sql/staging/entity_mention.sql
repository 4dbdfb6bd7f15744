-- grain: an entity mention of reading with its keys, refused and repeated ones included (repeat > 1)
with

keyed as (
    select
        mention.*,
        staging.surrogate_key([
            'mention', mention.document_id, mention.entity_type,
            cast(mention.char_start as varchar), cast(mention.char_end as varchar)
        ]) as mention_key,
        document.document_key,
        document.drop_code as document_drop_code,
        coalesce(actor.actor_key, -1) as actor_key,
        coalesce(place.location_key, -1) as location_key,
        coalesce(weapon.weapon_key, -1) as weapon_key,
    from input.entity_mention as mention
    inner join staging.document as document using (document_id)
    left join staging.actor_of as actor
        on actor.document_id = mention.document_id and actor.actor_no = mention.actor_no
    left join staging.place_of as place
        on place.document_id = mention.document_id and place.place_no = mention.place_no
    left join staging.weapon as weapon on weapon.name = mention.weapon
)

select
    keyed.*,
    case when keyed.document_drop_code is not null then 'dependant' else excluded.reason_code end as drop_code,
    case when keyed.document_drop_code is not null then 'its document was refused' else excluded.reason end as drop_reason,
    row_number() over (
        partition by mention_key
        order by confidence desc, actor_key desc, location_key desc, weapon_key desc
    ) as repeat,
from keyed
left join staging.excluded as excluded
    on excluded.table_name = 'marts.fact_entity_mention' and excluded.row_id = cast(keyed.mention_key as varchar)
