-- grain: an outlet
select
    publisher_key,
    min(name) as name,
    min(country_iso3) as country_iso3,
    min(kind) as kind,
    min(reliability_grade) as reliability_grade,
    bool_or(in_reference) as in_reference,
from staging.publisher
group by publisher_key
union all by name
select -1 as publisher_key, 'unknown' as name, false as in_reference
