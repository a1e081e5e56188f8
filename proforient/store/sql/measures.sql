-- One row is a measure in the words that were in force at $at (NULL: that are now), in the order of its document.
SELECT m.measure, m.issued, i.kind, i.period, i.territory, m.item, m.place, m.number, m.words, m.addressee,
  m.responsible, m.due, m.due_told, m.due_on, m.organisations, m.kept
FROM measure AS m
JOIN issued_document AS i ON i.issued_id = m.issued
WHERE ($territory::VARCHAR IS NULL OR i.territory = $territory OR starts_with(i.territory, $territory || ' / '))
  AND ($measure::BIGINT IS NULL OR m.measure = $measure)
  AND ($at::TIMESTAMP IS NULL OR m.happened_at <= $at)
  AND NOT EXISTS (
    SELECT 1 FROM measure AS n WHERE n.measure = m.measure AND n.measure_row_id > m.measure_row_id
      AND ($at::TIMESTAMP IS NULL OR n.happened_at <= $at))
-- order: documents, and places in them
ORDER BY m.issued, m.place
