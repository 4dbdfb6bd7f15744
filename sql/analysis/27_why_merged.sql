-- Why reports were merged or not
-- Question: Which pairs of reports were compared, and what decided?
select
    link.decision,
    round(link.score, 3) as score,
    link.reason,
    document_a.title as first_document,
    document_b.title as second_document,
    link.features,
from marts.incident_link as link
inner join marts.dim_document as document_a on document_a.document_key = link.document_key_a
inner join marts.dim_document as document_b on document_b.document_key = link.document_key_b
order by link.decision, link.score desc, link.link_key
