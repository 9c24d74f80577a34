-- A wave that is being made or changed in the back office: nothing of it holds before it is put into `wave`. `settings` is
-- what was typed, field by field; `seen` is what the wave was when the draft began, empty for a new one.
CREATE TABLE wave_draft (
    draft TEXT PRIMARY KEY,
    wave TEXT NOT NULL,
    seen TEXT NOT NULL,
    file TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    report TEXT NOT NULL,
    settings TEXT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
-- Publishing an edition, asked for in the back office and done beside it. `alive` is the last sign of whoever does it.
CREATE TABLE publishing (
    edition TEXT PRIMARY KEY REFERENCES edition (key),
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    alive BIGINT,
    ended BIGINT,
    fault TEXT NOT NULL
);
