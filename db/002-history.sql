-- The history: a deleted translation is not listed, can be brought back for a day, and is then
-- purged. Each index begins with what every list asks (not deleted) and ends with its order.

ALTER TABLE translations
    ADD COLUMN deleted_at DATETIME(3) NULL,
    ADD KEY listed (deleted_at, id),
    ADD KEY listed_by_status (deleted_at, status, id),
    ADD KEY listed_by_date (deleted_at, created_at);

INSERT INTO schema_migrations (number) VALUES (2);
