-- One row is how many organisations of a period have a report in one of the $states, and how many there are that work on
-- its last day or have sent something; none where there are none.
SELECT count(*) FILTER (WHERE list_contains($states::VARCHAR[], r.state)) AS sent, count(*) AS every
FROM organisation_in_period AS o
JOIN period AS p ON p.period_id = o.period_id
LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
WHERE o.period_id = $period
  AND (((o.opened IS NULL OR o.opened <= p.ends) AND (o.closed IS NULL OR o.closed > p.ends))
    OR coalesce(r.state, 'not_submitted') <> 'not_submitted')
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
HAVING count(*) > 0
