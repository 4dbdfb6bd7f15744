-- grain: a run that led to a published version
select *
from staging.previous_run
where run_id != $run_id
union all by name
select
    $run_id as run_id,
    $started_at as started_at,
    $finished_at as finished_at,
    $code_version as code_version,
    $model_version as model_version,
    $rules_version as rules_version,
    $manifest_version as manifest_version,
    $overrides_version as overrides_version,
    $documents_in as documents_in,
    $documents_new as documents_new,
    $documents_quarantined as documents_quarantined,
    (select count(*) from raw.document) as documents,
    (
        select count(*)
        from raw.document
        where document_id not in (select document_id from raw.document_source where is_present)
    ) as documents_absent,
    (
        select count(*) - count(distinct document_id)
        from raw.document_source
        where is_present
    ) as documents_duplicate,
    (select count(*) from input.claim)
    + (select count(*) from input.rejected where stage = 'reading' and contains(object_id, '#claim:')) as claims_in,
    (
        select count(*)
        from quarantine.rejected
        where
            (stage = 'reading' and contains(object_id, '#claim:'))
            or (stage in ('load', 'audit') and starts_with(object_id, 'marts.fact_casualty_claim '))
    ) as claims_quarantined,
    (select count(*) from marts.fact_incident where incident_key != -1) as incidents,
    (select count(*) from marts.fact_casualty_claim) as claims,
