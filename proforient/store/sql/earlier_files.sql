-- One row is the stored file: when it last came, and how many of its cells a newer file has since replaced.
WITH latest AS (
  SELECT s.sha256, max(s.submission_id) AS submission_id, max(s.received_at) AS received_at
  FROM submission AS s
  WHERE ($period::BIGINT IS NULL OR s.period_id = $period)
    AND s.sha256 = $sha256
  GROUP BY s.sha256
), own AS MATERIALIZED (
  SELECT p.submission_id, p.part_id, p.cells
  FROM part AS p
  WHERE p.submission_id IN (SELECT submission_id FROM latest)
    AND p.part_id NOT IN (SELECT part_id FROM withdrawn_part)
), counted AS (
  SELECT v.part_id, count(*) AS in_force
  FROM current_value AS v
  WHERE v.part_id IN (SELECT part_id FROM own)
  GROUP BY v.part_id
), standing AS (
  SELECT p.submission_id, sum(p.cells) AS cells, sum(coalesce(c.in_force, 0)) AS in_force
  FROM own AS p
  LEFT JOIN counted AS c ON c.part_id = p.part_id
  GROUP BY p.submission_id
)
SELECT l.sha256, l.received_at, coalesce(s.cells - s.in_force, 0)::INTEGER AS replaced
FROM latest AS l
LEFT JOIN standing AS s ON s.submission_id = l.submission_id
