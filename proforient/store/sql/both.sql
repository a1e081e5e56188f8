-- One row is a figure of the organisations that were in one municipality now and in one then, counted and summed: in the
-- same, unless they moved; in none where they did not give the figure, and then the sums are of no use.
SELECT indicator, level, cohort, n.territory AS now_in, t.territory AS then_in, count(*) AS organisations,
  sum(n.numerator)::BIGINT AS numerator, sum(n.denominator)::BIGINT AS denominator,
  sum(t.numerator)::BIGINT AS past_numerator, sum(t.denominator)::BIGINT AS past_denominator
FROM (
  SELECT organisation, territory, indicator, level, cohort, numerator, denominator
  FROM given AS g
  WHERE g.period_id = $now
    AND ($municipality::VARCHAR IS NULL OR g.territory = $municipality)
    AND ($region::VARCHAR IS NULL OR g.territory = $region OR starts_with(g.territory, $region || ' / '))
    AND list_contains($indicators::VARCHAR[], g.indicator)
    AND ($level::VARCHAR IS NULL OR g.level = $level)
    AND ($cohort::VARCHAR IS NULL OR g.cohort = $cohort)
) AS n
FULL JOIN (
  SELECT organisation, territory, indicator, level, cohort, numerator, denominator
  FROM given AS g
  WHERE g.period_id = $before
    AND ($municipality::VARCHAR IS NULL OR g.territory = $municipality)
    AND ($region::VARCHAR IS NULL OR g.territory = $region OR starts_with(g.territory, $region || ' / '))
    AND list_contains($indicators::VARCHAR[], g.indicator)
    AND ($level::VARCHAR IS NULL OR g.level = $level)
    AND ($cohort::VARCHAR IS NULL OR g.cohort = $cohort)
) AS t USING (organisation, indicator, level, cohort)
GROUP BY ALL
