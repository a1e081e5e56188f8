-- One row is an organisation that is asked for a figure and gave nothing whole.
SELECT m.territory, m.organisation, o.name, m.indicator, m.level, m.cohort
FROM missing AS m
JOIN organisation_in_period AS o ON o.period_id = m.period_id AND o.code = m.organisation
WHERE m.period_id = $period
  AND ($territory::VARCHAR IS NULL OR m.territory = $territory OR starts_with(m.territory, $territory || ' / '))
  AND m.indicator IN (SELECT unnest($indicators::VARCHAR[]))
