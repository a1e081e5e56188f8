-- One row is a plan value in force: the newest of its period, figure and territory.
SELECT p.code AS period, v.territory, v.indicator, v.level, v.cohort, v.percent, v.number, v.origin, v.ground,
  v.happened_at
FROM plan_value AS v
JOIN period AS p ON p.period_id = v.period_id
WHERE p.catalogue = $catalogue
QUALIFY row_number() OVER (
  PARTITION BY v.period_id, v.territory, v.indicator, v.level, v.cohort ORDER BY v.plan_id DESC
) = 1
ORDER BY v.plan_id
