//! Examples: by field of action, a page a field, a page an example.

use askama::Template;
use register::{Land, Population};

use super::frame::{Area, Frame, Site};
use super::parts::{self, Ids};
use crate::charts::{Medium, land_name, locator};
use crate::document::{self, ExamplePage};
use crate::numbers;
use crate::{ChapterText, Example};

#[derive(Template)]
#[template(path = "fields.html")]
struct Fields {
    frame: Frame,
    fields: Vec<FieldLine>,
    /// All examples by inhabitants: file, title, municipality, kind, inhabitants, Land, field.
    by_size: Vec<[String; 7]>,
}

struct FieldLine {
    file: String,
    title: String,
    examples: Vec<ExampleLine>,
}

struct ExampleLine {
    file: String,
    title: String,
    sentence: String,
    municipality: String,
    place: String,
}

#[derive(Template)]
#[template(path = "field.html")]
struct FieldPage {
    frame: Frame,
    lead: Option<String>,
    figures: Vec<String>,
    text: String,
    shared: Vec<String>,
    examples: Vec<ExampleLine>,
}

#[derive(Template)]
#[template(path = "example.html")]
struct ExamplePart {
    frame: Frame,
    page: ExamplePage,
    locator: String,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
}

pub(super) fn index(site: &Site<'_>) -> askama::Result<String> {
    let fields = site
        .edition
        .chapters
        .iter()
        .map(|chapter| FieldLine {
            file: file(chapter),
            title: title(site, chapter),
            examples: lines(site, chapter),
        })
        .collect();
    let frame = Frame {
        root: "../",
        ..site.frame(Area::Examples, site.t("edition-site-examples"))
    };
    Fields {
        frame,
        fields,
        by_size: by_size(site),
    }
    .render()
}

fn by_size(site: &Site<'_>) -> Vec<[String; 7]> {
    let mut examples: Vec<(&Example, &ChapterText)> = Vec::new();
    for chapter in &site.edition.chapters {
        let shown = chapter.examples.iter();
        examples.extend(shown.filter_map(|id| {
            let example = site.edition.examples.iter().find(|e| e.id == *id)?;
            Some((example, chapter))
        }));
    }
    examples.sort_by_key(|(example, _)| (example.inhabitants, example.id));
    examples
        .into_iter()
        .map(|(example, chapter)| {
            [
                format!("{}.html", example.id),
                example.form.title.trim().to_owned(),
                example.municipality.clone(),
                example.kind.get(site.lang).to_owned(),
                numbers::thousands(site.lang, example.inhabitants.into()),
                Land::from_code(&example.land)
                    .map_or("", |l| land_name(site.lang, l))
                    .to_owned(),
                title(site, chapter),
            ]
        })
        .collect()
}

pub(super) fn fields(site: &Site<'_>) -> Vec<(String, askama::Result<String>)> {
    site.edition
        .chapters
        .iter()
        .map(|chapter| {
            let ids = Ids::default();
            let source = site.source();
            let mut figures: Vec<String> = chapter
                .findings
                .iter()
                .filter_map(|key| {
                    if let Some(kept) = source.kept(key) {
                        return Some(parts::kept_figure(site, kept, &ids));
                    }
                    let subject = source.subject(key, Population::Municipalities).ok()?;
                    let figure = parts::figure(site, subject, false, &ids);
                    Some(figure + &parts::numbers(site, subject, &ids))
                })
                .collect();
            let lead = if figures.is_empty() {
                None
            } else {
                Some(figures.remove(0))
            };
            let page = FieldPage {
                lead,
                frame: site.frame_below(Area::Examples, title(site, chapter), Vec::new()),
                figures,
                text: parts::markdown(site, &chapter.markdown, 0, &ids),
                shared: document::shared::sentences(site.lang, site.edition, &chapter.field),
                examples: lines(site, chapter),
            };
            (format!("beispiele/{}", file(chapter)), page.render())
        })
        .collect()
}

pub(super) fn pages(site: &Site<'_>) -> Vec<(String, askama::Result<String>)> {
    let mut pages = Vec::new();
    for chapter in &site.edition.chapters {
        let examples = document::pages(site.lang, site.edition, chapter);
        let link = |i: Option<usize>| {
            i.and_then(|i| examples.get(i))
                .map(|e| (example_file(&e.id), e.title.clone()))
        };
        for (i, example) in examples.iter().enumerate() {
            let above = vec![(file(chapter), title(site, chapter))];
            let map = Land::from_code(&example.land)
                .map(|land| locator(site.lang, land, Medium::Screen).svg);
            let page = ExamplePart {
                frame: site.frame_below(Area::Examples, example.title.clone(), above),
                locator: map.unwrap_or_default(),
                before: link(i.checked_sub(1)),
                after: link(Some(i + 1)),
                page: example.clone(),
            };
            pages.push((
                format!("beispiele/{}", example_file(&example.id)),
                page.render(),
            ));
        }
    }
    pages
}

/// Page of a chapter.
pub(super) fn file(chapter: &ChapterText) -> String {
    format!("feld-{}.html", chapter.field)
}

/// Name of the chapter's field of action.
pub(super) fn title(site: &Site<'_>, chapter: &ChapterText) -> String {
    let field = site.edition.fields.iter().find(|f| f.key == chapter.field);
    match (field, site.lang) {
        (Some(field), questionnaire::Lang::De) => field.de.clone(),
        (Some(field), questionnaire::Lang::En) => field.en.clone(),
        (None, _) => chapter.field.clone(),
    }
}

/// `beispiel-12` -> `12.html`
fn example_file(id: &str) -> String {
    format!("{}.html", id.trim_start_matches("beispiel-"))
}

fn lines(site: &Site<'_>, chapter: &ChapterText) -> Vec<ExampleLine> {
    document::pages(site.lang, site.edition, chapter)
        .into_iter()
        .map(|page| ExampleLine {
            file: example_file(&page.id),
            title: page.title,
            sentence: page.sentence,
            municipality: page.municipality,
            place: page.place,
        })
        .collect()
}
