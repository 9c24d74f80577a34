//! The chapter "Was sich verändert hat": slope charts, sentences and tables of a [`ReleasedChange`], and what is not
//! compared. Handbook, site and open data are made from the same values.

mod codes;
mod data;
mod tables;
mod words;

use findings::{ChangeFinding, ChangeRow, Domain, Estimand, ReleasedCell, ReleasedChange};
use questionnaire::Lang;
use register::Population;
use serde::Serialize;

use crate::charts::slope::{self, Names, Slope};
use crate::charts::{Medium, escaped};
use crate::document::{Figure, Table};
use crate::markdown::Block;
use crate::translation::text;
use crate::{Edition, numbers, sentences};

pub use codes::{code_sentence, code_tables};
pub(crate) use data::files;
pub use tables::{group_table, table};
pub use words::{headline, period_label};

/// The chapter.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeChapter {
    /// Title.
    pub title: String,
    /// What was compared: a paragraph each.
    pub lead: Vec<String>,
    /// What has risen and fallen among municipalities, a point each; may be empty.
    pub glance: Vec<String>,
    /// The editors' words.
    pub text: Vec<Block>,
    /// Figures by theme.
    pub themes: Vec<ChangeTheme>,
    /// What is not compared: question or item, and why; a point each.
    pub refused: Vec<Refused>,
    /// How it was compared, a paragraph each.
    pub method: Vec<String>,
}

/// Figures of one page of the questionnaire.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeTheme {
    /// Title.
    pub title: String,
    /// One a question.
    pub figures: Vec<Figure>,
}

/// Something that is not compared.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// The question or item, quoted.
    pub what: String,
    /// Why, and the researchers' note.
    pub why: String,
}

/// A slope chart with its words.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    /// What has risen and fallen.
    pub(crate) sentence: String,
    /// How sure it is.
    pub(crate) certainty: String,
    pub(crate) svg: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) alt: String,
    /// How to read it.
    pub(crate) note: String,
}

/// The slope chart of a question: what it says, how sure that is, the SVG, and how to read it. `None` when nothing of it
/// may be shown.
pub fn slopes(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    population: Population,
    medium: Medium,
) -> Option<(String, String, String, String)> {
    let drawn = draw(lang, change, finding, population, medium)?;
    Some((drawn.sentence, drawn.certainty, drawn.svg, drawn.note))
}

/// The chapter of an edition; `None` when it compares no waves.
pub fn chapter(lang: Lang, edition: &Edition, text_blocks: Vec<Block>) -> Option<ChangeChapter> {
    let change = edition.change.as_ref()?;
    let mut themes: Vec<ChangeTheme> = Vec::new();
    for finding in &change.findings {
        let Some(drawn) = draw(
            lang,
            change,
            finding,
            Population::Municipalities,
            Medium::Print,
        ) else {
            continue;
        };
        let figure = Figure {
            key: finding.key.0.clone(),
            population: "municipalities".to_owned(),
            table: tables::table_id(finding),
            sentence: drawn.sentence,
            certainty: drawn.certainty,
            question: title(lang, finding),
            svg: drawn.svg,
            width: drawn.width,
            height: drawn.height,
            alt: drawn.alt,
            note: drawn.note,
        };
        let title = finding.theme.get(lang);
        match themes.last_mut() {
            Some(theme) if theme.title == title => theme.figures.push(figure),
            _ => themes.push(ChangeTheme {
                title: title.to_owned(),
                figures: vec![figure],
            }),
        }
    }
    Some(ChangeChapter {
        title: text(lang, "change-title", &[]),
        lead: words::lead(lang, change),
        glance: words::glance(lang, change),
        text: text_blocks,
        themes,
        refused: refused(lang, change),
        method: change
            .method
            .iter()
            .map(|t| t.get(lang).to_owned())
            .collect(),
    })
}

/// All tables of the chapter, by theme, for the annex.
pub fn annex(lang: Lang, change: &ReleasedChange) -> Vec<Table> {
    let tables = change.findings.iter().flat_map(|finding| {
        let whole = table(lang, change, finding, None);
        [Some(whole), group_table(lang, finding)]
    });
    tables.flatten().collect()
}

pub(crate) fn refused(lang: Lang, change: &ReleasedChange) -> Vec<Refused> {
    let one = |refused: &findings::Incomparable| {
        let of = refused.part.as_ref().unwrap_or(&refused.text);
        let mut why = refused.reason.get(lang).to_owned();
        if let Some(note) = &refused.note {
            why.push(' ');
            why.push_str(note.get(lang));
        }
        Refused {
            what: sentences::quoted(lang, of.get(lang)),
            why,
        }
    };
    change.refused.iter().map(one).collect()
}

