-- The monitoring: who reports what, for which period, and where each number came from.
-- One text for the data file and for the shared store: where a store has no constraints, every line that ends in
-- two dashes and F is dropped. There are no keys: the program checks uniqueness in the write transaction. An index
-- would only be read when it is used, so damage in it would hide from `verify`, and a log that holds changes of
-- indexed rows has failed to replay in the past.
-- Times are UTC. Identifiers are made by the program and grow with time.

CREATE TABLE meta (                      -- one row a fact of the installation
  key VARCHAR NOT NULL,                  -- schema_version, installation_id, constraints, ever_production
  value VARCHAR NOT NULL
);

CREATE TABLE migration (                 -- one row an applied migration, written in its own transaction
  version INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE organisation (              -- what holds whatever the day
  code VARCHAR NOT NULL,                 -- text: keeps leading zeros
  inn VARCHAR NOT NULL,                  -- text for the same reason; empty when unknown
  part_of VARCHAR,
  opened DATE,
  closed DATE
);

CREATE TABLE organisation_fact (         -- what changes with time; the days of one code never overlap
  code VARCHAR NOT NULL,
  since DATE NOT NULL,                   -- first day; 0001-01-01: always
  until DATE NOT NULL,                   -- first day on which it no longer holds; 9999-12-31: still holds
  name VARCHAR NOT NULL,
  full_name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  levels VARCHAR NOT NULL,               -- codes joined by commas, in the catalogue's order
  territory VARCHAR NOT NULL             -- «Регион / Муниципалитет»
  , CHECK (since < until) --F
);

CREATE TABLE period (
  period_id BIGINT NOT NULL,
  catalogue VARCHAR NOT NULL,
  version VARCHAR NOT NULL,              -- of the catalogue, when the period was opened
  code VARCHAR NOT NULL,                 -- unique in a catalogue
  kind VARCHAR NOT NULL,
  starts DATE NOT NULL,
  ends DATE NOT NULL,
  previous VARCHAR                       -- code, 'none', or NULL: the latest earlier one of the kind
  , CHECK (starts <= ends) --F
);

CREATE TABLE period_opening (            -- a period is opened for everybody or for a territory, with its own dates
  period_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,            -- empty: all
  closes DATE NOT NULL,
  state VARCHAR NOT NULL,                -- open | closed
  opened_at TIMESTAMP NOT NULL,
  opened_by VARCHAR NOT NULL,
  closed_at TIMESTAMP
);

CREATE TABLE plan_value (                -- history: the newest of a key is in force
  plan_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  territory VARCHAR NOT NULL,            -- empty: every territory that has none of its own
  percent DECIMAL(9, 2),
  number DECIMAL(18, 2),
  origin VARCHAR NOT NULL,
  ground VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
  , CHECK ((percent IS NULL) <> (number IS NULL)) --F
);

CREATE TABLE judgement (
  judgement_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  territory VARCHAR,                     -- exactly one of territory and organisation
  organisation VARCHAR,
  outcome VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  office VARCHAR NOT NULL,
  dated DATE,
  percent DECIMAL(9, 4),
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE contingent (                -- counts known from elsewhere; the newest of a cell holds
  contingent_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  count VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  number BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE submission (                -- one accepted file; its bytes lie beside the database
  submission_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  file_name VARCHAR NOT NULL,
  file_size BIGINT NOT NULL,
  sha256 VARCHAR NOT NULL,               -- 64 hexadecimal digits; names the stored bytes
  encoding VARCHAR NOT NULL,
  layout VARCHAR NOT NULL,
  received_at TIMESTAMP NOT NULL,
  received_by VARCHAR NOT NULL,
  late BOOLEAN NOT NULL,
  confirmed BOOLEAN NOT NULL             -- warnings were accepted as they stood
  , CHECK (length(sha256) = 64) --F
);

CREATE TABLE explanation (               -- the sentence that answered a warning
  submission_id BIGINT NOT NULL,
  finding VARCHAR NOT NULL,              -- code@sheet!row:column
  words VARCHAR NOT NULL
);

CREATE TABLE alias (                     -- a person's answer to what a spelling means, remembered until revoked
  alias_id BIGINT NOT NULL,
  kind VARCHAR NOT NULL,
  words VARCHAR NOT NULL,                -- normalised text
  organisation VARCHAR NOT NULL,         -- empty: everybody in the territory
  territory VARCHAR NOT NULL,            -- empty: everywhere
  meaning VARCHAR NOT NULL,
  submission_id BIGINT NOT NULL,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL,
  revoked_at TIMESTAMP
);

CREATE TABLE part (                      -- what one submission says for one organisation
  part_id BIGINT NOT NULL,
  submission_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  cells INTEGER NOT NULL,
  late BOOLEAN NOT NULL
);

CREATE TABLE withdrawn_part (            -- taken back by a person; its cells fall back to what stood before
  part_id BIGINT NOT NULL,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE value (                     -- one row a number or reason, in the order of organisations
  value_id BIGINT NOT NULL,
  part_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  count VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  number BIGINT,                         -- whole; a yes is 1, a no is 0
  reason VARCHAR,                        -- not_applicable | no_data, when there is no number
  sheet VARCHAR NOT NULL,
  row_no INTEGER NOT NULL,               -- the user's own row
  column_name VARCHAR NOT NULL           -- a letter in a workbook, a name in a CSV
);

CREATE TABLE superseded_part (part_id BIGINT NOT NULL);   -- replaced in every cell, or withdrawn
CREATE TABLE superseded_value (value_id BIGINT NOT NULL); -- replaced alone; its part has other current cells

CREATE TABLE report (                    -- where an organisation's report for a period stands; no row: nothing sent
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL,
  author VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  late BOOLEAN NOT NULL
);

CREATE TABLE component (                 -- which counts make an indicator: the catalogue's arithmetic as rows
  catalogue VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,                 -- share | yes_no | count
  role VARCHAR NOT NULL,                 -- numerator | denominator | value | yes_no
  count VARCHAR NOT NULL,
  good INTEGER,                          -- the answer that counts, of a yes/no
  level VARCHAR NOT NULL,
  kinds VARCHAR NOT NULL,                -- kinds of organisation that it asks, joined by commas; empty: every kind
  parts INTEGER NOT NULL                 -- how many components a whole pair has
);

CREATE TABLE rollup (                    -- sums over the organisations of a municipality that gave the whole pair
  period_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  numerator BIGINT,
  denominator BIGINT,
  number BIGINT,                         -- of a count
  submitted INTEGER NOT NULL,
  on_review INTEGER NOT NULL             -- of these, reports that nobody has accepted yet
);

CREATE TABLE event (                     -- append-only; each hash covers its event and the hash before it
  event_id BIGINT NOT NULL,
  happened_at TIMESTAMP NOT NULL,
  chain VARCHAR NOT NULL,                -- one a writer
  actor VARCHAR NOT NULL,
  action VARCHAR NOT NULL,
  object VARCHAR NOT NULL,
  detail VARCHAR NOT NULL,               -- canonical JSON
  previous VARCHAR NOT NULL,
  hash VARCHAR NOT NULL
);

-- The form decides the time: NOT IN a small table without NULL costs nothing, NOT EXISTS up to 45 times as much.
CREATE VIEW current_value AS
SELECT * FROM value
WHERE part_id NOT IN (SELECT part_id FROM superseded_part)
  AND value_id NOT IN (SELECT value_id FROM superseded_value);

CREATE VIEW organisation_in_period AS
SELECT p.period_id, o.code, o.inn, o.part_of, o.opened, o.closed, f.name, f.full_name, f.kind, f.levels, f.territory
FROM period AS p
JOIN organisation_fact AS f ON f.since <= p.ends AND p.ends < f.until
JOIN organisation AS o ON o.code = f.code;

-- The one question behind every figure: what one organisation gave for an indicator, if it gave all of it.
CREATE VIEW pair AS
SELECT
  v.period_id, o.territory, v.organisation, c.indicator, v.level, v.cohort,
  CASE c.kind
    WHEN 'share' THEN sum(v.number) FILTER (WHERE c.role = 'numerator')
    WHEN 'yes_no' THEN sum(CASE WHEN v.number = c.good THEN 1 ELSE 0 END)
  END::BIGINT AS numerator,
  CASE c.kind
    WHEN 'share' THEN sum(v.number) FILTER (WHERE c.role = 'denominator')
    WHEN 'yes_no' THEN 1
  END::BIGINT AS denominator,
  CASE WHEN c.kind <> 'share' THEN sum(v.number) END::BIGINT AS number,
  c.kind
FROM current_value AS v
JOIN period AS p ON p.period_id = v.period_id
JOIN component AS c ON c.catalogue = p.catalogue AND c.count = v.count AND c.level = v.level
JOIN organisation_in_period AS o ON o.period_id = v.period_id AND o.code = v.organisation
WHERE v.number IS NOT NULL
  AND (c.kinds = '' OR list_contains(string_split(c.kinds, ','), o.kind))
GROUP BY v.period_id, o.territory, v.organisation, c.indicator, v.level, v.cohort, c.kind, c.parts
HAVING count(*) = c.parts;

CREATE VIEW pair_total AS
SELECT
  p.period_id, p.territory, p.indicator, p.level, p.cohort,
  sum(p.numerator)::BIGINT AS numerator,
  sum(p.denominator)::BIGINT AS denominator,
  sum(p.number) FILTER (WHERE p.kind = 'count')::BIGINT AS number,
  count(*)::INTEGER AS submitted,
  (count(*) FILTER (WHERE r.state IN ('submitted', 'returned')))::INTEGER AS on_review
FROM pair AS p
LEFT JOIN report AS r ON r.period_id = p.period_id AND r.organisation = p.organisation
GROUP BY p.period_id, p.territory, p.indicator, p.level, p.cohort;
