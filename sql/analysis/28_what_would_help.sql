-- What would improve the data
-- Question: What is missing, how often, and what would help?
select topic, measure, value, total, share, detail
from analytics.data_quality
where value > 0
order by topic, share desc nulls last, measure
