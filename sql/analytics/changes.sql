-- grain: an incident that this version changed
-- Why: everything that differs between the two versions and can account for it, what is known of the incident itself first.
with

this_run as (
    select run.*
    from meta.run as run
    inner join meta.build as build using (run_id)
),

previous_run as (
    select run.*
    from meta.run as run
    cross join this_run
    where run.started_at < this_run.started_at
    qualify row_number() over (order by run.started_at desc, run.run_id) = 1
),

-- One row, also where this is the first version.
run_difference as (
    select
        this_run.started_at as changed_at,
        previous_run.started_at as since,
        previous_run.run_id is not null and previous_run.model_version is distinct from this_run.model_version as has_new_model,
        previous_run.run_id is not null and previous_run.rules_version is distinct from this_run.rules_version as has_new_rules,
        previous_run.run_id is not null
        and previous_run.overrides_version is distinct from this_run.overrides_version as has_new_overrides,
        previous_run.run_id is not null
        and previous_run.manifest_version is distinct from this_run.manifest_version as has_new_manifest,
        exists (
            select 1
            from quarantine.rejected
            where reason_code = 'withdrawn' and rejected_at > previous_run.started_at
        ) as has_withdrawn,
    from this_run
    left join previous_run on true
),

new_document as (
    select
        document.document_key,
        document.document_id in (select superseded_by from marts.dim_document where superseded_by is not null) as is_edition,
    from marts.dim_document as document
    inner join raw.document as content using (document_id)
    cross join run_difference
    where run_difference.since is null or content.first_seen_at > run_difference.since
),

new_documents as (
    select
        count(*) filter (where not is_edition) as article_count,
        count(*) filter (where is_edition) as edition_count,
    from new_document
),

told_anew as (
    select
        incident.incident_id,
        count(*) filter (where not new_document.is_edition) as article_count,
        count(*) filter (where new_document.is_edition) as edition_count,
    from marts.fact_incident_report as report
    inner join marts.fact_incident as incident using (incident_key)
    inner join new_document using (document_key)
    group by incident.incident_id
),

-- Incidents whose articles were edited: the former text of one told them.
edited as (
    select distinct incident.incident_id
    from marts.fact_incident_report as report
    inner join marts.fact_incident as incident using (incident_key)
    inner join marts.dim_document as former using (document_key)
    inner join marts.dim_document as present on present.document_id = former.superseded_by
    inner join new_document on new_document.document_key = present.document_key
),

decided as (
    select incident.incident_id
    from marts.fact_incident_report as report
    inner join marts.fact_incident as incident using (incident_key)
    where report.extractor = 'override'
    union
    select incident.incident_id
    from (
        select unnest([incident_key_a, incident_key_b]) as incident_key
        from marts.incident_link
        where decision in ('must_link', 'cannot_link')
    ) as linked
    inner join marts.fact_incident as incident using (incident_key)
),

-- An incident that only superseded documents tell is kept as a row, and is gone for a reader.
before as (
    select version.*
    from marts.incident_version as version
    inner join run_difference on version.valid_to = run_difference.changed_at
    where version.document_count > 0
),

now as (
    select version.*
    from marts.incident_version as version
    inner join run_difference on version.valid_from = run_difference.changed_at
    where version.valid_to is null and version.document_count > 0
),

merged as (
    select old_incident_id, string_agg(new_incident_id, '; ' order by new_incident_id) as new_incident_ids
    from marts.incident_id_history
    where new_incident_id != 'unknown'
    group by old_incident_id
),

