-- One row is a value that was ever accepted for one cell of an organisation, newest first.
SELECT v.value_id, v.part_id, s.submission_id, v.organisation, v.count AS counted, v.level, v.cohort, v.number,
  v.reason, s.file_name, v.sheet, v.row_no, v.column_name
FROM value AS v
JOIN part AS p ON p.part_id = v.part_id
JOIN submission AS s ON s.submission_id = p.submission_id
WHERE v.period_id = $period AND v.organisation = $organisation
  AND v.count = $count AND v.level = $level AND v.cohort = $cohort
ORDER BY v.value_id DESC
