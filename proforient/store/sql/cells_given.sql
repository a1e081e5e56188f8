-- One row is an organisation with how many of the cells that it is asked hold a number or a reason.
-- Found by its parts, which lie together as the values do: of a country's values those of a municipality are read only.
SELECT v.organisation, count(*) AS cells
FROM (
  SELECT p.part_id, q.kind, q.levels
  FROM part AS p
  JOIN organisation_in_period AS q ON q.period_id = p.period_id AND q.code = p.organisation
  WHERE p.period_id = $period
    AND ($organisation::VARCHAR IS NULL OR p.organisation = $organisation)
    AND ($territory::VARCHAR IS NULL OR q.territory = $territory OR starts_with(q.territory, $territory || ' / '))
) AS o
JOIN current_value AS v ON v.part_id = o.part_id
JOIN (
  SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels, unnest($counts::VARCHAR[]) AS count,
    unnest($levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort
) AS a ON a.kind = o.kind AND a.levels = o.levels AND a.count = v.count AND a.level = v.level AND a.cohort = v.cohort
WHERE v.period_id = $period
GROUP BY v.organisation
