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
    $documents_in as documents_in,
    $documents_new as documents_new,
    $documents_quarantined as documents_quarantined,
    (select count(*) from marts.fact_incident where incident_key != -1) as incidents,
    (select count(*) from marts.fact_casualty_claim) as claims,
