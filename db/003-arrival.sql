-- A text that is still arriving has a replica that takes it in; when that one dies, another one
-- sees it by this time being past, and what has arrived is all of the text.

ALTER TABLE translations ADD COLUMN receiving_until DATETIME(3) NULL AFTER status;

INSERT INTO schema_migrations (number) VALUES (3);
