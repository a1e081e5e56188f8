-- A period asks some of the catalogue's indicators; one without a row here asks all that the catalogue does in its year.

CREATE TABLE period_indicator (          -- a trend stands here beside the share that it follows
  period_id BIGINT NOT NULL,
  indicator VARCHAR NOT NULL
);

-- Whom the period asks for a figure: open on its last day, with the level, of a kind that the indicator asks.
CREATE OR REPLACE VIEW asked AS
SELECT o.period_id, o.territory, o.code AS organisation, f.indicator, f.level, f.cohort, f.source, f.known,
  md5_number_lower(split_part(o.territory, ' / ', 1)) // 4294967296 * 4294967296
    + md5_number_lower(o.territory) // 4294967296 AS place
FROM (
  SELECT q.period_id, q.territory, q.code, q.kind, p.catalogue, p.chosen, year(p.starts) AS year,
    unnest(string_split(q.levels, ',')) AS level
  FROM organisation_in_period AS q
  JOIN (
    SELECT w.period_id, w.catalogue, w.starts, w.ends, c.chosen
    FROM period AS w
    LEFT JOIN (
      SELECT period_id, list(indicator) AS chosen FROM period_indicator GROUP BY period_id
    ) AS c ON c.period_id = w.period_id
  ) AS p ON p.period_id = q.period_id
  WHERE (q.opened IS NULL OR q.opened <= p.ends) AND (q.closed IS NULL OR q.closed > p.ends)
) AS o
JOIN figure AS f ON f.catalogue = o.catalogue AND f.level = o.level
WHERE f.since <= o.year AND o.year <= f.until
  AND (f.kinds = '' OR list_contains(string_split(f.kinds, ','), o.kind))
  AND (o.chosen IS NULL OR list_contains(o.chosen, f.indicator));
