-- One row is a stored file that submissions name, with the size it must have.
-- order: one name of the several that a file came under
SELECT DISTINCT sha256, file_size, min(file_name) OVER (PARTITION BY sha256) AS file_name
FROM submission
-- order: hashes
ORDER BY sha256
