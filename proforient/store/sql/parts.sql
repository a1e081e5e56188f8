-- One row is what a submission says for one organisation, with how many of its cells are still in force; newest first.
WITH chosen AS MATERIALIZED (
  SELECT part_id, submission_id, organisation, period_id, cells
  FROM part AS p
  WHERE ($period::BIGINT IS NULL OR p.period_id = $period)
    AND ($organisations::VARCHAR[] IS NULL OR p.organisation IN (SELECT unnest($organisations::VARCHAR[])))
    AND ($submission::BIGINT IS NULL OR p.submission_id = $submission)
    AND ($parts::BIGINT[] IS NULL OR list_contains($parts::BIGINT[], p.part_id))
), counted AS (
  SELECT part_id, count(*)::INTEGER AS cells
  FROM current_value
  WHERE part_id IN (SELECT part_id FROM chosen)
  GROUP BY part_id
)
SELECT p.part_id, p.submission_id, p.organisation, d.code AS period, p.cells, coalesce(c.cells, 0) AS in_force,
  p.part_id IN (SELECT part_id FROM withdrawn_part) AS withdrawn,
  s.file_name, s.received_by, s.received_at
FROM chosen AS p
JOIN submission AS s ON s.submission_id = p.submission_id
JOIN period AS d ON d.period_id = p.period_id
LEFT JOIN counted AS c ON c.part_id = p.part_id
ORDER BY p.part_id DESC
