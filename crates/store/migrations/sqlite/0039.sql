-- The practices that one municipality named: asked for when it submits and on the page after that.
CREATE INDEX practice_municipality ON practice (municipality, wave);
