-- grain: an incident and a kind of casualty, over all documents (document_key null) and per document
-- THE TOLL RULE, name and version in build.py (TOLL_RULE). Claims are never added up, but for the coordinated people of
-- one statement ("four soldiers and three civilians were killed"), which are one claim. Over all documents, a higher count
-- in a later report by the same kind of source takes the place of the earlier one (counted_claim.sql says when). Of the
-- claims that count:
--   vague words ("dozens") only where nobody gives a number;
--   low: the lowest lower bound of reliable sources (of all, where none is reliable);
--   high: the highest number anybody gives;
--   best: the number of the best-attributed claim, among those the most specific, then the most recent document, then
--   the larger number (a part that was not recognised as such is smaller than its total), then the surer claim.
-- A bound that is stated alone stands for the number: "at least 5" has best and high 5, "up to 10" has best 10; but an
-- upper bound says nothing about the lowest, so that "up to 10" alone has no low.
with

claims as (
    select
        *,
        bool_and(is_vague) over scope as is_all_vague,
        bool_or(is_reliable and not is_vague) over scope as has_reliable,
    from staging.counted_claim
    window scope as (partition by incident_key, document_key, kind)
),

usable as (
    select *
    from claims
    where is_all_vague or not is_vague
),

ranked as (
    select
        *,
        row_number() over (
            partition by incident_key, document_key, kind
            order by
                attribution_rank, specificity_rank, published_on desc nulls last, number desc, confidence desc,
                claim_key
        ) as place,
    from usable
),

measured as (
    select
        incident_key,
        document_key,
        kind,
        min(count_low) filter (where is_reliable or not has_reliable) as low,
        min(number) filter (where place = 1) as best,
        max(most) as high,
    from ranked
    group by incident_key, document_key, kind
)

select
    incident_key,
    document_key,
    kind,
    -- the best claim may be an upper bound below every stated lower one
    case when low is not null then least(low, best) end as low,
    best,
    high,
from measured
