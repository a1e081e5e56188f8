-- One row is the path of a territory that an organisation belongs to, or did on some day.
SELECT DISTINCT territory FROM organisation_fact
