-- One row is a current value with the file, sheet, row and column that it came from.
SELECT v.value_id, v.part_id, s.submission_id, v.organisation, v.count AS counted, v.level, v.cohort, v.number,
  v.reason, s.file_name, v.sheet, v.row_no, v.column_name
FROM current_value AS v
JOIN part AS p ON p.part_id = v.part_id
JOIN submission AS s ON s.submission_id = p.submission_id
WHERE v.period_id = $period
  AND p.period_id = $period AND ($organisation::VARCHAR IS NULL OR p.organisation = $organisation)
  AND ($counts::VARCHAR[] IS NULL OR list_contains($counts::VARCHAR[], v.count))
  AND ($level::VARCHAR IS NULL OR v.level = $level)
  AND ($cohort::VARCHAR IS NULL OR v.cohort = $cohort)
  AND ($territory::VARCHAR IS NULL OR p.organisation IN (
    SELECT o.code FROM organisation_in_period AS o
    WHERE o.period_id = $period
      AND (o.territory = $territory OR starts_with(o.territory, $territory || ' / '))))
