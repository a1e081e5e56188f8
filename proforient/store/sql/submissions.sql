-- One row is an accepted file with the organisations it speaks for (in no order), newest first. Its place among the
-- files of its period never changes: identifiers grow with time on every server, and no file is ever taken away.
SELECT s.submission_id, d.code AS period, n.place, s.file_name, s.sha256, s.file_size, s.received_by, s.received_at,
  s.late,
  list(p.organisation) AS organisations,
  sum(p.cells)::INTEGER AS cells,
  bool_and(p.part_id IN (SELECT part_id FROM withdrawn_part)) AS withdrawn
FROM submission AS s
JOIN (
  SELECT submission_id, row_number() OVER (PARTITION BY period_id ORDER BY submission_id)::INTEGER AS place
  FROM submission
  WHERE ($period::BIGINT IS NULL OR period_id = $period)
    AND ($submission::BIGINT IS NULL OR period_id IN (
      SELECT q.period_id FROM submission AS q WHERE q.submission_id = $submission))
) AS n ON n.submission_id = s.submission_id
JOIN period AS d ON d.period_id = s.period_id
JOIN part AS p ON p.submission_id = s.submission_id
WHERE ($period::BIGINT IS NULL OR s.period_id = $period)
  AND ($submission::BIGINT IS NULL OR s.submission_id = $submission)
  AND ($place::INTEGER IS NULL OR n.place = $place)
  AND ($organisation::VARCHAR IS NULL OR s.submission_id IN (
    SELECT q.submission_id FROM part AS q WHERE q.organisation = $organisation))
GROUP BY ALL
ORDER BY s.received_at DESC, s.submission_id DESC
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
