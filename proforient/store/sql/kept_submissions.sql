-- One row is an accepted file, in the order in which they came.
SELECT submission_id, sha256, file_name FROM submission ORDER BY submission_id
