-- What we believed on a day
-- Question: What was the toll of each incident believed to be when it was first loaded, and what is it now?
with

versions as (
    select
        incident_id,
        count(*) as version_count,
        min_by(killed_best, valid_from) as first_believed,
        max_by(title, valid_from) as title,
        max_by(killed_best, valid_from) filter (where valid_to is null) as believed_now,
    from marts.incident_version
    group by incident_id
)

select incident_id, title, version_count, first_believed, believed_now
from versions
order by version_count desc, incident_id
