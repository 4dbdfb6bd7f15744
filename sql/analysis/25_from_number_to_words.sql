-- From a number to its words
-- Question: Where exactly in which text does each number of killed stand?
select
    claim.count_text,
    document.source_file,
    claim.char_start,
    claim.char_end,
    substring(original.raw_text, claim.char_start + 1, claim.char_end - claim.char_start) as words,
from marts.fact_casualty_claim as claim
inner join marts.dim_document as document using (document_key)
inner join raw.document as original using (document_id)
where claim.kind = 'killed'
order by document.source_file, claim.char_start, claim.claim_key