compared as (
    select
        coalesce(now.incident_id, before.incident_id) as incident_id,
        coalesce(now.title, before.title) as title,
        case
            when before.incident_id is null then 'new'
            when now.incident_id is not null then 'changed'
            when merged.old_incident_id is not null then 'merged'
            else 'gone'
        end as change,
        before.killed_best as killed_best_before,
        now.killed_best as killed_best_now,
        before.document_count as document_count_before,
        now.document_count as document_count_now,
        merged.new_incident_ids,
        case
            when before.incident_id is null then 'not known before'
            when now.incident_id is not null then concat_ws(
                ', ',
                case when before.document_count is distinct from now.document_count then 'documents' end,
                case when before.publisher_count is distinct from now.publisher_count then 'publishers' end,
                case when (before.killed_low, before.killed_best, before.killed_high)
                    is distinct from (now.killed_low, now.killed_best, now.killed_high) then 'killed' end,
                case when (before.injured_low, before.injured_best, before.injured_high)
                    is distinct from (now.injured_low, now.injured_best, now.injured_high) then 'injured' end,
                case when (before.missing_low, before.missing_best, before.missing_high)
                    is distinct from (now.missing_low, now.missing_best, now.missing_high) then 'missing' end,
                case when (before.captured_low, before.captured_best, before.captured_high)
                    is distinct from (now.captured_low, now.captured_best, now.captured_high) then 'captured' end,
                case when (before.attack_count_low, before.attack_count_high, before.target_count_low, before.target_count_high)
                    is distinct from (now.attack_count_low, now.attack_count_high, now.target_count_low, now.target_count_high)
                    then 'counts of attacks' end,
                case when (before.date_start, before.date_end, before.date_precision)
                    is distinct from (now.date_start, now.date_end, now.date_precision) then 'date' end,
                case when before.place is distinct from now.place then 'place' end,
                case when before.event_type is distinct from now.event_type then 'kind' end,
                case when (before.type_of_violence, before.conflict_name, before.dyad_name)
                    is distinct from (now.type_of_violence, now.conflict_name, now.dyad_name) then 'sides' end,
                case when before.has_conflicting_claims is distinct from now.has_conflicting_claims then 'conflict of claims' end,
                case when before.title is distinct from now.title then 'title' end,
                case when before.confidence is distinct from now.confidence then 'confidence' end
            )
            when merged.old_incident_id is not null then 'now ' || merged.new_incident_ids
            else 'no document tells it any more'
        end as detail,
    from before
    full join now using (incident_id)
    left join merged on merged.old_incident_id = before.incident_id
),

-- A merged incident has the reasons of the one that it ended in.
explained as (
    select
        compared.*,
        coalesce(told_anew.article_count > 0, false) as is_told_anew,
        coalesce(told_anew.edition_count > 0, false) or edited.incident_id is not null
        or (compared.change = 'gone' and new_documents.edition_count > 0) as is_edited,
        decided.incident_id is not null as is_decided,
        new_documents.article_count + new_documents.edition_count > 0 as has_new_documents,
    from compared
    cross join new_documents
    left join told_anew on told_anew.incident_id = coalesce(split_part(compared.new_incident_ids, '; ', 1), compared.incident_id)
    left join edited on edited.incident_id = coalesce(split_part(compared.new_incident_ids, '; ', 1), compared.incident_id)
    left join decided on decided.incident_id = coalesce(split_part(compared.new_incident_ids, '; ', 1), compared.incident_id)
),

reasoned as (
    select
        explained.*,
        run_difference.changed_at,
        concat_ws(
            ', ',
            case when explained.is_told_anew then 'new articles' end,
            case when explained.is_edited then 'edited articles' end,
            case when run_difference.has_withdrawn and not explained.is_told_anew then 'withdrawn articles' end,
            case when run_difference.has_new_manifest and not (explained.is_told_anew or explained.is_edited) then 'manifest' end,
            case when run_difference.has_new_overrides
                and (explained.is_decided or not (explained.is_told_anew or explained.is_edited)) then 'overrides' end,
            case when run_difference.has_new_rules then 'new rules' end,
            case when run_difference.has_new_model then 'new model' end
        ) as reasons,
    from explained
    cross join run_difference
)

select
    changed_at,
    change,
    incident_id,
    title,
    killed_best_before,
    killed_best_now,
    document_count_before,
    document_count_now,
    detail,
    case
        when reasons != '' then reasons
        when has_new_documents then 'new articles on other incidents'
        else 'articles read or described anew'
    end as reason,
from reasoned
order by change, incident_id
