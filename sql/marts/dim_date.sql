-- grain: a calendar day
with

years as (
    select distinct year(day) as year
    from staging.used_date
),

days as (
    select unnest(generate_series(make_date(year, 1, 1), make_date(year, 12, 31), interval 1 day))::date as date
    from years
)

select
    staging.date_key(date) as date_key,
    date,
    year(date) as year,
    quarter(date) as quarter,
    month(date) as month,
    monthname(date) as month_name,
    weekofyear(date) as iso_week,
    isodow(date) as day_of_week,
    isodow(date) >= 6 as is_weekend,
from days
union all by name
select -1 as date_key
