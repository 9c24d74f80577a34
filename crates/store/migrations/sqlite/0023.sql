-- Channels: one sees which association's circular brought whom.
CREATE TABLE channel (
    wave TEXT NOT NULL REFERENCES wave (name),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (wave, code)
);

-- Municipalities that registered themselves; the link of the confirmation mail as hash.
CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    channel TEXT,
    document TEXT NOT NULL,
    made BIGINT NOT NULL,
    confirmed BIGINT,
    decided BIGINT,
    decision TEXT,
    decided_by TEXT
);

CREATE INDEX registration_wave ON registration (wave, id);

-- Waves in their pretest: pages take comments and count minutes.
CREATE TABLE pretest (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    since BIGINT NOT NULL
);

CREATE TABLE pretest_comment (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX pretest_comment_wave ON pretest_comment (wave, question, id);

-- When a page was shown and when it was saved.
CREATE TABLE pretest_page (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    page TEXT NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX pretest_page_wave ON pretest_page (wave, municipality, id);
