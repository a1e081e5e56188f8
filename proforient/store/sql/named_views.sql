-- One row is a named view as it is now, those that were put away too; without $view those of $owner and of departments.
SELECT n.view, n.name, n.choices, n.owner, n.territory, n.kept, n.author, n.happened_at
FROM named_view AS n
WHERE NOT EXISTS (SELECT 1 FROM named_view AS later WHERE later.view = n.view AND later.version_id > n.version_id)
  AND ($view::BIGINT IS NULL OR n.view = $view)
  AND ($view::BIGINT IS NOT NULL OR n.owner = $owner OR n.territory IS NOT NULL)
-- order: in which they were made
ORDER BY n.view
