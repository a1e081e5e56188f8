-- One row is a figure of the organisations that were in one municipality now and in one then, counted and summed: in the
-- same, unless they moved; in none where they did not give the figure, and then the sums are of no use.
WITH asked AS (
  SELECT period_id, organisation, territory, indicator, level, cohort, numerator, denominator
  FROM given
  WHERE period_id IN ($now, $before)
    AND ($municipality::VARCHAR IS NULL OR territory = $municipality
      AND place = md5_number_lower(split_part($municipality, ' / ', 1)) // 4294967296 * 4294967296
        + md5_number_lower($municipality) // 4294967296)
    AND ($region::VARCHAR IS NULL OR (territory = $region OR starts_with(territory, $region || ' / '))
      AND place BETWEEN md5_number_lower(split_part($region, ' / ', 1)) // 4294967296 * 4294967296
        AND md5_number_lower(split_part($region, ' / ', 1)) // 4294967296 * 4294967296 + 4294967295)
    AND list_contains($indicators::VARCHAR[], indicator)
    AND ($level::VARCHAR IS NULL OR level = $level)
    AND ($cohort::VARCHAR IS NULL OR cohort = $cohort)
)
SELECT indicator, level, cohort, n.territory AS now_in, t.territory AS then_in, count(*) AS organisations,
  sum(n.numerator)::BIGINT AS numerator, sum(n.denominator)::BIGINT AS denominator,
  sum(t.numerator)::BIGINT AS past_numerator, sum(t.denominator)::BIGINT AS past_denominator
FROM (SELECT * FROM asked WHERE period_id = $now) AS n
FULL JOIN (SELECT * FROM asked WHERE period_id = $before) AS t USING (organisation, indicator, level, cohort)
GROUP BY ALL
