-- One row is an organisation on the last day of a period, and where its report stands.
SELECT p.code AS period, o.territory, o.code AS organisation, o.name, o.full_name, o.kind, o.levels, o.inn, o.part_of,
  o.opened, o.closed, r.state, r.late
FROM organisation_in_period AS o
JOIN period AS p ON p.period_id = o.period_id
LEFT JOIN report AS r ON r.period_id = o.period_id AND r.organisation = o.code
WHERE p.catalogue = $catalogue
