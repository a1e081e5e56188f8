-- One row is a plan value, newest first; the first of a period, indicator, level, cohort and territory is in force.
-- With $territory: its own, those above it and those below it.
SELECT p.indicator, p.level, p.cohort, p.territory, p.percent, p.number, p.origin, p.ground, p.author, p.happened_at,
  p.period_id
FROM plan_value AS p
WHERE ($period::BIGINT IS NULL OR p.period_id = $period)
  AND ($territory::VARCHAR IS NULL OR p.territory = '' OR p.territory = $territory
    OR starts_with(p.territory, $territory || ' / ') OR starts_with($territory, p.territory || ' / '))
  AND ($indicator::VARCHAR IS NULL OR p.indicator = $indicator)
  AND ($level::VARCHAR IS NULL OR p.level = $level)
  AND ($cohort::VARCHAR IS NULL OR p.cohort = $cohort)
ORDER BY p.plan_id DESC
