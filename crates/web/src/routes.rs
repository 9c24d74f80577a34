//! The table of routes: printed in the documents, walked by the accessibility test.

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
];

/// All routes, in the order of the chain.
pub fn routes() -> &'static [Route] {
    ROUTES
}
