-- One row is an organisation whose report nobody has accepted yet, or the one that is named: how many of the cells that it
-- is asked hold a number or a reason (given); of how many the number is known, so that they need not be filled (known),
-- and how many of these hold something (known_given); how many sums it lacks of which it has every part (sums).
-- Asked are cells of a kind of organisation with its levels. A sum has a number among those of its kind; its cells are
-- its parts and, marked, itself. Values are found by their parts, as they lie together: of a country's those of a
-- municipality are read only.
WITH people AS MATERIALIZED (
  SELECT o.code AS organisation, o.kind, o.levels
  FROM organisation_in_period AS o
  LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
  WHERE o.period_id = $period
    AND ($organisation::VARCHAR IS NULL OR o.code = $organisation)
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
    AND ($organisation::VARCHAR IS NOT NULL OR r.state IS DISTINCT FROM 'accepted')
),
held AS MATERIALIZED (
  SELECT v.organisation, w.kind, w.levels, v.count, v.level, v.cohort
  FROM part AS p
  JOIN people AS w ON w.organisation = p.organisation
  JOIN current_value AS v ON v.part_id = p.part_id
  WHERE p.period_id = $period AND v.period_id = $period
),
asked AS MATERIALIZED (
  SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels, unnest($counts::VARCHAR[]) AS count,
    unnest($levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort, unnest($wholes::BOOLEAN[]) AS whole
),
sums AS MATERIALIZED (
  SELECT unnest($sum_kinds::VARCHAR[]) AS kind, unnest($sum_levels_of::VARCHAR[]) AS levels,
    unnest($sum_numbers::INTEGER[]) AS sum, unnest($sum_parts::INTEGER[]) AS parts,
    unnest($sum_itself::BOOLEAN[]) AS itself, unnest($sum_counts::VARCHAR[]) AS count,
    unnest($sum_levels::VARCHAR[]) AS level, unnest($sum_cohorts::VARCHAR[]) AS cohort
),
given AS (
  SELECT h.organisation, count(*) AS cells
  FROM held AS h
  JOIN asked AS a USING (kind, levels, count, level, cohort)
  GROUP BY h.organisation
),
known AS (
  SELECT DISTINCT w.organisation, c.count, c.level, c.cohort
  FROM people AS w
  JOIN contingent AS c ON c.organisation = w.organisation
  JOIN asked AS a ON a.kind = w.kind AND a.levels = w.levels AND a.count = c.count AND a.level = c.level
    AND a.cohort = c.cohort
  WHERE c.period_id = $period AND a.whole
),
spared AS (
  SELECT k.organisation, count(*) AS cells, count(h.organisation) AS given
  FROM known AS k
  LEFT JOIN held AS h USING (organisation, count, level, cohort)
  GROUP BY k.organisation
),
lacking AS (
  SELECT organisation, count(*) AS cells
  FROM (
    SELECT h.organisation, s.sum, any_value(s.parts) AS parts, count(*) FILTER (NOT s.itself) AS there,
      bool_or(s.itself) AS itself
    FROM held AS h
    JOIN sums AS s USING (kind, levels, count, level, cohort)
    GROUP BY h.organisation, s.sum
  )
  WHERE there = parts AND NOT itself
  GROUP BY organisation
)
SELECT w.organisation, coalesce(g.cells, 0)::INTEGER AS given, coalesce(k.cells, 0)::INTEGER AS known,
  coalesce(k.given, 0)::INTEGER AS known_given, coalesce(l.cells, 0)::INTEGER AS sums
FROM people AS w
LEFT JOIN given AS g USING (organisation)
LEFT JOIN spared AS k USING (organisation)
LEFT JOIN lacking AS l USING (organisation)
