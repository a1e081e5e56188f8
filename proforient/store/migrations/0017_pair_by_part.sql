-- What an organisation gave is found by its parts, as its values lie together with them: of a country's values a few
-- blocks are read instead of all of the period. The answer is the same.

DROP VIEW pair;
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
FROM part AS q
JOIN current_value AS v ON v.part_id = q.part_id AND v.period_id = q.period_id AND v.organisation = q.organisation
JOIN period AS p ON p.period_id = v.period_id
JOIN component AS c ON c.catalogue = p.catalogue AND c.count = v.count AND c.level = v.level
JOIN organisation_in_period AS o ON o.period_id = v.period_id AND o.code = v.organisation
WHERE v.number IS NOT NULL
  AND (c.kinds = '' OR list_contains(string_split(c.kinds, ','), o.kind))
GROUP BY v.period_id, o.territory, v.organisation, c.indicator, v.level, v.cohort, c.kind, c.parts
HAVING count(*) = c.parts;
