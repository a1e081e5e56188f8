-- One row is a current number or reason of an organisation's cell, without its place.
SELECT v.organisation, v.count AS counted, v.level, v.cohort, v.number, v.reason
FROM current_value AS v
WHERE v.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR v.part_id IN (
    SELECT p.part_id FROM part AS p WHERE p.period_id = $period AND p.organisation = $organisation))
  AND ($organisations::VARCHAR[] IS NULL OR v.part_id IN (
    SELECT p.part_id FROM part AS p
    WHERE p.period_id = $period AND p.organisation IN (SELECT unnest($organisations::VARCHAR[]))))
  AND ($territory::VARCHAR IS NULL OR v.part_id IN (
    SELECT p.part_id FROM part AS p
    JOIN organisation_in_period AS o ON o.period_id = p.period_id AND o.code = p.organisation
    WHERE p.period_id = $period
      AND (o.territory = $territory OR starts_with(o.territory, $territory || ' / '))))
