//! The table of routes: printed in the documents, walked by the accessibility test.

mod begin;
mod field;

use std::sync::LazyLock;

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everyone.
    Anyone,
    /// Who has the link of an invitation.
    Respondent,
    /// Who has the link of a practice that waits for release.
    Owner,
    /// Staff of any role.
    Staff,
    /// Researchers and editors.
    Editor,
    /// Researchers.
    Researcher,
}

/// One route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// Address, with `{…}` for what varies.
    pub path: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Who may see it.
    pub who: Who,
}

const fn route(method: &'static str, path: &'static str, what: &'static str, who: Who) -> Route {
    Route {
        method,
        path,
        what,
        who,
    }
}

const ROUTES: &[Route] = &[
    route("GET", "/", "start of the instance", Who::Anyone),
    route("GET", "/impressum", "Impressum", Who::Anyone),
    route("GET", "/datenschutz", "Datenschutz", Who::Anyone),
    route(
        "GET",
        "/datenschutz/{wave}",
        "what a wave does with data (Art. 13)",
        Who::Anyone,
    ),
    route(
        "GET",
        "/barrierefreiheit",
        "Erklärung zur Barrierefreiheit",
        Who::Anyone,
    ),
    route("GET", "/ausgaben", "published editions", Who::Anyone),
    route(
        "GET",
        "/ausgaben/{key}",
        "leads to the edition's site",
        Who::Anyone,
    ),
    route(
        "GET",
        "/ausgaben/{key}/{*path}",
        "files of an edition",
        Who::Anyone,
    ),
    route("GET", "/beispiele", "search in the catalogue", Who::Anyone),
    route(
        "GET",
        "/beispiele/feed.atom",
        "a search as Atom feed",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/vorschlaege",
        "suggestions while typing, as JSON",
        Who::Anyone,
    ),
    route("GET", "/beispiele/merkliste", "kept examples", Who::Anyone),
    route(
        "POST",
        "/beispiele/merkliste",
        "keeps an example, or no longer",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/merkliste.pdf",
        "kept examples as one PDF",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/eintrag/{code}",
        "an example of the catalogue",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/eintrag/{code}/beispiel.pdf",
        "an example as PDF of two pages",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/eintrag/{code}/beschlussvorlage.txt",
        "an example as text for a decision paper",
        Who::Anyone,
    ),
    route("GET", "/kommune", "finding a municipality", Who::Anyone),
    route(
        "GET",
        "/kommune/abstand",
        "how likeness of municipalities is measured",
        Who::Anyone,
    ),
    route(
        "GET",
        "/kommune/{place}",
        "public profile of a municipality",
        Who::Anyone,
    ),
    route("GET", "/health", "whether the service is well", Who::Anyone),
    route("GET", "/zugang", "form for the typed code", Who::Anyone),
    route("POST", "/zugang", "enters a typed code", Who::Anyone),
    route(
        "GET",
        "/antworten/{token}",
        "first page of the questionnaire",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}",
        "begins or continues",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/fragebogen.pdf",
        "the whole questionnaire as PDF",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/seite/{page}",
        "one page of the questionnaire",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/seite/{page}",
        "saves a page",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/seite/{page}/dateien",
        "saves a page with its files",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/datei/{id}",
        "one's own file",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/kommunen",
        "municipalities while typing, as JSON",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/pruefen",
        "Antworten prüfen",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/pruefen",
        "submits",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/fertig",
        "after submitting",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/kurzform/{id}",
        "goes on to the short form of a practice that was named",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/beispiele",
        "examples that fit the answers",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/aufgabenliste",
        "the contact's task list",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/aufgabenliste",
        "marks a section as checked, keeps the address for the notice",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/fachbereiche",
        "a new department",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/fachbereiche",
        "hands sections to a department",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/fachbereiche/{id}",
        "one department",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/fachbereiche/{id}",
        "changes a department, its link, or ends it",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/fertig-melden",
        "a department marks sections as finished",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/uebernehmen",
        "facts of the last wave",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/uebernehmen",
        "takes facts over",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/mitzeichnung",
        "sign-offs",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/mitzeichnung",
        "asks for a sign-off or notes one on paper",
        Who::Respondent,
    ),
    route(
        "GET",
        "/mitzeichnung/{token}",
        "all answers, to read and sign",
        Who::Respondent,
    ),
    route("POST", "/mitzeichnung/{token}", "signs", Who::Respondent),
    route(
        "GET",
        "/antworten/{token}/aenderungen",
        "changes after submitting",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/antworten.pdf",
        "one's own answers as PDF",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/zurueckziehen",
        "asks before answers are taken back",
        Who::Respondent,
    ),
    route(
        "POST",
        "/antworten/{token}/zurueckziehen",
        "takes all answers back",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/vergleichsblatt",
        "feedback sheet",
        Who::Respondent,
    ),
    route(
        "GET",
        "/antworten/{token}/vergleichsblatt.pdf",
        "feedback sheet as PDF",
        Who::Respondent,
    ),
    route(
        "GET",
        "/beispiel-melden",
        "proposing an example",
        Who::Anyone,
    ),
    route("POST", "/beispiel-melden", "begins a proposal", Who::Anyone),
    route("GET", "/beispiele/{id}", "a published example", Who::Anyone),
    route(
        "GET",
        "/beispiele/{id}/fassung/{number}",
        "one published wording of it",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/{id}/dateien/{file}",
        "a file of a published wording",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/{id}/frage",
        "a question to its owner",
        Who::Anyone,
    ),
    route(
        "POST",
        "/beispiele/{id}/frage",
        "sends the question on",
        Who::Anyone,
    ),
    route(
        "GET",
        "/beispiele/{id}/auch",
        "form for a take-up",
        Who::Anyone,
    ),
    route(
        "POST",
        "/beispiele/{id}/auch",
        "hands in a take-up",
        Who::Anyone,
    ),
    route(
        "GET",
        "/handlungsfelder/{key}",
        "a field of action with what its examples share",
        Who::Anyone,
    ),
    route(
        "GET",
        "/kurzform/{token}",
        "the short form behind a mailed link",
        Who::Owner,
    ),
    route(
        "POST",
        "/kurzform/{token}",
        "keeps the draft or hands it in",
        Who::Owner,
    ),
    route(
        "POST",
        "/kurzform/{token}/dateien",
        "puts a file beside the draft",
        Who::Owner,
    ),
    route(
        "GET",
        "/kurzform/{token}/dateien/{file}",
        "a file of the draft",
        Who::Owner,
    ),
    route(
        "GET",
        "/bestaetigen/{token}",
        "asks how an example stands",
        Who::Owner,
    ),
    route(
        "POST",
        "/bestaetigen/{token}",
        "answers how it stands",
        Who::Owner,
    ),
    route(
        "GET",
        "/uebernahme/{token}",
        "a take-up's wording that waits for release",
        Who::Owner,
    ),
    route(
        "POST",
        "/uebernahme/{token}",
        "releases it or takes it back",
        Who::Owner,
    ),
    route(
        "GET",
        "/freigabe/{token}",
        "a practice's wording that waits for release",
        Who::Owner,
    ),
    route(
        "POST",
        "/freigabe/{token}",
        "releases it or asks for changes",
        Who::Owner,
    ),
    route(
        "GET",
        "/freigabe/{token}/dateien/{file}",
        "a file of the wording that waits",
        Who::Owner,
    ),
    route(
        "GET",
        "/anmelden",
        "signing in with a password",
        Who::Anyone,
    ),
    route("POST", "/anmelden", "signs in with a password", Who::Anyone),
    route(
        "GET",
        "/anmelden/{token}",
        "a one-time sign-in link",
        Who::Anyone,
    ),
    route(
        "POST",
        "/anmelden/{token}",
        "uses up the link and signs in",
        Who::Anyone,
    ),
    route("POST", "/abmelden", "signs out", Who::Staff),
    route(
        "GET",
        "/verwaltung",
        "overview of the back office",
        Who::Staff,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}",
        "response against the register",
        Who::Staff,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/abschliessen",
        "asks before closing a wave",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/ruecklauf/{wave}/abschliessen",
        "closes a wave",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/wege",
        "which pages a kind of respondent sees",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/kommunen",
        "finds a municipality",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/kommunen/{key}",
        "one municipality in a wave",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/ruecklauf/{wave}/kommunen/{key}",
        "new access for a new contact, or a withdrawal",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/kommunen/{key}/dateien/{id}",
        "a file that a municipality sent along",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/datenschutz",
        "privacy and retention of a wave",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/ruecklauf/{wave}/datenschutz",
        "saves what is stated",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/verzeichnis",
        "record of processing (Art. 30)",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/vorlagen/{name}",
        "templates: processing on behalf, measures",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/gewichtung",
        "weights report of a closed wave",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ruecklauf/{wave}/zuordnung",
        "which answers lead to which examples",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/ruecklauf/{wave}/zuordnung",
        "saves the mapping",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/luecken",
        "leads to the gaps of the newest closed wave",
        Who::Staff,
    ),
    route(
        "GET",
        "/verwaltung/luecken/{wave}",
        "where a need is high and examples are missing",
        Who::Staff,
    ),
    route(
        "GET",
        "/verwaltung/luecken/{wave}/aufruf",
        "a call for examples",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/luecken/{wave}/aufruf",
        "queues a call's mails",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/offene-antworten",
        "open answers of closed waves",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/offene-antworten/{wave}/{variable}/codes",
        "frame of codes of an open question",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/codes",
        "saves the frame",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/offene-antworten/{wave}/{variable}/kodieren",
        "answers to be coded",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/kodieren",
        "saves what a coder chose",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/offene-antworten/{wave}/{variable}/abgleich",
        "agreement and differences of coders",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/abgleich",
        "settles differences",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/fassung",
        "makes the dataset's next version",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/offene-antworten/{wave}/{variable}/zitate",
        "answers that may be quoted",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/praxisbeispiele",
        "practices by state",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/praxisbeispiele/{id}",
        "one practice",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/{id}",
        "saves a practice",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/{id}/freigabe",
        "sends a practice for release",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/praxisbeispiele/neu",
        "a new practice",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/neu",
        "adds a practice",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/{id}/schritt",
        "takes a step of its life",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/{id}/kodes",
        "codes a practice",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/praxisbeispiele/{id}/dateien",
        "puts a file beside a practice",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/praxisbeispiele/{id}/dateien/{file}",
        "a file of a practice",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/uebernahmen",
        "take-ups by state",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/uebernahmen/{id}",
        "one take-up",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/uebernahmen/{id}",
        "saves a take-up",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/uebernahmen/{id}/freigabe",
        "sends a take-up for release",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/uebernahmen/{id}/zurueckziehen",
        "takes a take-up back",
        Who::Editor,
    ),
    route("GET", "/verwaltung/kodes", "the code list", Who::Editor),
    route(
        "POST",
        "/verwaltung/kodes",
        "saves the code list",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/handlungsfelder",
        "the fields of action",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/handlungsfelder",
        "saves the fields of action",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/links",
        "links that do not answer",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben/{key}",
        "one edition",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/ausgaben/{key}",
        "saves an edition's draft",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben/{key}/vorschau",
        "the edition's texts with findings put in",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ausgaben/{key}/vorschau.pdf",
        "the handbook as it would be published",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/auswertung",
        "evaluation workspace: a question, its table, chart and tests",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/auswertung/tabelle.csv",
        "its table as CSV",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/auswertung/tabelle.xlsx",
        "its table as xlsx",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/auswertung/diagramm.svg",
        "its chart as SVG",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/auswertung/diagramm.png",
        "its chart as PNG",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/auswertung/anfrage.json",
        "its request: how the numbers were made",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/auswertung/behalten",
        "keeps it as a finding",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/ergebnisse",
        "the findings that were kept",
        Who::Editor,
    ),
    route(
        "GET",
        "/verwaltung/ergebnisse/{id}",
        "one kept finding",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/ergebnisse/{id}",
        "saves its title and wording",
        Who::Researcher,
    ),
    route(
        "POST",
        "/verwaltung/ergebnisse/{id}/loeschen",
        "deletes a kept finding",
        Who::Researcher,
    ),
    route(
        "GET",
        "/verwaltung/suche",
        "word lists of the search",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/suche",
        "saves the word lists",
        Who::Editor,
    ),
    route("GET", "/verwaltung/postausgang", "mail outbox", Who::Editor),
    route(
        "GET",
        "/verwaltung/postausgang/{id}",
        "one mail",
        Who::Editor,
    ),
    route(
        "POST",
        "/verwaltung/postausgang/{id}/noch-einmal",
        "sends an unclear or refused mail once more",
        Who::Researcher,
    ),
    route("GET", "/verwaltung/protokoll", "audit log", Who::Editor),
];

/// All routes, in the order of the chain.
pub fn routes() -> &'static [Route] {
    static ALL: LazyLock<Vec<Route>> =
        LazyLock::new(|| [ROUTES, field::FIELD, begin::BEGIN].concat());
    &ALL
}
