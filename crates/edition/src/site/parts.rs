//! Charts and tables as HTML.

use askama::Template;

use super::frame::Site;
use crate::change::Drawn;
use crate::charts::Medium;
use crate::document::{Figure, Table};
use crate::figures::Subject;
use crate::kept;
use crate::lookup;
use crate::sentences;
use crate::tables;
use crate::translation::text;
use findings::Domain;
use findings::workspace::KeptFinding;
use register::Population;

#[derive(Template)]
#[template(path = "table.html")]
struct TablePart<'a> {
    table: &'a Table,
    id: &'a str,
    caption: &'a str,
}

#[derive(Template)]
#[template(path = "figure.html")]
struct FigurePart {
    sentence: String,
    certainty: String,
    note: String,
    wide: String,
    narrow: String,
}

/// Hands out numbers, so that a chart that stands twice on a page has ids of its own each time.
#[derive(Default)]
pub(super) struct Ids(std::cell::Cell<u32>);

impl Ids {
    fn next(&self) -> u32 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

/// A table; `id` is the caption's.
pub(super) fn table(table: &Table, id: &str, caption: &str) -> String {
    let part = TablePart { table, id, caption };
    part.render()
        .expect("a table of strings can always be written")
}

/// A subject's sentence and chart; the sentence alone where nothing may be drawn. `below` its question the sentence
/// leaves out the question's wording.
pub(super) fn figure(site: &Site<'_>, subject: Subject<'_>, below: bool, ids: &Ids) -> String {
    let source = site.source();
    let sentence = source.sentence(subject);
    let number = ids.next();
    let draw = |medium| {
        source.chart(subject, medium).map(|chart| {
            let svg = chart
                .svg
                .replace(&chart.id, &format!("{}-{number}", chart.id));
            (svg, chart.note)
        })
    };
    let (Some((wide, note)), Some((narrow, _))) = (draw(Medium::Screen), draw(Medium::Narrow))
    else {
        let held = sentences::held_back(site.lang, subject.finding, subject.population);
        return format!("<p>{}</p>\n", crate::markdown::escape(&held));
    };
    let part = FigurePart {
        certainty: sentence.as_ref().map(|s| s.certainty()).unwrap_or_default(),
        sentence: sentence.map_or_else(
            || sentences::held_back(site.lang, subject.finding, subject.population),
            |s| if below { s.short } else { s.text },
        ),
        note,
        wide,
        narrow,
    };
    part.render()
        .expect("a figure of strings can always be written")
}

/// A slope chart with its words, wide and narrow.
pub(super) fn drawn(wide: &Drawn, narrow: &Drawn) -> String {
    let part = FigurePart {
        sentence: wide.sentence.clone(),
        certainty: wide.certainty.clone(),
        note: wide.note.clone(),
        wide: wide.svg.clone(),
        narrow: narrow.svg.clone(),
    };
    part.render()
        .expect("a figure of strings can always be written")
}

/// Tables behind "Zahlen zeigen".
pub(super) fn behind(site: &Site<'_>, tables: &[Table], ids: &Ids) -> String {
    let summary = text(site.lang, "edition-site-show-numbers", &[]);
    behind_words(&summary, tables, ids)
}

/// Tables behind other words.
pub(super) fn behind_words(summary: &str, tables: &[Table], ids: &Ids) -> String {
    let mut html = String::new();
    for data in tables {
        let id = format!("{}-{}", data.id, ids.next());
        html += &table(data, &id, &data.caption);
    }
    let summary = crate::markdown::escape(summary);
    let of = tables.first().map_or("", |table| table.caption.as_str());
    let of = crate::markdown::escape(of);
    format!(
        "<details><summary>{summary}<span class=\"vh\">: {of}</span></summary>\n{html}</details>\n"
    )
}

/// The numbers of a subject behind "Zahlen zeigen".
pub(super) fn numbers(site: &Site<'_>, subject: Subject<'_>, ids: &Ids) -> String {
    let group = sentences::domain_label(site.lang, Domain::All(subject.population));
    let mut html = String::new();
    for data in tables::population_tables(site.lang, subject.finding, subject.population) {
        let id = format!("{}-{}", data.id, ids.next());
        html += &table(&data, &id, &format!("{} – {group}", data.caption));
    }
    let summary = text(site.lang, "edition-site-show-numbers", &[]);
    let of = format!("{} – {group}", tables::caption(site.lang, subject.finding));
    let of = crate::markdown::escape(&of);
    html += &made(site, &subject.finding.request, &of);
    format!(
        "<details><summary>{summary}<span class=\"vh\">: {of}</span></summary>\n{html}</details>\n"
    )
}

/// How numbers were made: the request that anyone who holds the dataset can run again, behind a question.
fn made(site: &Site<'_>, request: &str, of: &str) -> String {
    let Ok(request) = serde_json::from_str::<serde_json::Value>(request) else {
        return String::new();
    };
    if request.get("ask").is_none() {
        return String::new();
    }
    let summary = text(site.lang, "edition-site-request", &[]);
    let words = text(site.lang, "edition-site-made-words", &[]);
    let request = crate::markdown::escape(&format!("{request:#}"));
    format!(
        "<details><summary>{summary}<span class=\"vh\">: {of}</span></summary>\n<p>{words}</p>\n\
         <div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{summary}\"><pre><code>{request}</code></pre></div>\n\
         </details>\n"
    )
}

/// A kept finding: title, wording, chart, and its numbers behind "Zahlen zeigen".
pub(super) fn kept_figure(site: &Site<'_>, found: &KeptFinding, ids: &Ids) -> String {
    let number = ids.next();
    let draw = |medium, word: &str| {
        let drawn = kept::drawn(site.lang, found, medium)?;
        let id = kept::id(found, word);
        Some((drawn.svg.replace(&id, &format!("{id}-{number}")), drawn))
    };
    let (Some((wide, drawn)), Some((narrow, _))) =
        (draw(Medium::Screen, "w"), draw(Medium::Narrow, "s"))
    else {
        return format!("<p>{}</p>\n", crate::markdown::escape(&found.wording));
    };
    let part = FigurePart {
        sentence: found.title.clone(),
        certainty: kept::certainty(site.lang, found),
        note: kept::note(site.lang, &site.edition.release, found, &drawn),
        wide,
        narrow,
    };
    let figure = part
        .render()
        .expect("a figure of strings can always be written");
    let data = kept::table(site.lang, found);
    let id = format!("{}-{}", data.id, ids.next());
    let summary = text(site.lang, "edition-site-show-numbers", &[]);
    let of = crate::markdown::escape(&found.title);
    let numbers = table(&data, &id, &data.caption);
    format!(
        "{figure}<details><summary>{summary}<span class=\"vh\">: {of}</span></summary>\n{numbers}</details>\n"
    )
}

/// A chart inside an editor's text.
pub(super) fn inserted(site: &Site<'_>, inserted: &Figure, ids: &Ids) -> String {
    if let Some(found) = site.source().kept(&inserted.key) {
        return kept_figure(site, found, ids);
    }
    let population = match lookup::domain(&inserted.population) {
        Some(Domain::All(population)) => population,
        _ => Population::Municipalities,
    };
    match site.source().subject(&inserted.key, population) {
        Ok(subject) => figure(site, subject, false, ids) + &numbers(site, subject, ids),
        Err(_) => String::new(),
    }
}

/// An editor's text as HTML.
pub(super) fn markdown(site: &Site<'_>, words: &str, raise: u8, ids: &Ids) -> String {
    let (blocks, _) = crate::markdown::parse(words, &site.source());
    crate::markdown::to_html(&blocks, raise, &|f| inserted(site, f, ids))
}
