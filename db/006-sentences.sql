-- Where the sentences of a translated passage begin and end, so that a page can show which belongs
-- to which. A table of its own: adding a column would rebuild a large `passages` with its index.

CREATE TABLE sentences (
    translation_id BIGINT UNSIGNED NOT NULL,
    seq            INT UNSIGNED    NOT NULL,
    -- JSON: for each sentence the characters of its source, of its target, of the separator after
    -- both, and its score or null
    spans          MEDIUMTEXT      NOT NULL,
    PRIMARY KEY (translation_id, seq),
    CONSTRAINT sentences_of FOREIGN KEY (translation_id, seq) REFERENCES passages (translation_id, seq) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO schema_migrations (number) VALUES (6);
