-- Contested tolls
-- Question: Where do sources give different numbers, who says what, and in which words?
select incident_title, topic, who_says, count_low, count_high, count_qualifier, publisher, evidence
from analytics.conflicting_claims
where topic != 'initiator'
order by incident_title, topic, count_low nulls last, who_says
