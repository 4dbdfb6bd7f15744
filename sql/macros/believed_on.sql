-- What was believed about every incident on a day: from analytics.believed_on(date '2024-05-01')
create macro analytics.believed_on(day) as table
select
    version.incident_id,
    version.title,
    version.date_start,
    version.killed_low,
    version.killed_best,
    version.killed_high,
    version.document_count,
    version.valid_from,
from marts.incident_version as version
where version.valid_from < cast(day as date) + interval 1 day
    and (version.valid_to is null or version.valid_to >= cast(day as date) + interval 1 day)
