-- One row is what somebody said of a measure, newest first.
SELECT a.measure, a.organisation, a.state, a.comment, a.evidence, a.sha256, a.file_size, a.author, a.happened_at
FROM measure_answer AS a
WHERE ($measure::BIGINT IS NULL OR a.measure = $measure)
  AND ($at::TIMESTAMP IS NULL OR a.happened_at <= $at)
ORDER BY a.measure_answer_id DESC
