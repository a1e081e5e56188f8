-- One row is an expert judgement, newest first; of a territory also those of the organisations within it.
SELECT j.judgement_id, j.indicator, j.level, j.cohort, j.territory, j.organisation, j.outcome, j.words, j.source,
  j.office, j.dated, j.percent, j.happened_at, j.period_id
FROM judgement AS j
JOIN period AS p ON p.period_id = j.period_id
LEFT JOIN organisation_fact AS f ON f.code = j.organisation AND f.since <= p.ends AND p.ends < f.until
WHERE ($period::BIGINT IS NULL OR j.period_id = $period)
  AND ($organisation::VARCHAR IS NULL OR j.organisation = $organisation)
  AND ($territory::VARCHAR IS NULL
    OR coalesce(j.territory, f.territory) = $territory
    OR starts_with(coalesce(j.territory, f.territory), $territory || ' / '))
ORDER BY j.happened_at DESC, j.judgement_id DESC
