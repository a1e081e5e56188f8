-- One row is a territory to which an organisation belongs that is open on the last day of the period.
SELECT DISTINCT o.territory
FROM organisation_in_period AS o
WHERE o.period_id = $period
  AND (o.opened IS NULL OR o.opened <= $on) AND (o.closed IS NULL OR o.closed > $on)
  AND ($territory::VARCHAR IS NULL OR o.territory = $territory OR starts_with(o.territory, $territory || ' / '))
