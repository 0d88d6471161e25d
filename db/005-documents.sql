-- A document that is being translated: its text is a translation, and what it came in is kept so
-- that the same kind of document can be given back. It goes when its translation is purged.

CREATE TABLE documents (
    translation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    document_key   CHAR(64)        CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- who has it may fetch it
    name           VARCHAR(255)    NOT NULL,
    CONSTRAINT document_of FOREIGN KEY (translation_id) REFERENCES translations (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Its bytes, in pieces that fit into any statement.
CREATE TABLE document_parts (
    translation_id BIGINT UNSIGNED NOT NULL,
    seq            INT UNSIGNED    NOT NULL,
    content        MEDIUMBLOB      NOT NULL,
    PRIMARY KEY (translation_id, seq),
    CONSTRAINT part_of FOREIGN KEY (translation_id) REFERENCES translations (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

INSERT INTO schema_migrations (number) VALUES (5);
