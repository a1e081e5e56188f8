-- One row is an account that was ever signed in, with the last time.
SELECT substr(object, 9) AS login, max(happened_at) AS happened_at
FROM event
WHERE action = 'account.signed_in' AND starts_with(object, 'account/')
GROUP BY object
