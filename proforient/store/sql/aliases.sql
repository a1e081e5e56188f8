-- One row is a remembered answer that nobody has revoked, oldest first; everywhere, in the territory, above or below it.
SELECT a.alias_id, a.kind, a.words, a.organisation, a.territory, a.meaning, a.author, a.happened_at,
  a.alias_id IN (SELECT alias_id FROM own_answer) AS own
FROM alias AS a
WHERE a.revoked_at IS NULL
  AND ($territory::VARCHAR IS NULL OR a.territory = '' OR a.territory = $territory
    OR starts_with(a.territory, $territory || ' / ') OR starts_with($territory, a.territory || ' / '))
ORDER BY a.alias_id
