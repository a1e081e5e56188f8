-- One row is a line of the log, newest first.
SELECT e.event_id, e.happened_at, e.chain, e.actor, e.action, e.object, e.detail, e.previous, e.hash
FROM event AS e
WHERE ($object::VARCHAR IS NULL OR e.object = $object)
  AND ($action::VARCHAR IS NULL OR e.action = $action)
ORDER BY e.event_id DESC
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
