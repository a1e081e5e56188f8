-- One row is a question about a number of a report, or what was answered to it; oldest first.
SELECT i.organisation, i.count AS counted, i.level, i.cohort, i.answered, i.words, i.author, i.happened_at
FROM inquiry AS i
WHERE i.period_id = $period
  AND ($organisation::VARCHAR IS NULL OR i.organisation = $organisation)
ORDER BY i.inquiry_id
