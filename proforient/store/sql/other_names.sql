-- One row is a name that an organisation bears on other days than $on.
SELECT DISTINCT f.code, n.name
FROM organisation_fact AS f, unnest([f.name, f.full_name]) AS n(name)
WHERE NOT (f.since <= $on AND $on < f.until) AND n.name <> ''
  AND f.code IN (SELECT unnest($codes::VARCHAR[]))
-- order: the same each time; proposals are put into the order of names later
ORDER BY ALL
