-- One row is what is known of an organisation for a span of days, the earliest first.
SELECT since, until, name, full_name, kind, levels, territory
FROM organisation_fact
WHERE code = $code
ORDER BY since
