-- One row is a file of these bytes that has come before.
SELECT s.submission_id
FROM submission AS s
WHERE ($period::BIGINT IS NULL OR s.period_id = $period) AND s.sha256 = $sha256
LIMIT 1
