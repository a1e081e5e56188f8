-- One row is an event of any chain, oldest first.
SELECT e.event_id, e.happened_at, e.chain, e.actor, e.action, e.object, e.detail, e.previous, e.hash
FROM event AS e
-- order: each chain apart, for its hashes
ORDER BY e.chain, e.event_id
