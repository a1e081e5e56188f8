-- One row is what one organisation gave for an indicator, level and cohort; only who gave the whole pair.
SELECT p.organisation, p.territory, p.indicator, p.level, p.cohort, p.numerator, p.denominator,
  p.number AS value,
  coalesce(r.state, 'submitted') AS state
FROM given AS p
LEFT JOIN report AS r ON r.period_id = p.period_id AND r.organisation = p.organisation
WHERE p.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR p.organisation = $organisation)
  AND ($territory::VARCHAR IS NULL OR p.territory = $territory OR starts_with(p.territory, $territory || ' / '))
  AND ($indicator::VARCHAR IS NULL OR p.indicator = $indicator)
  AND ($level::VARCHAR IS NULL OR p.level = $level)
  AND ($cohort::VARCHAR IS NULL OR p.cohort = $cohort)
