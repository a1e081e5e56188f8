-- Ready-made: the catalogue's figures as rows, what each organisation gave, and of every figure who is asked, who gave,
-- who is still missing. All of it follows from other tables; it is kept so that a page adds up rows instead of values.

CREATE TABLE figure (                    -- one row an indicator at a level in a cohort, and whom the catalogue asks
  catalogue VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  source VARCHAR NOT NULL,               -- the indicator whose counts make it: of a trend the share that it follows
  kinds VARCHAR NOT NULL,                -- kinds of organisation that it asks, joined by commas; empty: every kind
  since INTEGER NOT NULL,                -- first and last year in which it is asked
  until INTEGER NOT NULL,
  known VARCHAR NOT NULL                 -- counts that bound a missing answer, joined by commas; empty: it is one answer
);

CREATE TABLE given (                     -- the rows of the view pair
  period_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,
  organisation VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  numerator BIGINT,
  denominator BIGINT,
  number BIGINT,
  kind VARCHAR NOT NULL
);

CREATE VIEW known_count AS
SELECT period_id, organisation, count, level, cohort, arg_max(number, contingent_id) AS number
FROM contingent
GROUP BY period_id, organisation, count, level, cohort;

-- Whom the period asks for a figure: open on its last day, with the level, of a kind that the indicator asks.
CREATE VIEW asked AS
SELECT o.period_id, o.territory, o.code AS organisation, f.indicator, f.level, f.cohort, f.source, f.known
FROM (
  SELECT q.period_id, q.territory, q.code, q.kind, p.catalogue, year(p.starts) AS year,
    unnest(string_split(q.levels, ',')) AS level
  FROM organisation_in_period AS q
  JOIN period AS p ON p.period_id = q.period_id
  WHERE (q.opened IS NULL OR q.opened <= p.ends) AND (q.closed IS NULL OR q.closed > p.ends)
) AS o
JOIN figure AS f ON f.catalogue = o.catalogue AND f.level = o.level
WHERE f.since <= o.year AND o.year <= f.until
  AND (f.kinds = '' OR list_contains(string_split(f.kinds, ','), o.kind));

-- One row a missing answer; possible is the largest number that it can be, NULL where a count behind it is unknown.
CREATE VIEW missing AS
SELECT a.period_id, a.territory, a.organisation, a.indicator, a.level, a.cohort,
  CASE WHEN a.known = '' THEN 1 WHEN count(k.number) = count(*) THEN sum(k.number) END::BIGINT AS possible
FROM (
  SELECT q.*, unnest(string_split(q.known, ',')) AS count
  FROM asked AS q
  ANTI JOIN given AS g ON g.period_id = q.period_id AND g.organisation = q.organisation
    AND g.indicator = q.source AND g.level = q.level AND g.cohort = q.cohort
) AS a
LEFT JOIN known_count AS k ON k.period_id = a.period_id AND k.organisation = a.organisation
  AND k.count = a.count AND k.level = a.level AND k.cohort = a.cohort
GROUP BY a.period_id, a.territory, a.organisation, a.indicator, a.level, a.cohort, a.known;

DROP VIEW pair_total;
DROP TABLE rollup;

CREATE TABLE rollup (                    -- sums over the organisations of a municipality, of every figure asked or given
  period_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  numerator BIGINT,                      -- of those that gave the whole pair
  denominator BIGINT,
  number BIGINT,                         -- of a count
  submitted INTEGER NOT NULL,            -- gave the whole pair
  on_review INTEGER NOT NULL,            -- of these, reports that nobody has accepted yet
  late INTEGER NOT NULL,                 -- of these, reports that came after the last day
  missing INTEGER NOT NULL,              -- are asked and gave nothing whole
  possible BIGINT NOT NULL,              -- the sum of what these can still give at most, as far as it is known
  unknown INTEGER NOT NULL               -- of these, how many of whom it is not known
);

CREATE VIEW pair_total AS
WITH told AS (
  SELECT g.period_id, g.territory, f.indicator, g.level, g.cohort, g.numerator, g.denominator,
    CASE WHEN g.kind = 'count' THEN g.number END AS number,
    1 AS submitted,
    CASE WHEN r.state IN ('submitted', 'returned') THEN 1 ELSE 0 END AS on_review,
    CASE WHEN r.late THEN 1 ELSE 0 END AS late,
    0 AS missing, 0 AS possible, 0 AS unknown
  FROM given AS g
  JOIN period AS p ON p.period_id = g.period_id
  JOIN figure AS f ON f.catalogue = p.catalogue AND f.source = g.indicator AND f.level = g.level AND f.cohort = g.cohort
  LEFT JOIN report AS r ON r.period_id = g.period_id AND r.organisation = g.organisation
  UNION ALL
  SELECT m.period_id, m.territory, m.indicator, m.level, m.cohort, NULL, NULL, NULL, 0, 0, 0,
    1, coalesce(m.possible, 0), CASE WHEN m.possible IS NULL THEN 1 ELSE 0 END
  FROM missing AS m
)
SELECT period_id, territory, indicator, level, cohort,
  sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator, sum(number)::BIGINT AS number,
  sum(submitted)::INTEGER AS submitted, sum(on_review)::INTEGER AS on_review, sum(late)::INTEGER AS late,
  sum(missing)::INTEGER AS missing, sum(possible)::BIGINT AS possible, sum(unknown)::INTEGER AS unknown
FROM told
GROUP BY period_id, territory, indicator, level, cohort;
