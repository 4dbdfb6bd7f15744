-- grain: a casualty claim of one document
select *
from marts.fact_casualty_claim
order by all
