-- One row is a value whose standing is not what the order of parts gives: current and replaced, or the other way round.
WITH ranked AS (
  SELECT v.value_id, v.period_id, v.organisation, row_number() OVER (
      PARTITION BY v.period_id, v.organisation, v.count, v.level, v.cohort ORDER BY v.value_id DESC) = 1 AS latest
  FROM value AS v
  WHERE v.part_id NOT IN (SELECT part_id FROM withdrawn_part)
), latest AS (
  SELECT value_id, period_id, organisation FROM ranked WHERE latest
), standing AS (
  SELECT value_id, period_id, organisation FROM current_value
)
(SELECT * FROM latest EXCEPT SELECT * FROM standing)
UNION ALL
(SELECT * FROM standing EXCEPT SELECT * FROM latest)
-- order: by the keys that they are named by
ORDER BY ALL
