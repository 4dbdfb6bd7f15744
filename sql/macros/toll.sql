-- A toll as people write it: "5", "5-7", "not reported": analytics.toll(killed_low, killed_high)
create macro analytics.toll(low, high) as case
    when low is null and high is null then 'not reported'
    when low is not distinct from high then cast(low as varchar)
    else coalesce(cast(low as varchar), '?') || '-' || coalesce(cast(high as varchar), '?')
end
