-- One row is a figure that an issued document names by a code, the newest document first.
SELECT f.issued, f.code, f.indicator, f.level, f.cohort
FROM footnote AS f
WHERE ($code::VARCHAR IS NULL OR f.code = $code) AND ($issued::BIGINT IS NULL OR f.issued = $issued)
-- order: documents, the newest first
ORDER BY f.issued DESC
