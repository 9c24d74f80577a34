//! Routes on which waves and editions begin.

use super::{Route, Who, route};

/// Waves made and changed, editions begun and published.
pub(super) const BEGIN: &[Route] = &[
    route(
        "GET",
        "/verwaltung/befragungen",
        "waves, and those in preparation",
        Who::Staff,
    ),
    route(
        "GET",
        "/verwaltung/befragungen/neu",
        "a new wave: its questionnaire",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/befragungen/neu",
        "checks the questionnaire and begins a draft",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/befragungen/aendern/{wave}",
        "begins a draft of changes to a wave",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/befragungen/entwurf/{draft}",
        "a wave in preparation: questionnaire and settings",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/befragungen/entwurf/{draft}",
        "keeps the draft, or makes the wave",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/befragungen/entwurf/{draft}/fragebogen.yaml",
        "the questionnaire's file",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben",
        "editions, published or not",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben/neu",
        "a new edition",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/ausgaben/neu",
        "begins an edition",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben/{key}/veroeffentlichen",
        "asks before an edition is published, and tells how it stands",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/ausgaben/{key}/veroeffentlichen",
        "has an edition published",
        Who::Editor,
    ),
];
