-- One row is an organisation with how many of the cells that it is asked hold a number or a reason.
SELECT v.organisation, count(*) AS cells
FROM current_value AS v
JOIN organisation_in_period AS o ON o.period_id = v.period_id AND o.code = v.organisation
JOIN (
  SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels, unnest($counts::VARCHAR[]) AS count,
    unnest($levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort
) AS a ON a.kind = o.kind AND a.levels = o.levels AND a.count = v.count AND a.level = v.level AND a.cohort = v.cohort
WHERE v.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR v.organisation = $organisation)
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
GROUP BY v.organisation
