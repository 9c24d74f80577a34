-- Answering together: departments with links of their own, checks, comments, changes after submitting, sign-offs.
-- All of it belongs to one municipality in one wave and stays there: no dataset reads these tables.

CREATE TABLE department (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Day of the form 2017-03-01, or empty.
    until TEXT NOT NULL,
    link_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL UNIQUE,
    made BIGINT NOT NULL,
    ended BIGINT,
    FOREIGN KEY (wave, municipality) REFERENCES invitation (wave, municipality)
);
CREATE INDEX department_of ON department (wave, municipality);

CREATE TABLE department_section (
    department BIGINT NOT NULL REFERENCES department (id),
    page TEXT NOT NULL,
    finished BIGINT,
    PRIMARY KEY (department, page)
);

CREATE TABLE section_check (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    page TEXT NOT NULL,
    stand BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (wave, municipality, page)
);

-- Where the contact wants to be told that all departments have finished.
CREATE TABLE finished_notice (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    mail TEXT NOT NULL,
    PRIMARY KEY (wave, municipality)
);

CREATE TABLE answer_comment (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    question TEXT NOT NULL,
    origin TEXT NOT NULL,
    at BIGINT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX answer_comment_of ON answer_comment (wave, municipality);

CREATE TABLE answer_change (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    variable TEXT NOT NULL,
    at BIGINT NOT NULL,
    origin TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX answer_change_of ON answer_change (wave, municipality);

CREATE TABLE sign_off (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    -- Empty for a signature on paper.
    link_hash TEXT NOT NULL,
    made BIGINT NOT NULL,
    signed BIGINT,
    function TEXT NOT NULL,
    stand BIGINT NOT NULL
);
CREATE INDEX sign_off_of ON sign_off (wave, municipality);
CREATE INDEX sign_off_link ON sign_off (link_hash);
