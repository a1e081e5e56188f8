-- One row is a period as it was opened for a territory (empty: all).
SELECT p.period_id, p.code, p.kind, p.starts, p.ends, o.closes, o.state, o.territory, p.catalogue, p.version, p.previous
FROM period AS p
JOIN period_opening AS o ON o.period_id = p.period_id
WHERE p.catalogue = $catalogue
