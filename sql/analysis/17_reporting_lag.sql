-- Lag between incident and report
-- Question: How long after an incident does each outlet report it?
select
    coverage.publisher,
    count(*) as report_count,
    median(coverage.published_on - incident.date_start) as median_days,
    max(coverage.published_on - incident.date_start) as longest_days,
from analytics.coverage as coverage
inner join analytics.incident as incident using (incident_id)
where incident.date_precision = 'day' and coverage.published_on is not null
group by coverage.publisher
order by median_days, coverage.publisher
