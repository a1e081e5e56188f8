-- One row is what a submission says for one organisation, with how many of its cells are still in force; newest first.
SELECT p.part_id, p.submission_id, p.organisation, d.code AS period, p.cells,
  (SELECT count(*) FROM current_value AS v WHERE v.part_id = p.part_id)::INTEGER AS in_force,
  p.part_id IN (SELECT part_id FROM withdrawn_part) AS withdrawn,
  s.file_name, s.received_by, s.received_at
FROM part AS p
JOIN submission AS s ON s.submission_id = p.submission_id
JOIN period AS d ON d.period_id = p.period_id
WHERE ($period::BIGINT IS NULL OR p.period_id = $period)
  AND ($organisations::VARCHAR[] IS NULL OR p.organisation IN (SELECT unnest($organisations::VARCHAR[])))
  AND ($submission::BIGINT IS NULL OR p.submission_id = $submission)
  AND ($parts::BIGINT[] IS NULL OR p.part_id IN (SELECT unnest($parts::BIGINT[])))
ORDER BY p.part_id DESC
