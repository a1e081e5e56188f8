-- One row is an organisation of a period with the state of its report; the state is NULL where nothing was sent, and
-- that of a draft where something was only typed. Who does not work on the period's last day is among them only where it
-- has sent something, or is named.
SELECT o.code,
  CASE
    WHEN coalesce(r.state, 'not_submitted') = 'not_submitted' AND t.organisation IS NOT NULL THEN 'draft'
    ELSE r.state
  END AS state, r.happened_at, r.author, r.note, r.late, o.territory, o.name
FROM organisation_in_period AS o
JOIN period AS p ON p.period_id = o.period_id
LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
LEFT JOIN (SELECT DISTINCT organisation FROM typed_cell WHERE period_id = $period) AS t ON t.organisation = o.code
WHERE o.period_id = $period
  AND CASE WHEN $organisation::VARCHAR IS NOT NULL THEN o.code = $organisation
    ELSE ((o.opened IS NULL OR o.opened <= p.ends) AND (o.closed IS NULL OR o.closed > p.ends))
      OR coalesce(r.state, 'not_submitted') <> 'not_submitted' END
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
