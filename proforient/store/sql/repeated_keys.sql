-- One row is a key that stands twice where it must be unique (the shared store has no keys of its own).
SELECT 'organisation' AS what, code AS id FROM organisation GROUP BY code HAVING count(*) > 1
UNION ALL
SELECT 'period', catalogue || ' ' || code FROM period GROUP BY catalogue, code HAVING count(*) > 1
UNION ALL
SELECT 'period_opening', period_id || ' ' || territory FROM period_opening GROUP BY period_id, territory HAVING count(*) > 1
UNION ALL
SELECT 'report', period_id || ' ' || organisation FROM report GROUP BY period_id, organisation HAVING count(*) > 1
UNION ALL
SELECT 'submission', submission_id::VARCHAR FROM submission GROUP BY submission_id HAVING count(*) > 1
UNION ALL
SELECT 'part', part_id::VARCHAR FROM part GROUP BY part_id HAVING count(*) > 1
UNION ALL
SELECT 'value', value_id::VARCHAR FROM value GROUP BY value_id HAVING count(*) > 1
UNION ALL
SELECT 'event', event_id::VARCHAR FROM event GROUP BY event_id HAVING count(*) > 1
UNION ALL
SELECT 'snapshot', token FROM snapshot GROUP BY token HAVING count(*) > 1
UNION ALL
SELECT 'catalogue_text', sha256 FROM catalogue_text GROUP BY sha256 HAVING count(*) > 1
-- order: by the keys that they are named by
ORDER BY ALL
