-- One row is an indicator's sum at a level and cohort: of $whole, where that is given, otherwise of each municipality.
SELECT coalesce($whole::VARCHAR, r.territory) AS territory, r.indicator, r.level, r.cohort,
  sum(r.numerator)::BIGINT AS numerator, sum(r.denominator)::BIGINT AS denominator, sum(r.number)::BIGINT AS value,
  sum(r.submitted)::BIGINT AS submitted, sum(r.on_review)::BIGINT AS on_review, sum(r.late)::BIGINT AS late,
  sum(r.missing)::BIGINT AS missing, sum(r.possible)::BIGINT AS possible, sum(r.unknown)::BIGINT AS unknown
FROM rollup AS r
WHERE r.period_id = $period
  AND ($territory::VARCHAR IS NULL OR r.territory = $territory OR starts_with(r.territory, $territory || ' / '))
  AND ($indicator::VARCHAR IS NULL OR r.indicator = $indicator)
  AND ($level::VARCHAR IS NULL OR r.level = $level)
  AND ($cohort::VARCHAR IS NULL OR r.cohort = $cohort)
GROUP BY ALL
