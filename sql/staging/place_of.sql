-- grain: a place number of a document that stands for a loaded place
select
    map.document_id,
    map.place_no,
    place.location_key,
from input.place_map as map
inner join staging.place as place on place.place_id = map.place_id and place.drop_code is null
