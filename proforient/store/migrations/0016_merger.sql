-- One organisation is joined to another: from a day on it is closed, and its children are counted there.

CREATE TABLE merger (                    -- only added to: the newest row of an organisation holds
  merger_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,         -- the one that was joined; the register has it closed on the day
  successor VARCHAR NOT NULL,            -- the one that reports for its children from the day on
  day DATE NOT NULL,
  closed_before DATE,                    -- on which day the register had it closed before; NULL: it worked
  logins VARCHAR NOT NULL,               -- the accounts that were closed with it, joined by commas
  kept BOOLEAN NOT NULL,                 -- FALSE: taken back
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
