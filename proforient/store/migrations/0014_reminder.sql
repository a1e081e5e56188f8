-- Where organisations are written to, and what was sent there.

CREATE TABLE mailbox (                   -- only added to: the newest row of an organisation holds
  mailbox_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  email VARCHAR NOT NULL,                -- of the office, not of a person; empty: taken away
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE reminder (                  -- only added to: the newest row of an organisation and day says how it stands
  reminder_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  email VARCHAR NOT NULL,                -- where it went
  day DATE NOT NULL,                     -- by the clocks of the organisation's territory
  state VARCHAR NOT NULL,                -- begun | sent | failed
  reason VARCHAR NOT NULL,               -- why it failed
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
