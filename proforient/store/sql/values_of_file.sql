-- One row is a number that was stored of one submission, with its place in the file.
SELECT v.organisation, v.count AS counted, v.level, v.cohort, v.number, v.sheet, v.row_no, v.column_name
FROM part AS p
JOIN value AS v ON v.part_id = p.part_id
WHERE p.submission_id = $submission AND v.number IS NOT NULL
ORDER BY v.value_id
