-- Examples from other collections, as documents. While an import runs, its rows carry its number; batch 0 is public.
CREATE TABLE catalogue_entry (
    id TEXT NOT NULL,
    batch BIGINT NOT NULL,
    place BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (id, batch)
);

CREATE INDEX catalogue_entry_place ON catalogue_entry (batch, place);

-- One row: counts what changes the catalogue beside the practices themselves.
CREATE TABLE catalogue_state (
    only_row BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL
);

INSERT INTO catalogue_state (only_row, revision) VALUES (1, 0);

-- What editors added to the search's lists; one row, with the version that a writer must have seen.
CREATE TABLE search_list (
    only_row BIGINT PRIMARY KEY,
    parts TEXT NOT NULL,
    synonyms TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);
