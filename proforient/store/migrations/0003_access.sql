-- Who may come in, and what was shown to others.

CREATE TABLE account (
  login VARCHAR NOT NULL,                -- lower case; also what events name as actor
  role VARCHAR NOT NULL,                 -- administrator | department | head | organisation
  territory VARCHAR NOT NULL,            -- empty: everything
  organisation VARCHAR,                  -- code, of the role organisation only
  email VARCHAR NOT NULL,                -- for sign-in through a provider; empty: none
  password VARCHAR NOT NULL,             -- argon2id with its salt and costs; empty: none set yet
  version INTEGER NOT NULL,              -- grows with every change that must end what is signed in
  active BOOLEAN NOT NULL,
  made_at TIMESTAMP NOT NULL
);

CREATE TABLE invitation (                -- a link by which a password is set once
  token VARCHAR NOT NULL,                -- SHA-256 of what the link carries
  login VARCHAR NOT NULL,
  ends_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP
);

CREATE TABLE ended_session (             -- signed out before its cookie's time was over
  session VARCHAR NOT NULL,
  ends_at TIMESTAMP NOT NULL             -- when the row may go: the cookie is then too old by itself
);

CREATE TABLE publication (               -- what a link shows to whoever has it; its body never changes
  number INTEGER NOT NULL,               -- counted for the installation
  token VARCHAR NOT NULL,
  snapshot_id BIGINT NOT NULL,           -- the whole results that it was made from
  period VARCHAR NOT NULL,
  territory VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  note VARCHAR NOT NULL,
  catalogue VARCHAR NOT NULL,            -- SHA-256 of its text
  sha256 VARCHAR NOT NULL,               -- of body
  body VARCHAR NOT NULL,                 -- canonical JSON of what is public, nothing else
  corrects INTEGER,                      -- the number in which a mistake was found
  made_at TIMESTAMP NOT NULL,
  made_by VARCHAR NOT NULL,
  ends_at TIMESTAMP,
  withdrawn_at TIMESTAMP,
  reason VARCHAR NOT NULL
);

CREATE TABLE opening_count (             -- how often a link was opened; of whom nothing is kept
  token VARCHAR NOT NULL,
  openings BIGINT NOT NULL
);

CREATE TABLE hall_code (                 -- eight signs to type instead of an address
  code VARCHAR NOT NULL,
  token VARCHAR NOT NULL,
  ends_at TIMESTAMP NOT NULL
);
