-- One row is a current value of the catalogue's periods with its organisation on the period's last day and its place.
SELECT p.code AS period, o.territory, v.organisation, o.name AS organisation_name, v.count AS counted, v.level, v.cohort,
  v.number, v.reason, r.state, s.file_name, v.sheet, v.row_no, v.column_name
FROM current_value AS v
JOIN period AS p ON p.period_id = v.period_id
JOIN part AS t ON t.part_id = v.part_id
JOIN submission AS s ON s.submission_id = t.submission_id
LEFT JOIN organisation_in_period AS o ON o.period_id = v.period_id AND o.code = v.organisation
LEFT JOIN report AS r ON r.period_id = v.period_id AND r.organisation = v.organisation
WHERE p.catalogue = $catalogue
ORDER BY v.value_id
