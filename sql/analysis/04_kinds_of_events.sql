-- Kinds of events
-- Question: What kinds of violence are reported, in PLOVER's and ACLED's terms?
select event_type, plover_mode, acled_event_type, acled_sub_event_type, count(*) as incident_count
from analytics.incident
group by all
order by incident_count desc, event_type
