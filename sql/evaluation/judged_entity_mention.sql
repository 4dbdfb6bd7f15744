-- grain: a name or value in one document
select *
from marts.fact_entity_mention
order by all
