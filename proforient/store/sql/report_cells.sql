-- One row is an organisation whose report nobody has accepted yet, or the one that is named: how many of the cells that it
-- is asked hold a number or a reason (given); of how many the number is known, so that they need not be filled (known),
-- and how many of these hold something (known_given); how many sums it lacks of which it has every part (sums).
-- Asked are cells of organisations that are alike: of a kind, with the same levels. A cell has a number, and one row for
-- each sum in which it stands; of a sum these are its parts and, marked, itself. Values are found by their parts, as they
-- lie together: of a country's those of a municipality are read only. They meet their cells once, and afterwards are
-- found by numbers: each comparison of three words costs as much as reading the values.
WITH alike AS MATERIALIZED (
  SELECT unnest($alike::INTEGER[]) AS alike, unnest($kinds::VARCHAR[]) AS kind, unnest($levels_of::VARCHAR[]) AS levels
),
cell AS MATERIALIZED (
  SELECT unnest($cells::INTEGER[]) AS cell, unnest($cells_alike::INTEGER[]) AS alike, unnest($counts::VARCHAR[]) AS count,
    unnest($levels::VARCHAR[]) AS level, unnest($cohorts::VARCHAR[]) AS cohort, unnest($askeds::BOOLEAN[]) AS asked,
    unnest($wholes::BOOLEAN[]) AS whole
),
sums AS MATERIALIZED (
  SELECT unnest($sum_cells::INTEGER[]) AS cell, unnest($sum_numbers::INTEGER[]) AS sum, unnest($sum_parts::INTEGER[]) AS parts,
    unnest($sum_itself::BOOLEAN[]) AS itself
),
people AS MATERIALIZED (
  SELECT o.code AS organisation, a.alike
  FROM organisation_in_period AS o
  LEFT JOIN alike AS a ON a.kind = o.kind AND a.levels = o.levels
  LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
  WHERE o.period_id = $period
    AND ($organisation::VARCHAR IS NULL OR o.code = $organisation)
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
    AND ($organisation::VARCHAR IS NOT NULL OR r.state IS DISTINCT FROM 'accepted')
),
said AS MATERIALIZED (
  SELECT v.organisation, w.alike, v.count, v.level, v.cohort
  FROM part AS p
  JOIN people AS w ON w.organisation = p.organisation
  JOIN current_value AS v ON v.part_id = p.part_id
  WHERE p.period_id = $period AND v.period_id = $period
),
held AS MATERIALIZED (
  SELECT s.organisation, c.cell, c.asked FROM said AS s JOIN cell AS c USING (alike, count, level, cohort)
),
given AS (
  SELECT organisation, count(*) FILTER (asked) AS cells FROM held GROUP BY organisation
),
counted AS MATERIALIZED (
  SELECT DISTINCT w.organisation, w.alike, c.count, c.level, c.cohort
  FROM people AS w
  JOIN contingent AS c ON c.organisation = w.organisation
  WHERE c.period_id = $period
),
known AS MATERIALIZED (
  SELECT k.organisation, c.cell FROM counted AS k JOIN cell AS c USING (alike, count, level, cohort) WHERE c.whole
),
spared AS (
  SELECT k.organisation, count(*) AS cells, count(h.organisation) AS given
  FROM known AS k
  LEFT JOIN held AS h USING (organisation, cell)
  GROUP BY k.organisation
),
lacking AS (
  SELECT organisation, count(*) AS cells
  FROM (
    SELECT h.organisation, s.sum, any_value(s.parts) AS parts, count(*) FILTER (NOT s.itself) AS there,
      bool_or(s.itself) AS itself
    FROM held AS h
    JOIN sums AS s USING (cell)
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
