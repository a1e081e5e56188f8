-- One row is a count of an organisation known from elsewhere; the newest of a cell.
SELECT c.organisation, c.count AS counted, c.level, c.cohort, c.number, c.source
FROM contingent AS c
WHERE c.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR c.organisation = $organisation)
  AND ($organisations::VARCHAR[] IS NULL OR c.organisation IN (SELECT unnest($organisations::VARCHAR[])))
  AND ($territory::VARCHAR IS NULL OR c.organisation IN (
    SELECT o.code FROM organisation_in_period AS o
    WHERE o.period_id = $period
      AND (o.territory = $territory OR starts_with(o.territory, $territory || ' / '))))
QUALIFY row_number() OVER (
  PARTITION BY c.organisation, c.count, c.level, c.cohort ORDER BY c.contingent_id DESC) = 1
