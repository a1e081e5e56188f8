-- One row is a version of a draft of a document, newest first; without $draft the newest of each.
SELECT d.version_id, d.draft, d.version, d.kind, d.period, d.territory, d.audience, d.body, d.follows, d.corrects,
  d.kept, d.change, d.author, d.happened_at
FROM document_draft AS d
WHERE ($draft::BIGINT IS NULL OR d.draft = $draft)
  AND ($territory::VARCHAR IS NULL OR d.territory = $territory OR starts_with(d.territory, $territory || ' / '))
  AND ($draft::BIGINT IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM document_draft AS n WHERE n.draft = d.draft AND n.version > d.version))
ORDER BY d.version_id DESC
