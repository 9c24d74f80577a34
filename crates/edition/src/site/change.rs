//! What has changed since an earlier wave: one page with slope charts, tables and what is not compared.

use askama::Template;
use findings::{ChangeFinding, Domain, ReleasedChange};
use register::Population;

use super::frame::{Area, Frame, Site};
use super::parts::{self, Ids};
use crate::change::{self, Refused};
use crate::charts::Medium;
use crate::sentences;
use crate::translation::text;

/// The page's file, in the folder of the results.
pub(super) const FILE: &str = "veraenderung.html";

#[derive(Template)]
#[template(path = "change.html")]
struct ChangePage {
    frame: Frame,
    lead: Vec<String>,
    glance: Vec<String>,
    words: String,
    questions: Vec<Question>,
    refused: Vec<Refused>,
    method: Vec<String>,
}

struct Question {
    id: String,
    text: String,
    parts: Vec<Part>,
}

struct Part {
    /// The population, where a question has a chart for each.
    title: Option<String>,
    figure: String,
    table: String,
    /// Of a scale: what has risen and fallen among its answers, and all of them behind it.
    codes: Option<(String, String)>,
}

/// The page; `None` when the edition compares no waves.
pub(super) fn page(site: &Site<'_>) -> Option<askama::Result<String>> {
    let compared = site.edition.change.as_ref()?;
    let ids = Ids::default();
    let chapter = change::chapter(site.lang, site.edition, Vec::new())?;
    let page = ChangePage {
        frame: site.frame_below(Area::Results, chapter.title, Vec::new()),
        lead: chapter.lead,
        glance: chapter.glance,
        words: parts::markdown(site, &site.edition.change_text, 0, &ids),
        questions: compared
            .findings
            .iter()
            .map(|finding| question(site, compared, finding, &ids))
            .collect(),
        refused: chapter.refused,
        method: chapter.method,
    };
    Some(page.render())
}

/// Words of the link to the page, where there is one.
pub(super) fn link(site: &Site<'_>) -> Option<String> {
    let compared = site.edition.change.as_ref()?;
    let before = change::period_label(site.lang, compared.before.field_period);
    Some(text(site.lang, "change-site-link", &[("before", &before)]))
}

fn question(
    site: &Site<'_>,
    compared: &ReleasedChange,
    finding: &ChangeFinding,
    ids: &Ids,
) -> Question {
    let populations: Vec<Population> = Population::ALL
        .into_iter()
        .filter(|p| finding.rows.iter().any(|r| r.domain == Domain::All(*p)))
        .collect();
    let drawn = |population: Population| {
        let of = |medium| change::draw(site.lang, compared, finding, population, medium);
        let (wide, narrow) = (of(Medium::Screen)?, of(Medium::Narrow)?);
        Some(parts::drawn(&wide, &narrow))
    };
    let codes = |of: &[Population]| {
        let tables = of
            .iter()
            .flat_map(|population| change::code_tables(site.lang, compared, finding, *population));
        let tables: Vec<_> = tables.collect();
        let said = change::code_sentence(site.lang, finding, of[0])?;
        let summary = text(site.lang, "change-codes-show", &[]);
        Some((said, parts::behind_words(&summary, &tables, ids)))
    };
    let one = finding
        .rows
        .iter()
        .all(|row| row.key == finding.rows[0].key);
    let parts = if one {
        // A question without items has all groups, counties among them, in one chart.
        let table = change::table(site.lang, compared, finding, None);
        vec![Part {
            title: None,
            figure: drawn(Population::Municipalities).unwrap_or_default(),
            table: parts::behind(site, &[table], ids),
            codes: codes(&populations),
        }]
    } else {
        let part = |population: &Population| {
            let mut tables = vec![change::table(
                site.lang,
                compared,
                finding,
                Some(*population),
            )];
            if *population == Population::Municipalities {
                tables.extend(change::group_table(site.lang, finding));
            }
            let held = || {
                let words = change::headline(site.lang, finding, *population);
                format!("<p>{}</p>\n", crate::markdown::escape(&words))
            };
            Part {
                title: Some(sentences::domain_label(site.lang, Domain::All(*population))),
                figure: drawn(*population).unwrap_or_else(held),
                table: parts::behind(site, &tables, ids),
                codes: codes(&[*population]),
            }
        };
        populations.iter().map(part).collect()
    };
    Question {
        id: finding.key.0.replace('.', "-"),
        text: change::title(site.lang, finding),
        parts,
    }
}
