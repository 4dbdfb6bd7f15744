-- grain: an incident id that changed
select
    old_incident_id,
    new_incident_id,
    max(staging.utc(changed_at)) as changed_at,
    max_by(reason, changed_at) as reason,
from input.incident_id_history
group by old_incident_id, new_incident_id
