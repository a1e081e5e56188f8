-- One row is how many organisations of a period have a report in one of the $states, and how many there are; none
-- where there are none.
SELECT count(*) FILTER (WHERE list_contains($states::VARCHAR[], r.state)) AS sent, count(*) AS every
FROM organisation_in_period AS o
LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
WHERE o.period_id = $period
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
HAVING count(*) > 0
