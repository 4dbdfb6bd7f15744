-- Statements by speaker
-- Question: Who speaks, and what do they do with words?
select
    coalesce(speaker, 'not identified') as speaker,
    category,
    count(*) as statement_count,
    count(*) filter (where is_direct_quote) as quoted,
from analytics.statement
group by all
order by statement_count desc, speaker, category
