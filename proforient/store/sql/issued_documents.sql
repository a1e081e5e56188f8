-- One row is an issued document with the number and the day that the office gave it last, newest first.
SELECT i.issued_id, i.draft, i.version, i.kind, i.period, i.territory, i.audience, i.day, s.token, s.sha256 AS state,
  i.body, i.file_name, i.sha256, i.file_size, i.follows, i.corrects, i.changes, i.author, i.happened_at,
  n.number, n.day AS number_day
FROM issued_document AS i
LEFT JOIN snapshot AS s ON s.snapshot_id = i.snapshot_id
LEFT JOIN document_number AS n ON n.issued = i.issued_id AND NOT EXISTS (
  SELECT 1 FROM document_number AS m WHERE m.issued = n.issued AND m.document_number_id > n.document_number_id)
WHERE ($issued::BIGINT IS NULL OR i.issued_id = $issued)
  AND ($territory::VARCHAR IS NULL OR i.territory = $territory OR starts_with(i.territory, $territory || ' / '))
ORDER BY i.issued_id DESC
