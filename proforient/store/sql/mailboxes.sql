-- One row is an address of an organisation; the newest comes last.
SELECT m.organisation, m.email
FROM mailbox AS m
ORDER BY m.mailbox_id
