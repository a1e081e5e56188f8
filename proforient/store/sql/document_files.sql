-- One row is a file that is kept of an issued document or as evidence of a measure, with the size it must have.
SELECT sha256, file_size, file_name FROM issued_document
UNION
SELECT sha256, file_size, evidence FROM measure_answer WHERE sha256 IS NOT NULL
-- order: hashes
ORDER BY sha256
