-- One row is something ready-made that is kept differently from what follows; 'kept' or 'computed' says whose row it is.
SELECT 'computed' AS whose, period_id, territory, indicator, level, cohort
FROM (SELECT * FROM pair_total EXCEPT ALL SELECT * FROM rollup)
UNION ALL
SELECT 'kept', period_id, territory, indicator, level, cohort
FROM (SELECT * FROM rollup EXCEPT ALL SELECT * FROM pair_total)
UNION ALL
SELECT 'computed', period_id, territory, indicator, level, cohort
FROM (SELECT * FROM pair EXCEPT ALL SELECT * FROM given)
UNION ALL
SELECT 'kept', period_id, territory, indicator, level, cohort
FROM (SELECT * FROM given EXCEPT ALL SELECT * FROM pair)
-- order: by the keys that they are named by
ORDER BY ALL
