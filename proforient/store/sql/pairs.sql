-- One row is what one organisation gave for a figure in one of the periods; only who gave the whole pair.
SELECT list_extract($codes::VARCHAR[], list_position($periods::BIGINT[], p.period_id)) AS period,
  p.organisation, p.territory, p.indicator, p.level, p.cohort, p.numerator, p.denominator,
  p.number AS value,
  coalesce(r.state, 'submitted') AS state
FROM given AS p
LEFT JOIN report AS r ON r.period_id = p.period_id AND r.organisation = p.organisation
WHERE p.period_id BETWEEN list_min($periods::BIGINT[]) AND list_max($periods::BIGINT[])
  AND list_contains($periods::BIGINT[], p.period_id)
  AND ($organisation::VARCHAR IS NULL OR p.organisation = $organisation)
  AND ($municipality::VARCHAR IS NULL OR p.territory = $municipality
    AND p.place = md5_number_lower(split_part($municipality, ' / ', 1)) // 4294967296 * 4294967296
      + md5_number_lower($municipality) // 4294967296)
  AND ($region::VARCHAR IS NULL OR (p.territory = $region OR starts_with(p.territory, $region || ' / '))
    AND p.place BETWEEN md5_number_lower(split_part($region, ' / ', 1)) // 4294967296 * 4294967296
      AND md5_number_lower(split_part($region, ' / ', 1)) // 4294967296 * 4294967296 + 4294967295)
  AND ($indicators::VARCHAR[] IS NULL OR list_contains($indicators::VARCHAR[], p.indicator))
  AND ($level::VARCHAR IS NULL OR p.level = $level)
  AND ($cohort::VARCHAR IS NULL OR p.cohort = $cohort)
