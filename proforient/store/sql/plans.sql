-- One row is a plan value of a period, newest first; the first of an indicator, level, cohort and territory is in force.
SELECT p.indicator, p.level, p.cohort, p.territory, p.percent, p.number, p.origin, p.ground, p.author, p.happened_at
FROM plan_value AS p
WHERE p.period_id = $period
  AND ($indicator::VARCHAR IS NULL OR p.indicator = $indicator)
  AND ($level::VARCHAR IS NULL OR p.level = $level)
  AND ($cohort::VARCHAR IS NULL OR p.cohort = $cohort)
ORDER BY p.plan_id DESC
