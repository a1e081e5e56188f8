-- Whom a period asks is worked out once an organisation: the number of its place and the kinds of a figure were made
-- anew for each of the hundreds of figures that it is asked, which was a third of what accepting a file cost.

DROP VIEW asked;

-- Whom the period asks for a figure: open on its last day, with the level, of a kind that the indicator asks.
CREATE VIEW asked AS
SELECT o.period_id, o.territory, o.code AS organisation, f.indicator, f.level, f.cohort, f.source, f.known, o.place
FROM (
  SELECT q.*, unnest(string_split(q.levels, ',')) AS level
  FROM (
    SELECT r.period_id, r.territory, r.code, r.kind, r.levels, p.catalogue, year(p.starts) AS year,
      md5_number_lower(split_part(r.territory, ' / ', 1)) // 4294967296 * 4294967296
        + md5_number_lower(r.territory) // 4294967296 AS place
    FROM organisation_in_period AS r
    JOIN period AS p ON p.period_id = r.period_id
    WHERE (r.opened IS NULL OR r.opened <= p.ends) AND (r.closed IS NULL OR r.closed > p.ends)
  ) AS q
) AS o
JOIN (SELECT *, string_split(kinds, ',') AS each_kind FROM figure) AS f
  ON f.catalogue = o.catalogue AND f.level = o.level
WHERE f.since <= o.year AND o.year <= f.until AND (f.kinds = '' OR list_contains(f.each_kind, o.kind));
