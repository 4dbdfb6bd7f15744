-- made-up rows for timing the views: getvariable('incidents') incidents, each told by two documents, with three claims
insert into marts.dim_event_type by name
select i as event_type_key, 'kind_' || i as event_type, 'ASSAULT' as plover_category, true as is_violent, 4 as quad_class
from range(20) t(i);

insert into marts.dim_date by name
select epoch_days as date_key, d as date, year(d) as year, quarter(d) as quarter, month(d) as month,
    monthname(d) as month_name, weekofyear(d) as iso_week, isodow(d) as day_of_week, isodow(d) > 5 as is_weekend
from (select (date '2010-01-01' + i::integer) as d, i as epoch_days from range(5500) t(i));

insert into marts.dim_location by name
select i as location_key, 'country:' || iso as place_id, 'Country ' || i as name, 'country' as kind, iso as country_iso3,
    i % 60 as latitude, i % 90 as longitude, 6 as where_prec
from (select i, case when i = 7 then 'IRQ' else 'X' || lpad(i::varchar, 2, '0') end as iso from range(60) t(i))
union all by name
select 100 + i as location_key, 'geonames:' || i as place_id, 'Town ' || i as name, 'city' as kind,
    case when i % 60 = 7 then 'IRQ' else 'X' || lpad((i % 60)::varchar, 2, '0') end as country_iso3,
    (i % 60) + 0.5 as latitude, (i % 90) + 0.5 as longitude, 1 as where_prec
from range(20000) t(i);

insert into marts.dim_actor by name
select i as actor_key, 'actor:' || i as actor_id, 'Actor ' || i as name,
    case i % 4 when 0 then 'state' when 1 then 'armed_group' when 2 then 'military' else 'person' end as actor_type,
    case when i % 60 = 7 then 'IRQ' end as country_iso3, -1 as parent_actor_key, [] as aliases, true as in_reference,
    false as is_generic
from range(5000) t(i);

insert into marts.dim_publisher by name
select i as publisher_key, 'Outlet ' || i as name, 'newspaper' as kind, true as in_reference from range(400) t(i);

insert into marts.dim_weapon by name
select i as weapon_key, 'weapon ' || i as name, 'explosive' as weapon_class from range(200) t(i);

insert into marts.dim_document by name
select i as document_key, 'd' || i as document_id, i || '.txt' as source_file, 'Title ' || i as title, i % 400 as publisher_key,
    date '2010-01-01' + (i % 5400)::integer as published_on, i % 5400 as published_date_key, 'given' as published_on_basis,
    'en' as language, 400 as word_count, true as is_present, 'read' as outcome
from range(getvariable('incidents') // 2) t(i);

insert into marts.fact_incident by name
select i as incident_key, 'i' || i as incident_id, i % 20 as event_type_key, 100 + (i * 7919) % 20000 as location_key,
    i % 5400 as start_date_key, i % 5400 as end_date_key, date '2010-01-01' + (i % 5400)::integer as date_start,
    date '2010-01-01' + (i % 5400)::integer as date_end, 'day' as date_precision, i % 40 = 0 as is_aggregate,
    i % 11 as killed_low, i % 11 + 1 as killed_best, i % 11 + 3 as killed_high, i % 17 as injured_low, i % 17 as injured_best,
    i % 17 as injured_high, 1 + i % 3 as type_of_violence, 'Conflict ' || i % 200 as conflict_name,
    'Actor ' || i % 5000 || ' - Actor ' || (i * 31) % 5000 as dyad_name, 2 as document_count, 2 as publisher_count,
    i % 9 = 0 as has_conflicting_claims, 'Incident ' || i as title, 0.8 as confidence
from range(getvariable('incidents')) t(i);

insert into marts.fact_incident_report by name
select i // 2 as incident_key, (i * 104729) % (getvariable('incidents') // 2) as document_key, (i // 2) % 20 as event_type_key,
    'on Sunday' as date_text, date '2010-01-01' + ((i // 2) % 5400)::integer as date_start, 'day' as date_precision,
    (i // 2) % 11 as killed_low, 'Made-up evidence number ' || i as evidence, 0 as char_start, 10 as char_end,
    'made_up' as extractor, 0.8 as confidence
from range(2 * getvariable('incidents')) t(i);

insert into marts.fact_casualty_claim by name
select i as claim_key, i // 3 as incident_key, (i * 104729) % (getvariable('incidents') // 2) as document_key,
    case i % 3 when 2 then 'injured' else 'killed' end as kind, i % 13 as count_low, i % 13 as count_high,
    'exact' as count_qualifier, 'civilians' as victims, 'civilian' as victim_class, -1 as victim_actor_key,
    i % 5000 as claimed_by_actor_key, 'Made-up claim number ' || i as evidence, 0 as char_start, 10 as char_end, 0.8 as confidence
from range(3 * getvariable('incidents')) t(i);

insert into marts.fact_statement by name
select i as statement_key, i % 5000 as speaker_actor_key, (i * 7) % 5000 as target_actor_key, i as incident_key,
    i % 20 as event_type_key, i % 2 = 0 as is_direct_quote, date '2010-01-01' + (i % 5400)::integer as said_on,
    (i * 104729) % (getvariable('incidents') // 2) as document_key, 'Made-up statement ' || i as evidence, 0 as char_start,
    10 as char_end, 0.8 as confidence
from range(getvariable('incidents')) t(i);

insert into marts.bridge_incident_actor by name
select i // 2 as incident_key, (i * 31) % 5000 as actor_key, case i % 2 when 0 then 'initiator' else 'target' end as role,
    'asserted' as attribution, 1 as document_count
from range(2 * getvariable('incidents')) t(i);

insert into marts.bridge_incident_location by name
select i as incident_key, 100 + (i * 7919) % 20000 as location_key, true as is_primary from range(getvariable('incidents')) t(i);

insert into marts.bridge_incident_weapon by name
select i as incident_key, i % 200 as weapon_key from range(getvariable('incidents')) t(i);

insert into marts.fact_event_mention by name
select i as event_mention_key, (i * 104729) % (getvariable('incidents') // 2) as document_key, i as incident_key,
    'attack' as trigger, 0 as trigger_start, 6 as trigger_end, i % 20 as event_type_key, 'actual' as realis,
    'Made-up mention ' || i as evidence, 0 as char_start, 10 as char_end
from range(getvariable('incidents')) t(i);

insert into marts.incident_link by name
select i as link_key, (i * 104729) % (getvariable('incidents') // 2) as document_key_a, 0 as report_no_a, i as incident_key_a,
    (i * 7919) % (getvariable('incidents') // 2) as document_key_b, 1 as report_no_b,
    (i + 1) % getvariable('incidents') as incident_key_b, 0.4 as score, '{}' as features, 'near_miss' as decision,
    'made up' as reason
from range(getvariable('incidents')) t(i);
