-- One row is an organisation with how many of the cells that it is asked hold a number or a reason; where none is named,
-- of those whose report is not accepted yet. Organisations that are asked the same have one number (alike); each cell
-- that anybody is asked stands once, with the list of who is.
-- Found by its parts, which lie together as the values do: of a country's values those of a municipality are read only.
WITH asked AS MATERIALIZED (
  SELECT count, level, cohort, list(alike) AS alike
  FROM (
    SELECT unnest($alike::INTEGER[]) AS alike, unnest($counts::VARCHAR[]) AS count, unnest($levels::VARCHAR[]) AS level,
      unnest($cohorts::VARCHAR[]) AS cohort
  )
  GROUP BY count, level, cohort
),
sent AS MATERIALIZED (
  SELECT p.part_id, k.alike
  FROM part AS p
  JOIN organisation_in_period AS o ON o.period_id = p.period_id AND o.code = p.organisation
  JOIN (
    SELECT DISTINCT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels,
      unnest($alike::INTEGER[]) AS alike
  ) AS k ON k.kind = o.kind AND k.levels = o.levels
  WHERE p.period_id = $period
    AND CASE WHEN $organisation::VARCHAR IS NOT NULL THEN p.organisation = $organisation
      ELSE NOT EXISTS (
        SELECT 1 FROM report AS r
        WHERE r.period_id = p.period_id AND r.organisation = p.organisation AND r.state = 'accepted'
      ) END
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
)
SELECT v.organisation, count(*) AS cells
FROM current_value AS v
JOIN sent AS s ON s.part_id = v.part_id
JOIN asked AS a ON a.count = v.count AND a.level = v.level AND a.cohort = v.cohort AND list_contains(a.alike, s.alike)
WHERE v.period_id = $period
GROUP BY v.organisation
