-- Build-time macros; nothing in the published file depends on them.
-- Surrogate key of a business key: 60 bits of its md5, so it is positive, the same on every machine and in every
-- order. Parts must not be null. Never DuckDB's hash(), which may change between versions.
create macro staging.surrogate_key(parts) as cast(('0x' || substr(md5(array_to_string(parts, chr(31))), 1, 15)) as bigint);

-- yyyymmdd of a day; -1 where there is none.
create macro staging.date_key(day) as coalesce(year(day) * 10000 + month(day) * 100 + day(day), -1);

-- An instant as a UTC timestamp.
create macro staging.utc(instant) as cast(instant at time zone 'UTC' as timestamp);
