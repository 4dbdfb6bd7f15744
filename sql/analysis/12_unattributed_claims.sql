-- Claims in the outlet's own voice
-- Question: Which tolls does no named source stand for?
select publisher, document_title, kind, count_text, victims, evidence
from analytics.claim
where claimed_by is null and coalesce(count_low, count_high) is not null
order by publisher, document_title, char_start, kind
