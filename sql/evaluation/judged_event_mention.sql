-- grain: a mention of an event in one document
select *
from marts.fact_event_mention
order by all
