-- One row is something that was published, newest first.
SELECT number, token, snapshot_id, period, territory, cohort, title, note, catalogue, sha256, body, corrects,
  made_at, made_by, ends_at, withdrawn_at, reason
FROM publication
WHERE ($territory::VARCHAR IS NULL OR territory = $territory)
  AND ($period::VARCHAR IS NULL OR period = $period)
  AND ($token::VARCHAR IS NULL OR token = $token)
ORDER BY number DESC
