-- One row is one of the events $events with its hash.
SELECT e.event_id, e.hash FROM event AS e WHERE e.event_id IN (SELECT unnest($events::BIGINT[]))
