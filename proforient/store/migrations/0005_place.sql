-- The ready-made rows are found by a number: of a text the database remembers the first bytes only, which all paths
-- of a country share. Rows of one territory lie together, and so do those of one region.

DROP VIEW pair_total;
DROP VIEW missing;
DROP VIEW asked;
DROP VIEW known_count;
DROP VIEW pair;

CREATE TABLE given_placed (              -- the rows of the view pair
  period_id BIGINT NOT NULL,
  place UBIGINT NOT NULL,                -- first half: of the first step of the territory's path, second: of all of it
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
INSERT INTO given_placed
SELECT period_id, md5_number_lower(split_part(territory, ' / ', 1)) // 4294967296 * 4294967296
  + md5_number_lower(territory) // 4294967296 AS place,
  territory, organisation, indicator, level, cohort, numerator, denominator, number, kind
FROM given
ORDER BY period_id, place, organisation;
DROP TABLE given;
ALTER TABLE given_placed RENAME TO given;

CREATE TABLE rollup_placed (             -- sums over the organisations of a municipality, of every figure asked or given
  period_id BIGINT NOT NULL,
  place UBIGINT NOT NULL,
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
INSERT INTO rollup_placed
SELECT period_id, md5_number_lower(split_part(territory, ' / ', 1)) // 4294967296 * 4294967296
  + md5_number_lower(territory) // 4294967296 AS place,
  territory, indicator, level, cohort, numerator, denominator, number, submitted, on_review, late, missing, possible,
  unknown
FROM rollup
ORDER BY period_id, place;
DROP TABLE rollup;
ALTER TABLE rollup_placed RENAME TO rollup;

-- The one question behind every figure: what one organisation gave for an indicator, if it gave all of it.
CREATE VIEW pair AS
SELECT
  v.period_id, md5_number_lower(split_part(o.territory, ' / ', 1)) // 4294967296 * 4294967296
    + md5_number_lower(o.territory) // 4294967296 AS place,
  o.territory, v.organisation, c.indicator, v.level, v.cohort,
  CASE c.kind
    WHEN 'share' THEN sum(v.number) FILTER (WHERE c.role = 'numerator')
    WHEN 'yes_no' THEN sum(CASE WHEN v.number = c.good THEN 1 ELSE 0 END)
  END::BIGINT AS numerator,
  CASE c.kind
    WHEN 'share' THEN sum(v.number) FILTER (WHERE c.role = 'denominator')
    WHEN 'yes_no' THEN 1
  END::BIGINT AS denominator,
  CASE WHEN c.kind <> 'share' THEN sum(v.number) END::BIGINT AS number,
  c.kind
FROM current_value AS v
JOIN period AS p ON p.period_id = v.period_id
JOIN component AS c ON c.catalogue = p.catalogue AND c.count = v.count AND c.level = v.level
JOIN organisation_in_period AS o ON o.period_id = v.period_id AND o.code = v.organisation
WHERE v.number IS NOT NULL
  AND (c.kinds = '' OR list_contains(string_split(c.kinds, ','), o.kind))
GROUP BY v.period_id, o.territory, v.organisation, c.indicator, v.level, v.cohort, c.kind, c.parts
HAVING count(*) = c.parts;

-- Whom the period asks for a figure: open on its last day, with the level, of a kind that the indicator asks.
CREATE VIEW asked AS
SELECT o.period_id, o.territory, o.code AS organisation, f.indicator, f.level, f.cohort, f.source, f.known,
  md5_number_lower(split_part(o.territory, ' / ', 1)) // 4294967296 * 4294967296
    + md5_number_lower(o.territory) // 4294967296 AS place
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
-- The form decides the time: what is asked of a row on the left is asked on the right of a LEFT JOIN, too, but not of
-- an ANTI JOIN; and the known counts are narrowed by their organisations' territory before the newest are taken.
CREATE VIEW missing AS
SELECT period_id, place, territory, organisation, indicator, level, cohort,
  CASE WHEN known = '' THEN 1 WHEN count(number) = count(*) THEN sum(number) END::BIGINT AS possible
FROM (
  SELECT a.period_id, a.place, a.territory, a.organisation, a.indicator, a.level, a.cohort, a.known, k.number
  FROM (
    SELECT q.*, unnest(string_split(q.known, ',')) AS count
    FROM asked AS q
    LEFT JOIN given AS g ON g.period_id = q.period_id AND g.place = q.place AND g.organisation = q.organisation
      AND g.indicator = q.source AND g.level = q.level AND g.cohort = q.cohort
    WHERE g.organisation IS NULL
  ) AS a
  LEFT JOIN (
    SELECT c.period_id, o.territory, c.organisation, c.count, c.level, c.cohort,
      arg_max(c.number, c.contingent_id) AS number
    FROM contingent AS c
    JOIN organisation_in_period AS o ON o.period_id = c.period_id AND o.code = c.organisation
    GROUP BY c.period_id, o.territory, c.organisation, c.count, c.level, c.cohort
  ) AS k ON k.period_id = a.period_id AND k.territory = a.territory AND k.organisation = a.organisation
    AND k.count = a.count AND k.level = a.level AND k.cohort = a.cohort
)
GROUP BY period_id, place, territory, organisation, indicator, level, cohort, known;

CREATE VIEW pair_total AS
WITH told AS (
  SELECT g.period_id, g.place, g.territory, f.indicator, g.level, g.cohort, g.numerator, g.denominator,
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
  SELECT m.period_id, m.place, m.territory, m.indicator, m.level, m.cohort, NULL, NULL, NULL, 0, 0, 0,
    1, coalesce(m.possible, 0), CASE WHEN m.possible IS NULL THEN 1 ELSE 0 END
  FROM missing AS m
)
SELECT period_id, place, territory, indicator, level, cohort,
  sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator, sum(number)::BIGINT AS number,
  sum(submitted)::INTEGER AS submitted, sum(on_review)::INTEGER AS on_review, sum(late)::INTEGER AS late,
  sum(missing)::INTEGER AS missing, sum(possible)::BIGINT AS possible, sum(unknown)::INTEGER AS unknown
FROM told
GROUP BY period_id, place, territory, indicator, level, cohort;
