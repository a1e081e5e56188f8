-- One row is an organisation of a period with the state of its report; the state is NULL where nothing was sent.
SELECT o.code, r.state, r.happened_at, r.author, r.note, r.late, o.territory, o.name
FROM organisation_in_period AS o
LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
WHERE o.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR o.code = $organisation)
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
