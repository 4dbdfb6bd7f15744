-- grain: a statement in one document
select *
from marts.fact_statement
order by all
