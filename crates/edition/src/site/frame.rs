//! What all pages share.

use questionnaire::{Lang, Questionnaire};

use super::parts;
use crate::document::Table;
use crate::figures::Source;
use crate::translation::text;
use crate::{Edition, numbers};

/// What the pages are written from.
pub(super) struct Site<'a> {
    pub(super) lang: Lang,
    pub(super) edition: &'a Edition,
    pub(super) questionnaire: Option<&'a Questionnaire>,
    pub(super) handbook_bytes: usize,
}

/// Parts of the site, as the navigation names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    Start,
    Results,
    Examples,
    Method,
    Download,
    Imprint,
}

/// Head and foot of a page.
pub(super) struct Frame {
    pub(super) lang: Lang,
    pub(super) title: String,
    /// Title of the edition.
    pub(super) edition: String,
    /// Way to the site's folder: "" or "../".
    pub(super) root: &'static str,
    pub(super) area: Area,
    /// Pages above this one, with links; empty on the pages of the navigation.
    pub(super) crumbs: Vec<(String, String)>,
    pub(super) synthetic: bool,
    pub(super) publisher: String,
    pub(super) date: String,
}

impl<'a> Site<'a> {
    pub(super) fn new(
        lang: Lang,
        edition: &'a Edition,
        questionnaire: Option<&'a Questionnaire>,
        handbook_bytes: usize,
    ) -> Self {
        Self {
            lang,
            edition,
            questionnaire,
            handbook_bytes,
        }
    }

    pub(super) fn t(&self, key: &str) -> String {
        text(self.lang, key, &[])
    }

    pub(super) fn source(&self) -> Source<'a> {
        Source {
            lang: self.lang,
            release: &self.edition.release,
            patterns: &self.edition.sentences,
        }
    }

    /// "Handreichung lesen (PDF, 3,1 MB)"
    pub(super) fn pdf_label(&self) -> String {
        let size = numbers::file_size(self.lang, self.handbook_bytes as u64);
        text(self.lang, "edition-site-pdf", &[("size", &size)])
    }

    /// The frame of a page at the top of the site.
    pub(super) fn frame(&self, area: Area, title: String) -> Frame {
        let edition = self.edition;
        Frame {
            lang: self.lang,
            title,
            edition: edition.title.clone(),
            root: "",
            area,
            crumbs: Vec::new(),
            synthetic: edition.synthetic || edition.release.synthetic,
            publisher: edition.publisher.name.clone(),
            date: numbers::date(self.lang, edition.date),
        }
    }

    /// The frame of a page in a folder; `above` are the pages between it and the area's own page.
    pub(super) fn frame_below(
        &self,
        area: Area,
        title: String,
        above: Vec<(String, String)>,
    ) -> Frame {
        let name = match area {
            Area::Results => "edition-site-results",
            _ => "edition-site-examples",
        };
        let mut crumbs = vec![("index.html".to_owned(), self.t(name))];
        crumbs.extend(above);
        Frame {
            root: "../",
            crumbs,
            ..self.frame(area, title)
        }
    }
}

impl Frame {
    pub(super) fn t(&self, key: &str) -> String {
        text(self.lang, key, &[])
    }

    pub(super) fn lang_tag(&self) -> &'static str {
        match self.lang {
            Lang::De => "de",
            Lang::En => "en",
        }
    }

    /// Address, name and whether the page stands there.
    pub(super) fn nav(&self) -> Vec<(String, String, bool)> {
        [
            (
                Area::Results,
                "ergebnisse/index.html",
                "edition-site-results",
            ),
            (
                Area::Examples,
                "beispiele/index.html",
                "edition-site-examples",
            ),
            (Area::Method, "methode.html", "edition-site-method"),
            (
                Area::Download,
                "herunterladen.html",
                "edition-site-download",
            ),
        ]
        .into_iter()
        .map(|(area, path, key)| {
            (
                format!("{}{path}", self.root),
                self.t(key),
                area == self.area,
            )
        })
        .collect()
    }

    /// A table that is no finding's.
    pub(super) fn table(&self, table: &Table) -> String {
        parts::table(table, &table.id, &table.caption)
    }
}
