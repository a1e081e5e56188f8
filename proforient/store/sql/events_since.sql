-- One row is a line of the log after the event $after and not after $until, in the order in which they were written.
SELECT e.event_id, e.happened_at, e.chain, e.actor, e.action, e.object, e.detail, e.previous, e.hash
FROM event AS e
WHERE e.event_id > $after AND e.event_id <= $until
ORDER BY e.event_id
