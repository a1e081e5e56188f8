-- One row is a total that is kept differently from what its values give; 'kept' or 'computed' says whose row it is.
(SELECT 'computed' AS whose, * FROM (SELECT * FROM pair_total EXCEPT ALL SELECT * FROM rollup))
UNION ALL
(SELECT 'kept' AS whose, * FROM (SELECT * FROM rollup EXCEPT ALL SELECT * FROM pair_total))
-- order: by the keys that they are named by
ORDER BY ALL
