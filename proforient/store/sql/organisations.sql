-- One row is an organisation as it stood on the day $on. The first facts known of it hold for the time before, too.
SELECT o.code, o.inn, f.name, f.full_name, f.kind, f.levels, f.territory, o.part_of, o.opened, o.closed
FROM organisation AS o
JOIN organisation_fact AS f ON f.code = o.code AND f.since <= $on AND $on < f.until
-- The bounds let the database pass over what lies outside them, on both sides of the join.
WHERE ($codes::VARCHAR[] IS NULL OR (o.code IN (SELECT unnest($codes::VARCHAR[]))
    AND o.code BETWEEN list_min($codes::VARCHAR[]) AND list_max($codes::VARCHAR[])
    AND f.code BETWEEN list_min($codes::VARCHAR[]) AND list_max($codes::VARCHAR[])))
  AND ($territory::VARCHAR IS NULL OR f.territory = $territory OR starts_with(f.territory, $territory || ' / '))
