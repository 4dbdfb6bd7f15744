-- What did not happen
-- Question: Which threats, plans and hypotheses of violence are told, that are no incidents?
select mention.realis, event_type.event_type, mention.trigger, mention.evidence, document.title as document_title
from marts.fact_event_mention as mention
inner join marts.dim_event_type as event_type using (event_type_key)
inner join marts.dim_document as document using (document_key)
where mention.realis != 'actual' and document.superseded_by is null
order by mention.realis, event_type.event_type, document.title, mention.trigger_start
