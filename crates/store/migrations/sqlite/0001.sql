-- Times are milliseconds since 1970 (UTC), documents JSON. Portable but for INTEGER PRIMARY KEY, which numbers rows in SQLite.

CREATE TABLE register_list (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    imported BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE wave (
    name TEXT PRIMARY KEY,
    register_list BIGINT NOT NULL REFERENCES register_list (id),
    questionnaire TEXT NOT NULL,
    document TEXT NOT NULL,
    opens BIGINT NOT NULL,
    closes BIGINT NOT NULL,
    frozen BIGINT
);

CREATE TABLE invitation (
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    link_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    invited BIGINT NOT NULL,
    opened BIGINT,
    submitted BIGINT,
    withdrawn BIGINT,
    PRIMARY KEY (wave, municipality)
);

-- One document a response: variable -> answer, version, moment. A page's save reads and writes one row.
CREATE TABLE response (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    records TEXT NOT NULL,
    PRIMARY KEY (wave, municipality),
    FOREIGN KEY (wave, municipality) REFERENCES invitation (wave, municipality)
);

CREATE TABLE dataset (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    frozen BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE released (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    document TEXT NOT NULL
);

CREATE TABLE practice (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL,
    wave TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    form TEXT NOT NULL,
    released TEXT,
    confirmed TEXT
);

CREATE TABLE practice_event (
    id INTEGER PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE TABLE release_link (
    hash TEXT PRIMARY KEY,
    practice BIGINT NOT NULL REFERENCES practice (id),
    version BIGINT NOT NULL,
    made BIGINT NOT NULL
);

CREATE TABLE edition (
    key TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    draft TEXT NOT NULL,
    published BIGINT,
    frozen TEXT
);

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    mail TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT
);

CREATE TABLE sign_in_link (
    hash TEXT PRIMARY KEY,
    staff BIGINT NOT NULL REFERENCES staff (id),
    expires BIGINT NOT NULL
);

CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    staff BIGINT NOT NULL REFERENCES staff (id),
    expires BIGINT NOT NULL
);

CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    queued BIGINT NOT NULL,
    done BIGINT,
    note TEXT NOT NULL
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX practice_state ON practice (state, id);
