//! Words for what was found: table, row, cell and the kind of a municipality, never its name.

use questionnaire::Text;
use register::{Municipality, SizeClass};

use super::{Frozen, Together};
use crate::Finding;
use crate::audit::build::{Part, Place};
use crate::audit::report::{Breach, BreachKind};
use crate::audit::search::{Secret, Told};
use crate::labels::text;
use crate::tables::Sample;

impl Together<'_> {
    pub(super) fn breach(
        &self,
        wave: &Frozen<'_>,
        sample: &Sample,
        (secret, told): (&Secret, &Told),
        place: Option<Place>,
        column: usize,
    ) -> Breach {
        let variable = &wave.data.dataset.columns[column].variable;
        let (table, row, cell) = self.words(place).unwrap_or_else(|| {
            (
                variable.text.clone(),
                variable.item.clone().unwrap_or_default(),
                Text::default(),
            )
        });
        Breach {
            table,
            row,
            cell,
            whom: whom(wave.respondents[sample.rows[secret.subject]]),
            kind: BreachKind::Answer {
                knows: told.knows.len(),
                proven: told.proven,
            },
        }
    }

    /// Table, row and cell of a published number.
    pub(super) fn words(&self, place: Option<Place>) -> Option<(Text, Text, Text)> {
        let place = place?;
        let release = self.release(place.release);
        let finding = release.table(place.finding);
        let group = |row: usize| release.group_of(place.finding, row);
        let row = |row: usize| row_words(finding, row, group(row));
        let (row, cell) = match place.part {
            Part::Cell { row: of, cell } => (row(of), column_words(finding, cell)),
            Part::N { row: of } => (row(of), text("Zahl der Antworten", "number of answers")),
            Part::Plain { .. } => (
                Text::default(),
                text("ungewichteter Anteil", "plain percentage"),
            ),
            Part::Compared { .. } => (
                Text::default(),
                text("Vergleich zweier Gruppen", "comparison of two groups"),
            ),
            Part::LeftOut { .. } | Part::Reasons { .. } => (
                Text::default(),
                text("nicht gezählte Antworten", "answers that are not counted"),
            ),
        };
        let question = match release.kept_at(place.finding) {
            Some(kept) => text(
                format!("Auswertung „{}“ ({})", kept.title, kept.key.0),
                format!("finding \"{}\" ({})", kept.title, kept.key.0),
            ),
            None => finding.question.clone(),
        };
        Some((question, row, cell))
    }

    pub(super) fn made_of_other_answers(&self, place: &Place) -> Breach {
        let (table, row, cell) = self.words(Some(*place)).unwrap_or_default();
        let kept = self.new.kept_at(place.finding).is_some();
        let release = match self.earlier().nth(place.release) {
            Some(before) => before.name.to_owned(),
            // What was added now is named by itself.
            None if kept => String::new(),
            None => self.new.title.de.clone(),
        };
        let kind = BreachKind::OtherAnswers {
            release,
            differ: None,
        };
        Breach {
            table,
            row,
            cell,
            whom: Text::default(),
            kind,
        }
    }
}

pub(super) fn row_words(finding: &Finding, row: usize, group: Option<&Text>) -> Text {
    let row = &finding.rows[row];
    let domain = group.cloned().unwrap_or_else(|| row.domain.label());
    if row.key.is_empty() {
        return domain;
    }
    text(
        format!("{}, {}", row.label.de, domain.de),
        format!("{}, {}", row.label.en, domain.en),
    )
}

pub(super) fn column_words(finding: &Finding, cell: usize) -> Text {
    let upper = || text("die beiden oberen Stufen", "the two upper points");
    finding
        .columns
        .get(cell)
        .map_or_else(upper, |(_, words)| words.clone())
}

/// The kind of a municipality, never its name.
pub(super) fn whom(unit: &Municipality) -> Text {
    match unit.size_class() {
        SizeClass::County => text("Landkreise", "counties"),
        class => text(class.german_plural(), class.english_plural()),
    }
}
