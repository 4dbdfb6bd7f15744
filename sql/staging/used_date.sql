-- grain: a day that some row of the warehouse names
select date_start as day from input.incident where date_start is not null
union
select date_end as day from input.incident where date_end is not null
union
select date_start as day from input.report where date_start is not null
union
select date_end as day from input.report where date_end is not null
union
select published_on as day from input.document where published_on is not null
union
select said_on as day from input.statement where said_on is not null
