-- One row is something that names what is not there: what it is, its identifier, and what is missing.
SELECT 'value' AS what, v.value_id::VARCHAR AS id, 'part ' || v.part_id AS missing
FROM value AS v ANTI JOIN part AS p ON p.part_id = v.part_id AND p.period_id = v.period_id AND p.organisation = v.organisation
UNION ALL
SELECT 'part', p.part_id::VARCHAR, 'submission ' || p.submission_id
FROM part AS p ANTI JOIN submission AS s ON s.submission_id = p.submission_id AND s.period_id = p.period_id
UNION ALL
SELECT 'part', p.part_id::VARCHAR, 'organisation ' || p.organisation
FROM part AS p ANTI JOIN organisation AS o ON o.code = p.organisation
UNION ALL
SELECT 'submission', s.submission_id::VARCHAR, 'period ' || s.period_id
FROM submission AS s ANTI JOIN period AS p ON p.period_id = s.period_id
UNION ALL
SELECT 'part', p.part_id::VARCHAR, 'values: ' || p.cells || ' expected'
FROM part AS p
LEFT JOIN (SELECT part_id, count(*) AS cells FROM value GROUP BY part_id) AS v ON v.part_id = p.part_id
WHERE coalesce(v.cells, 0) <> p.cells
UNION ALL
SELECT 'snapshot', s.snapshot_id::VARCHAR, 'catalogue ' || s.catalogue
FROM snapshot AS s ANTI JOIN catalogue_text AS c ON c.sha256 = s.catalogue
UNION ALL
SELECT 'issued_document', i.issued_id::VARCHAR, 'snapshot ' || i.snapshot_id
FROM issued_document AS i ANTI JOIN snapshot AS s ON s.snapshot_id = i.snapshot_id
UNION ALL
SELECT 'measure', m.measure_row_id::VARCHAR, 'issued_document ' || m.issued
FROM measure AS m ANTI JOIN issued_document AS i ON i.issued_id = m.issued
UNION ALL
SELECT 'measure_answer', a.measure_answer_id::VARCHAR, 'measure ' || a.measure
FROM measure_answer AS a ANTI JOIN measure AS m ON m.measure = a.measure
-- order: by the keys that they are named by
ORDER BY ALL
