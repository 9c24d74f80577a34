//! Routes of field work.

use super::{Route, Who, route};

/// Inviting, watching, registering oneself.
pub(super) const FIELD: &[Route] = &[
    route(
        "GET",
        "/teilnehmen/{wave}",
        "form with which a municipality registers itself",
        Who::Anyone,
    ),
    route(
        "POST",
        "/teilnehmen/{wave}",
        "registers it and mails a link",
        Who::Anyone,
    ),
    route(
        "GET",
        "/teilnehmen/bestaetigen/{token}",
        "the mailed link of a registration",
        Who::Anyone,
    ),
    route(
        "POST",
        "/teilnehmen/bestaetigen/{token}",
        "confirms the address",
        Who::Anyone,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}",
        "watching the field",
        Who::Staff,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/verlaengern",
        "extends the field period",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}/grundgesamtheit",
        "choosing the population",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/grundgesamtheit",
        "keeps the population",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}/kontakte",
        "contacts",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/kontakte/datei",
        "looks at a file of contacts",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/kontakte/uebernehmen",
        "keeps the contacts of a file",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/kontakte/widerspruch",
        "notes an objection",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}/schreiben/{kind}",
        "a text of mails or letters, and whom it goes to",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/schreiben/{kind}",
        "saves the text",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/schreiben/{kind}/senden",
        "queues the mails, or makes the letters",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}/anmeldungen",
        "registrations and channels",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/anmeldungen/{id}",
        "invites or refuses a registration",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/kanaele",
        "adds a channel",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/feld/{wave}/probe",
        "rehearsal, test responses, pretest",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/feld/{wave}/probe",
        "rehearses, makes a test link, begins or ends the pretest",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/herkunft/{wave}",
        "lineage: with which wave",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/herkunft/{wave}/naechster-fragebogen.yaml",
        "the file with which the next wave begins",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/herkunft/{wave}/{earlier}",
        "lineage of the questions of two waves",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/herkunft/{wave}/{earlier}",
        "confirms proposals",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/herkunft/{wave}/{earlier}/frage/{question}",
        "what became of a question",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/herkunft/{wave}/{earlier}/frage/{question}",
        "decides what became of a question",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/herkunft/{wave}/{earlier}/entfallen/{question}",
        "keeps the note on a dropped question",
        Who::Researcher,
    ),
];
