-- One row is what was set of a territory's office, newest first; the first of a territory is in force.
SELECT o.territory, o.letterhead, o.name, o.name_gen, o.address, o.territory_gen, o.territory_prep, o.city, o.ground,
  o.post, o.posts, o.author, o.happened_at
FROM office AS o
WHERE o.territory = $territory
ORDER BY o.office_id DESC
