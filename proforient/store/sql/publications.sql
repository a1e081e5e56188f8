-- What was published, newest first; each parameter that is NULL asks for everything.
SELECT number, token, snapshot_id, period, territory, cohort, title, note, catalogue, sha256, body, corrects,
  made_at, made_by, ends_at, withdrawn_at, reason
FROM publication
WHERE ($territory IS NULL OR territory = $territory)
  AND ($period IS NULL OR period = $period)
  AND ($token IS NULL OR token = $token)
ORDER BY number DESC
