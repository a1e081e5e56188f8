-- One row is an amendment of a recommendation, newest first; the first of a territory and action is in force.
-- With $territory: its own and those above it. With $action: of that one alone.
SELECT a.period_id, a.territory, a.action, a.words, a.addressee, a.responsible, a.due, a.due_date, a.due_day, a.place,
  a.shown, a.answers, a.author, a.happened_at
FROM amendment AS a
WHERE ($period::BIGINT IS NULL OR a.period_id = $period)
  AND ($territory::VARCHAR IS NULL OR a.territory = $territory OR starts_with($territory, a.territory || ' / '))
  AND ($action::VARCHAR IS NULL OR a.action = $action)
ORDER BY a.amendment_id DESC
