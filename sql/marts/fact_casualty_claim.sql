-- grain: one casualty statement in one document, repeats too
select
    claim_key,
    incident_key,
    document_key,
    kind,
    count_low,
    count_high,
    count_qualifier,
    count_text,
    victims,
    victim_class,
    victim_actor_key,
    part_of_claim_key,
    addend_group_key,
    revises_claim_key,
    claimed_by_actor_key,
    evidence,
    char_start,
    char_end,
    confidence,
from staging.claim
where drop_code is null
