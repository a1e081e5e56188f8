-- One row is a file that is kept of an issued document, as evidence of a measure or as the description of a practice,
-- with the size it must have.
SELECT sha256, file_size, file_name FROM issued_document
UNION
SELECT sha256, file_size, evidence FROM measure_answer WHERE sha256 IS NOT NULL
UNION
SELECT file->>'sha256', (file->>'size')::BIGINT, file->>'name'
FROM (
  SELECT unnest(json_extract(body, '$.practices[*].file')) AS file
  FROM (SELECT body FROM document_draft UNION SELECT body FROM issued_document)
)
WHERE file->>'sha256' IS NOT NULL
-- order: hashes
ORDER BY sha256
