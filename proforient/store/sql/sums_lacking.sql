-- One row is an organisation with how many sums its report lacks although it has every part of them: it was taken before
-- sums followed by themselves. Where none is named, of those whose report is not accepted yet.
-- A sum has a number among those of its kind of organisation (alike); its cells are its parts and, marked, itself.
WITH cells AS MATERIALIZED (
  SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels, unnest($sums::INTEGER[]) AS sum,
    unnest($parts::INTEGER[]) AS parts, unnest($itself::BOOLEAN[]) AS itself, unnest($counts::VARCHAR[]) AS count,
    unnest($cell_levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort
),
sent AS MATERIALIZED (
  SELECT p.part_id, o.kind, o.levels
  FROM part AS p
  JOIN organisation_in_period AS o ON o.period_id = p.period_id AND o.code = p.organisation
  WHERE p.period_id = $period
    AND CASE WHEN $organisation::VARCHAR IS NOT NULL THEN p.organisation = $organisation
      ELSE NOT EXISTS (
        SELECT 1 FROM report AS r
        WHERE r.period_id = p.period_id AND r.organisation = p.organisation AND r.state = 'accepted'
      ) END
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
),
found AS (
  SELECT v.organisation, c.sum, any_value(c.parts) AS parts, count(*) FILTER (NOT c.itself) AS there,
    bool_or(c.itself) AS itself
  FROM current_value AS v
  JOIN sent AS s ON s.part_id = v.part_id
  JOIN cells AS c ON c.kind = s.kind AND c.levels = s.levels AND c.count = v.count AND c.level = v.level
    AND c.cohort = v.cohort
  WHERE v.period_id = $period
  GROUP BY v.organisation, c.sum
)
SELECT organisation, count(*) AS cells FROM found WHERE there = parts AND NOT itself GROUP BY organisation
