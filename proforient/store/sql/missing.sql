-- One row is an organisation that is asked for a figure and gave nothing whole; the rows of the view missing by name.
WITH wanted AS (
  SELECT f.* FROM figure AS f WHERE list_contains($indicators::VARCHAR[], f.indicator)
    AND ($level::VARCHAR IS NULL OR f.level = $level) AND ($cohort::VARCHAR IS NULL OR f.cohort = $cohort)
),
own AS (
  SELECT o.code, o.name, o.territory, o.kind, p.catalogue, year(p.starts) AS year,
    unnest(string_split(o.levels, ',')) AS level
  FROM organisation_in_period AS o
  JOIN period AS p ON p.period_id = o.period_id
  WHERE o.period_id = $period
    AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
    AND (o.opened IS NULL OR o.opened <= p.ends) AND (o.closed IS NULL OR o.closed > p.ends)
),
gave AS (
  SELECT g.organisation, g.indicator, g.level, g.cohort
  FROM given AS g
  WHERE g.period_id = $period AND g.indicator IN (SELECT source FROM wanted)
    AND ($territory::VARCHAR IS NULL OR g.territory = $territory OR starts_with(g.territory, $territory || ' / '))
)
SELECT o.territory, o.code, o.name, f.indicator, f.level, f.cohort
FROM own AS o
JOIN wanted AS f ON f.catalogue = o.catalogue AND f.level = o.level AND f.since <= o.year AND o.year <= f.until
  AND (f.kinds = '' OR list_contains(string_split(f.kinds, ','), o.kind))
ANTI JOIN gave AS g ON g.organisation = o.code AND g.indicator = f.source AND g.level = f.level AND g.cohort = f.cohort
