-- One row is a figure that an issued document names by a code, the newest document first.
SELECT f.issued, f.code, f.indicator, f.level, f.cohort
FROM footnote AS f
WHERE f.code = $code
-- order: documents, the newest first
ORDER BY f.issued DESC
