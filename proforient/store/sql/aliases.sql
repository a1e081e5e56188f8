-- One row is a remembered answer that nobody has revoked, oldest first; everywhere, in the territory, above or below it.
-- What an organisation's account once answered in a file sent for nobody in particular is that organisation's own.
SELECT a.alias_id, a.kind, a.words, coalesce(nullif(a.organisation, ''), c.organisation, '') AS organisation, a.territory, a.meaning,
  a.author, a.happened_at
FROM alias AS a
LEFT JOIN account AS c ON c.role = 'organisation' AND c.login = split_part(a.author, ' (', 1)
WHERE a.revoked_at IS NULL
  AND ($territory::VARCHAR IS NULL OR a.territory = '' OR a.territory = $territory
    OR starts_with(a.territory, $territory || ' / ') OR starts_with($territory, a.territory || ' / '))
ORDER BY a.alias_id
