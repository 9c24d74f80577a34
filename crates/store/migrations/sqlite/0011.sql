-- The date of a list's figures (YYYY-MM-DD): an older list that is read in later, for its history, is not the newest.
ALTER TABLE register_list ADD COLUMN date TEXT;
