-- One row is a figure's sum in one of the periods: of $whole, where that is given, otherwise of each municipality.
SELECT list_extract($codes::VARCHAR[], list_position($periods::BIGINT[], r.period_id)) AS period,
  coalesce($whole::VARCHAR, r.territory) AS territory, r.indicator, r.level, r.cohort,
  sum(r.numerator)::BIGINT AS numerator, sum(r.denominator)::BIGINT AS denominator, sum(r.number)::BIGINT AS value,
  sum(r.submitted)::BIGINT AS submitted, sum(r.on_review)::BIGINT AS on_review, sum(r.late)::BIGINT AS late,
  sum(r.missing)::BIGINT AS missing, sum(r.possible)::BIGINT AS possible, sum(r.unknown)::BIGINT AS unknown
FROM rollup AS r
WHERE r.period_id BETWEEN list_min($periods::BIGINT[]) AND list_max($periods::BIGINT[])
  AND list_contains($periods::BIGINT[], r.period_id)
  AND ($municipality::VARCHAR IS NULL OR r.territory = $municipality)
  AND ($region::VARCHAR IS NULL OR r.territory = $region OR starts_with(r.territory, $region || ' / '))
  AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], r.indicator))
  AND ($level::VARCHAR IS NULL OR r.level = $level)
  AND ($cohort::VARCHAR IS NULL OR r.cohort = $cohort)
GROUP BY ALL
