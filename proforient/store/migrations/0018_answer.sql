-- What one organisation is in the totals, by itself: they are the sums of it, and change by it where one report changes.
-- The columns of both views are those of rollup, and whose they are.

DROP VIEW pair_total;

CREATE VIEW answer AS                    -- one row a figure that an organisation has given
SELECT g.period_id, g.place, g.territory, g.organisation, f.indicator, g.level, g.cohort, g.numerator, g.denominator,
  CASE WHEN g.kind = 'count' THEN g.number END AS number,
  1 AS submitted,
  CASE WHEN r.state IN ('submitted', 'returned') THEN 1 ELSE 0 END AS on_review,
  CASE WHEN r.late THEN 1 ELSE 0 END AS late,
  0 AS missing, 0 AS possible, 0 AS unknown
FROM given AS g
JOIN period AS p ON p.period_id = g.period_id
JOIN figure AS f ON f.catalogue = p.catalogue AND f.source = g.indicator AND f.level = g.level AND f.cohort = g.cohort
LEFT JOIN report AS r ON r.period_id = g.period_id AND r.organisation = g.organisation;

CREATE VIEW no_answer AS                 -- one row a figure that it is asked for and has not given
SELECT period_id, place, territory, organisation, indicator, level, cohort,
  NULL::BIGINT AS numerator, NULL::BIGINT AS denominator, NULL::BIGINT AS number,
  0 AS submitted, 0 AS on_review, 0 AS late,
  1 AS missing, coalesce(possible, 0) AS possible, CASE WHEN possible IS NULL THEN 1 ELSE 0 END AS unknown
FROM missing;

CREATE VIEW pair_total AS
SELECT period_id, place, territory, indicator, level, cohort,
  sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator, sum(number)::BIGINT AS number,
  sum(submitted)::INTEGER AS submitted, sum(on_review)::INTEGER AS on_review, sum(late)::INTEGER AS late,
  sum(missing)::INTEGER AS missing, sum(possible)::BIGINT AS possible, sum(unknown)::INTEGER AS unknown
FROM (SELECT * FROM answer UNION ALL SELECT * FROM no_answer)
GROUP BY period_id, place, territory, indicator, level, cohort;
