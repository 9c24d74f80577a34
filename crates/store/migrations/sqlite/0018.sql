-- Practices: their life with named steps, published wordings, files, freshness, take-ups, codes, fields of action.

UPDATE practice SET state = 'draft' WHERE state = 'changes-requested';
-- Where the owner was last reached; never published.
ALTER TABLE practice ADD COLUMN owner_mail TEXT NOT NULL DEFAULT '';
-- Since when its published wording is faded.
ALTER TABLE practice ADD COLUMN faded BIGINT;
-- Taken back from the public pages, whatever becomes of the wording.
ALTER TABLE practice ADD COLUMN hidden BIGINT;
ALTER TABLE practice_event ADD COLUMN step TEXT NOT NULL DEFAULT '';
-- What the owner accepted on release, kept until publication.
ALTER TABLE practice ADD COLUMN licence TEXT NOT NULL DEFAULT 'cc-by-4.0';
ALTER TABLE practice ADD COLUMN mailbox_released BIGINT NOT NULL DEFAULT 0;

-- A published wording never changes: it stays citable.
CREATE TABLE practice_version (
    practice BIGINT NOT NULL REFERENCES practice (id),
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    form TEXT NOT NULL,
    released TEXT NOT NULL,
    published TEXT NOT NULL,
    licence TEXT NOT NULL,
    PRIMARY KEY (practice, number)
);

INSERT INTO practice_version (practice, number, version, form, released, published, licence)
    SELECT id, 1, version, form, released, released, 'cc-by-4.0' FROM practice
    WHERE state = 'published' AND released IS NOT NULL;

CREATE TABLE practice_file (
    id INTEGER PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    added BIGINT NOT NULL,
    actor TEXT NOT NULL,
    bytes BLOB NOT NULL
);

-- Links that were mailed to an owner or an initiative: to fill in the form, or to say how it stands.
CREATE TABLE practice_link (
    hash TEXT PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    purpose TEXT NOT NULL,
    actor TEXT NOT NULL,
    made BIGINT NOT NULL,
    used BIGINT
);

-- The days on which the owner was asked how it stands.
CREATE TABLE practice_asked (
    id INTEGER PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    day TEXT NOT NULL
);

CREATE TABLE practice_confirmation (
    id INTEGER PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    day TEXT NOT NULL,
    answer TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE TABLE take_up (
    id INTEGER PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    municipality TEXT NOT NULL,
    via BIGINT,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    form TEXT NOT NULL,
    released TEXT,
    owner_mail TEXT NOT NULL,
    made BIGINT NOT NULL
);

CREATE TABLE take_up_link (
    hash TEXT PRIMARY KEY,
    take_up BIGINT NOT NULL REFERENCES take_up (id),
    version BIGINT NOT NULL,
    made BIGINT NOT NULL
);

CREATE TABLE code (
    key TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE practice_code (
    practice BIGINT NOT NULL REFERENCES practice (id),
    code TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (practice, code)
);

CREATE TABLE field_of_action (
    key TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE link_check (
    url TEXT PRIMARY KEY,
    checked BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    failures BIGINT NOT NULL
);

CREATE INDEX practice_event_practice ON practice_event (practice, id);
CREATE INDEX take_up_practice ON take_up (practice, id);
