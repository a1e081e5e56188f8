-- One row is the last event of a chain.
SELECT e.chain, max(e.event_id) AS event_id, arg_max(e.hash, e.event_id) AS hash FROM event AS e GROUP BY e.chain
