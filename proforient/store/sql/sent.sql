-- One row is what a file of the period says for one organisation of the territory; newest first.
SELECT p.part_id, p.submission_id, p.organisation, s.file_name, s.received_by
FROM part AS p
JOIN submission AS s ON s.submission_id = p.submission_id
JOIN organisation_in_period AS o ON o.period_id = p.period_id AND o.code = p.organisation
WHERE p.period_id = $period
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
ORDER BY p.part_id DESC
