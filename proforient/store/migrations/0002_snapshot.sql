-- Frozen results: what was shown at one moment, with the catalogue that it was shown by.

CREATE TABLE snapshot (
  snapshot_id BIGINT NOT NULL,
  token VARCHAR NOT NULL,                -- what addresses carry: 128 random bits
  period VARCHAR NOT NULL,               -- code
  territory VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  catalogue VARCHAR NOT NULL,            -- SHA-256 of its text
  sha256 VARCHAR NOT NULL,               -- of body
  body VARCHAR NOT NULL,                 -- canonical JSON
  made_at TIMESTAMP NOT NULL,
  made_by VARCHAR NOT NULL
);

CREATE TABLE catalogue_text (            -- each text once, however many snapshots were made by it
  sha256 VARCHAR NOT NULL,
  body VARCHAR NOT NULL
);
