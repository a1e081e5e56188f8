-- One row is a snapshot with the text of its catalogue, newest first; parameters left out (NULL) do not narrow.
SELECT
  s.snapshot_id, s.token, s.period, s.territory, s.cohort, s.sha256, s.body, c.body AS catalogue, s.made_at, s.made_by
FROM snapshot AS s
LEFT JOIN catalogue_text AS c ON c.sha256 = s.catalogue
WHERE ($token IS NULL OR s.token = $token)
  AND ($sha IS NULL OR (s.sha256 = $sha AND s.catalogue = $catalogue))
ORDER BY s.snapshot_id DESC
LIMIT $limit