/// The question as a heading, told apart where it is counted by inhabitants too.
pub(crate) fn title(lang: Lang, finding: &ChangeFinding) -> String {
    let question = finding.question.get(lang);
    match finding.estimand {
        Estimand::ShareOfInhabitants => {
            text(lang, "change-inhabitants-title", &[("question", question)])
        }
        Estimand::ShareOfMunicipalities | Estimand::Mean => question.to_owned(),
    }
}

/// Keys of the items of a finding, in order.
fn items(finding: &ChangeFinding) -> Vec<&str> {
    let mut items: Vec<&str> = Vec::new();
    for row in &finding.rows {
        if !items.contains(&row.key.as_str()) {
            items.push(&row.key);
        }
    }
    items
}

/// The rows of a chart: all items of a population, or the groups of a question without items.
fn lines(finding: &ChangeFinding, population: Population) -> Vec<&ChangeRow> {
    let one = items(finding).len() == 1;
    let fits = |row: &&ChangeRow| match one {
        true => population == Population::Municipalities,
        false => row.domain == Domain::All(population),
    };
    let shown = |row: &&ChangeRow| row.change.is_some();
    finding.rows.iter().filter(fits).filter(shown).collect()
}

/// The slope chart of a question; `None` when nothing of it may be shown. A question without items shows its groups,
/// counties among them, in the chart of the municipalities.
pub(crate) fn draw(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    population: Population,
    medium: Medium,
) -> Option<Drawn> {
    let rows = lines(finding, population);
    if rows.is_empty() {
        return None;
    }
    let one = items(finding).len() == 1;
    let slopes: Vec<Slope> = rows
        .iter()
        .filter_map(|row| {
            let change = row.change?;
            Some(Slope {
                label: match one {
                    true => sentences::domain_label(lang, row.domain),
                    false => row.label.get(lang).to_owned(),
                },
                before: place(row.before)?,
                after: place(row.after)?,
                words: (
                    numbers::cell(lang, &row.before),
                    numbers::cell(lang, &row.after),
                ),
                verdict: change.verdict,
            })
        })
        .collect();
    let headings = (
        words::period_label(lang, change.before.field_period),
        words::period_label(lang, change.after.field_period),
    );
    let medium_word = match medium {
        Medium::Screen => "w",
        Medium::Narrow => "s",
        Medium::Print => "p",
    };
    let population_word = match population {
        Population::Municipalities => "g",
        Population::Counties => "k",
    };
    let id = format!(
        "v-{}-{population_word}-{medium_word}",
        finding.key.0.replace('.', "-")
    );
    let sentence = words::headline(lang, finding, population);
    let alt = words::alt(lang, finding, &rows, one);
    let names = Names {
        id: &id,
        title: &sentence,
        alt: &alt,
    };
    let (svg, width, height) = slope::svg(&slopes, (&headings.0, &headings.1), medium, &names);
    Some(Drawn {
        svg,
        width,
        height,
        certainty: words::certainty(lang, finding, &rows),
        note: words::note(lang, change, finding, &rows),
        sentence,
        alt,
    })
}

/// Where a figure stands on the axis.
fn place(cell: ReleasedCell) -> Option<i64> {
    match cell {
        ReleasedCell::Percent { value, .. } => Some(value.into()),
        ReleasedCell::Mean { tenths, .. } => Some(tenths),
        _ => None,
    }
}

/// What the site says below a question about its change: that it was compared, or why not. As HTML.
pub(crate) fn below_question(lang: Lang, edition: &Edition, question: &str) -> Option<String> {
    let change = edition.change.as_ref()?;
    let mut html = String::new();
    let finding = change.finding(question);
    if let Some(finding) = finding {
        let sentence = words::headline(lang, finding, Population::Municipalities);
        let link = text(lang, "change-below-link", &[]);
        html += &format!(
            "<p>{} <a href=\"veraenderung.html#v-{}\">{}<span class=\"vh\">: {}</span></a></p>\n",
            escaped(&sentence),
            question.replace('.', "-"),
            escaped(&link),
            escaped(finding.question.get(lang)),
        );
    }
    let mut points = String::new();
    for refused in change.refused.iter().filter(|r| r.question == question) {
        let mut words = refused.reason.get(lang).to_owned();
        if let Some(note) = &refused.note {
            words = format!("{words} {}", note.get(lang));
        }
        let what = match &refused.part {
            Some(part) => format!("{}: ", sentences::quoted(lang, part.get(lang))),
            None => String::new(),
        };
        points += &format!("<li>{}{}</li>\n", escaped(&what), escaped(&words));
    }
    if !points.is_empty() {
        let title = text(lang, "change-below-refused", &[]);
        html += &format!("<p>{}</p>\n<ul>\n{points}</ul>\n", escaped(&title));
    }
    (!html.is_empty()).then(|| {
        let title = text(
            lang,
            "change-below-title",
            &[(
                "before",
                &words::period_label(lang, change.before.field_period),
            )],
        );
        format!("<h3>{}</h3>\n{html}", escaped(&title))
    })
}
