-- One row is a step of a message to an organisation; oldest first.
SELECT r.organisation, r.email, r.day, r.state, r.reason, r.author, r.happened_at
FROM reminder AS r
WHERE ($period::BIGINT IS NULL OR r.period_id = $period)
  AND ($day::DATE IS NULL OR r.day = $day)
ORDER BY r.reminder_id
