-- One row is an organisation with how many of the cells that it would be asked need not be filled, as their number is
-- known, and how many of these hold a value. One that has reported without them, before they were known, is still asked.
WITH spared AS MATERIALIZED (
  SELECT DISTINCT c.organisation, c.count, c.level, c.cohort
  FROM contingent AS c
  JOIN organisation_in_period AS o ON o.period_id = c.period_id AND o.code = c.organisation
  JOIN (
    SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels,
      unnest($counts::VARCHAR[]) AS count, unnest($levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort
  ) AS k ON k.kind = o.kind AND k.levels = o.levels AND k.count = c.count AND k.level = c.level AND k.cohort = c.cohort
  WHERE c.period_id = $period
    AND ($organisation::VARCHAR IS NULL OR c.organisation = $organisation)
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
)
SELECT s.organisation, count(*) AS cells, count(v.value_id) AS given
FROM spared AS s
LEFT JOIN current_value AS v ON v.period_id = $period AND v.organisation = s.organisation
  AND v.count = s.count AND v.level = s.level AND v.cohort = s.cohort
GROUP BY s.organisation
