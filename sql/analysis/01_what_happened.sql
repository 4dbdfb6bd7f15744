-- What happened, in order
-- Question: Which incidents are told, when and where, and how many people were killed?
select date_start, date_end, title, place, country, killed_low, killed_best, killed_high
from analytics.timeline
order by coalesce(date_start, date_end), title
