-- What is claimed about an incident, with the words: from analytics.claims_about('inc-...')
create macro analytics.claims_about(wanted_incident_id) as table
select
    claim.kind,
    claim.count_low,
    claim.count_high,
    claim.count_qualifier,
    claim.victims,
    claim.claimed_by,
    claim.publisher,
    claim.published_on,
    claim.evidence,
from analytics.claim as claim
where claim.incident_id = wanted_incident_id
