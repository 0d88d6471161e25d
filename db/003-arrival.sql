-- A text that is still arriving has a replica that takes it in; when that one dies, another one
-- sees it by this time being past, and what has arrived is all of the text.

ALTER TABLE translations ADD COLUMN receiving_until DATETIME(3) NULL AFTER status;

-- Nobody renews these; an upload of the older version may still run for a while.
UPDATE translations SET receiving_until = UTC_TIMESTAMP(3) + INTERVAL 1 DAY
WHERE status = 'receiving';

INSERT INTO schema_migrations (number) VALUES (3);
