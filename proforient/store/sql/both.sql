-- One row is the sum of the figures of organisations of one municipality now and of one (the same, unless they moved)
-- then: how many gave only now, only then, both times; the sums are over those that gave both times.
WITH own AS (
  SELECT g.period_id, g.organisation, g.territory, g.indicator, g.level, g.cohort, g.numerator, g.denominator
  FROM given AS g
  WHERE g.period_id IN ($now, $before)
    AND ($territory::VARCHAR IS NULL OR g.territory = $territory OR starts_with(g.territory, $territory || ' / '))
    AND list_contains($indicators::VARCHAR[], g.indicator)
    AND ($level::VARCHAR IS NULL OR g.level = $level)
    AND ($cohort::VARCHAR IS NULL OR g.cohort = $cohort)
),
seen AS (
  SELECT organisation, indicator, level, cohort,
    any_value(territory) FILTER (WHERE period_id = $now) AS now_in,
    any_value(territory) FILTER (WHERE period_id = $before) AS then_in,
    any_value(numerator) FILTER (WHERE period_id = $now) AS numerator,
    any_value(denominator) FILTER (WHERE period_id = $now) AS denominator,
    any_value(numerator) FILTER (WHERE period_id = $before) AS past_numerator,
    any_value(denominator) FILTER (WHERE period_id = $before) AS past_denominator
  FROM own
  GROUP BY organisation, indicator, level, cohort
)
SELECT indicator, level, cohort, now_in, then_in, count(*) AS organisations,
  sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator,
  sum(past_numerator)::BIGINT AS past_numerator, sum(past_denominator)::BIGINT AS past_denominator
FROM seen
GROUP BY ALL
