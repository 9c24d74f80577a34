-- Matching needs with practices, calls for examples, and what became of take-ups.

-- Which items of a wave's questionnaire speak of which field of action or prerequisite, as editors wrote it.
CREATE TABLE matching (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- A call for examples of one field of action from one group of places.
CREATE TABLE example_call (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    made BIGINT NOT NULL,
    actor TEXT NOT NULL
);

-- Who was written to: an address once a call.
CREATE TABLE example_call_mail (
    call BIGINT NOT NULL REFERENCES example_call (id),
    recipient TEXT NOT NULL,
    municipality TEXT NOT NULL,
    PRIMARY KEY (call, recipient)
);

-- Addresses that want no calls.
CREATE TABLE example_call_objection (
    recipient TEXT PRIMARY KEY,
    noted BIGINT NOT NULL,
    actor TEXT NOT NULL
);

CREATE TABLE take_up_event (
    id INTEGER PRIMARY KEY,
    take_up BIGINT NOT NULL REFERENCES take_up (id),
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    step TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX take_up_event_take_up ON take_up_event (take_up, id);
