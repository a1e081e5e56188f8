-- One row is a part or value whose standing changes: it is replaced now ('add'), or in force again ('remove').
WITH touched AS (
  SELECT v.value_id, v.part_id, v.organisation, v.count, v.level, v.cohort,
    v.part_id IN (SELECT part_id FROM withdrawn_part) AS withdrawn
  FROM value AS v
  WHERE v.period_id = $period AND v.part_id IN (
    SELECT p.part_id FROM part AS p
    WHERE p.period_id = $period AND p.organisation IN (SELECT unnest($organisations::VARCHAR[])))
), ranked AS (
  SELECT t.value_id, t.part_id, NOT t.withdrawn AND row_number() OVER (
      PARTITION BY t.organisation, t.count, t.level, t.cohort ORDER BY t.withdrawn, t.value_id DESC) = 1 AS latest
  FROM touched AS t
), parts AS (
  SELECT part_id, bool_or(latest) AS alive FROM ranked GROUP BY part_id
), wanted AS (
  SELECT 'part' AS what, part_id AS id FROM parts WHERE NOT alive
  UNION ALL
  SELECT 'value', r.value_id FROM ranked AS r JOIN parts AS p ON p.part_id = r.part_id WHERE p.alive AND NOT r.latest
), present AS (
  SELECT 'part' AS what, s.part_id AS id FROM superseded_part AS s WHERE s.part_id IN (SELECT part_id FROM parts)
  UNION ALL
  SELECT 'value', s.value_id FROM superseded_value AS s WHERE s.value_id IN (SELECT value_id FROM ranked)
)
SELECT w.what, w.id, 'add' AS change FROM wanted AS w ANTI JOIN present AS n ON n.what = w.what AND n.id = w.id
UNION ALL
SELECT n.what, n.id, 'remove' FROM present AS n ANTI JOIN wanted AS w ON n.what = w.what AND n.id = w.id
