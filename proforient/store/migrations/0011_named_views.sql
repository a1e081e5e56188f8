-- Tables of one's own axes that somebody has named. Nothing is overwritten: of a view the newest row is in force.

CREATE TABLE named_view (
  version_id BIGINT NOT NULL,
  view BIGINT NOT NULL,                  -- identifier of its first row
  name VARCHAR NOT NULL,
  choices VARCHAR NOT NULL,              -- the choices of the address, as a query string
  owner VARCHAR NOT NULL,                -- login of who has named it first
  territory VARCHAR,                     -- of the department that it is kept for; empty: of everything; NULL: its owner's alone
  kept BOOLEAN NOT NULL,                 -- FALSE: put away
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
