-- Who contradicts whom
-- Question: Which claimants give tolls for one incident that cannot both be true?
with

tolls as (
    select incident_id, incident_title, topic, who_says, min(count_low) as low, max(count_high) as high
    from analytics.conflicting_claims
    where topic != 'initiator'
    group by all
)

select a.incident_title, a.topic, a.who_says as lower_claimant, a.high as at_most, b.who_says as higher_claimant, b.low as at_least
from tolls as a
inner join tolls as b on b.incident_id = a.incident_id and b.topic = a.topic and a.high < b.low
order by a.incident_title, a.topic, lower_claimant, higher_claimant
