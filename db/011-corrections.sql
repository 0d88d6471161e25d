-- Sentences that a person has changed: how each was before and after, so that it can be undone.
-- They go with their passage.

CREATE TABLE corrections (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    step           BIGINT UNSIGNED NOT NULL,            -- the id of the first one that was made in the same go
    translation_id BIGINT UNSIGNED NOT NULL,
    seq            INT UNSIGNED    NOT NULL,
    number         INT UNSIGNED    NOT NULL,            -- of the sentence in its passage, from 0
    source         MEDIUMTEXT      NOT NULL,
    target_before  MEDIUMTEXT      NOT NULL,
    target_after   MEDIUMTEXT      NOT NULL,
    state_before   TEXT            NOT NULL,            -- JSON: its score and its warnings, as in its span
    made_by        VARCHAR(64)     NOT NULL,            -- the name of the key, empty without keys
    made_at        DATETIME(3)     NOT NULL,
    undone_by      VARCHAR(64)     NULL,
    undone_at      DATETIME(3)     NULL,
    KEY steps (translation_id, step),
    KEY sources (source(64)),                           -- does one like it stand elsewhere?
    CONSTRAINT correction_of FOREIGN KEY (translation_id, seq) REFERENCES passages (translation_id, seq) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO schema_migrations (number) VALUES (11);
