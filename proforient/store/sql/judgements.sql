-- One row is an expert judgement of a period, newest first.
SELECT j.judgement_id, j.indicator, j.level, j.cohort, j.territory, j.organisation, j.outcome, j.words, j.source,
  j.office, j.dated, j.percent, j.happened_at
FROM judgement AS j
WHERE j.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR j.organisation = $organisation)
  AND ($territory::VARCHAR IS NULL OR j.territory = $territory OR starts_with(j.territory, $territory || ' / ')
    OR j.organisation IN (
      SELECT o.code FROM organisation_in_period AS o
      WHERE o.period_id = $period
        AND (o.territory = $territory OR starts_with(o.territory, $territory || ' / '))))
ORDER BY j.happened_at DESC, j.judgement_id DESC
