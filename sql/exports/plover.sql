-- grain: a physical incident as told by one document, or a verbal act in one document, as a flat PLOVER record
with

physical as (
    select
        coverage.incident_id || ':' || coverage.document_id as id,
        coverage.date_start as date,
        coverage.date_end as enddate,
        incident.initiators as actors,
        coalesce(incident.targets, incident.victims) as recipients,
        event_type.plover_category as event,
        event_type.plover_mode as mode,
        event_type.quad_class as quad_code,
        event_type.goldstein as event_scale,
        incident.place,
        incident.latitude,
        incident.longitude,
        incident.country_iso3,
        coverage.killed_low as dead,
        coverage.injured_low as injured,
        coverage.evidence as event_text,
        coverage.char_start,
        coverage.char_end,
        coverage.document_id,
        coverage.publisher,
        coverage.published_on,
        coverage.url,
        coverage.document_title,
    from analytics.coverage as coverage
    inner join analytics.incident as incident using (incident_id)
    inner join marts.dim_event_type as event_type on event_type.event_type = incident.event_type
),

verbal as (
    select
        statement.document_id || ':' || statement.char_start || ':' || row_number() over (
            partition by statement.document_id, statement.char_start
            order by statement.category, statement.speaker, statement.target, statement.char_end, statement.quote
        ) as id,
        statement.said_on as date,
        statement.said_on as enddate,
        statement.speaker as actors,
        statement.target as recipients,
        event_type.plover_category as event,
        event_type.plover_mode as mode,
        event_type.quad_class as quad_code,
        event_type.goldstein as event_scale,
        cast(null as varchar) as place,
        cast(null as double) as latitude,
        cast(null as double) as longitude,
        cast(null as varchar) as country_iso3,
        cast(null as integer) as dead,
        cast(null as integer) as injured,
        statement.evidence as event_text,
        statement.char_start,
        statement.char_end,
        statement.document_id,
        statement.publisher,
        statement.published_on,
        document.url,
        statement.document_title,
    from analytics.statement as statement
    inner join analytics.document as document using (document_id)
    inner join marts.dim_event_type as event_type on event_type.event_type = statement.category
)

select * from physical where event is not null
union all by name
select * from verbal where event is not null
order by id
