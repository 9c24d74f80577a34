//! Main results: of each closed question or item one share that stands for it.

use dataset::{Cell, Column, Values};
use questionnaire::Text;

use crate::labels::text;
use crate::tables::Sample;
use crate::{Domain, Finding, FindingKey, ReleasedCell};

/// The share that stands for a question or item, in the whole of a population.
pub(crate) struct Headline {
    pub finding: FindingKey,
    /// Item or option; empty for a question without items.
    pub key: String,
    /// What is counted, in words.
    pub label: Text,
    /// The released share.
    pub released: ReleasedCell,
    /// Whether a respondent answered the question.
    pub base: Vec<bool>,
    /// 1 where a respondent said so, 0 elsewhere.
    pub said: Vec<f64>,
}

impl Headline {
    /// Respondents who said so, and the base.
    pub fn counts(&self) -> (usize, usize) {
        let said = self.said.iter().zip(&self.base);
        let yes = said.filter(|(said, base)| **base && **said == 1.0).count();
        (yes, self.base.iter().filter(|base| **base).count())
    }
}

/// Of ordered scales the two upper points, of other questions the answer that is released with the largest share, of multiple
/// choice each option; numbers have none. In the order of the questionnaire; rows that are held back are left out.
pub(crate) fn headlines(
    sample: &Sample,
    columns: &[Column],
    findings: &[Finding],
) -> Vec<Headline> {
    let whole = Domain::All(sample.weighting.population);
    columns
        .iter()
        .filter_map(|column| {
            let question = &column.variable.question;
            let finding = findings.iter().find(|f| f.key.0 == *question)?;
            let key = crate::tables::item_key(column);
            let row = finding
                .rows
                .iter()
                .find(|row| row.domain == whole && row.key == key && row.n.is_some())?;
            let item = column.variable.item.as_ref();
            let subject = item.unwrap_or(&column.variable.text);
            let (codes, label, released) = match &column.values {
                Values::Coded(_) => match row.top_two {
                    Some(top) => {
                        let last = finding.columns.len() - 1;
                        let ends = [&finding.columns[last - 1].1, &finding.columns[last].1];
                        let said = |l: fn(&Text) -> &str, or: &str| {
                            format!("{} {or} {}", l(ends[0]), l(ends[1]))
                        };
                        let answer = text(said(|t| &t.de, "oder"), said(|t| &t.en, "or"));
                        (vec![last - 1, last], answer, top)
                    }
                    None => {
                        let percent = |place: usize| match row.cells[place] {
                            ReleasedCell::Percent { value, .. } => i32::from(value),
                            _ => -1,
                        };
                        let most = (0..row.cells.len())
                            .rev()
                            .max_by_key(|&place| percent(place))?;
                        let answer = finding.columns[most].1.clone();
                        (vec![most], answer, row.cells[most])
                    }
                },
                Values::Flag(_) => (vec![1], text("genannt", "named"), *row.cells.first()?),
                Values::Number(_) | Values::Text(_) => return None,
            };
            let answered: Vec<Option<usize>> = match &column.values {
                Values::Coded(cells) => pick(sample, cells, |code| usize::from(*code)),
                Values::Flag(cells) => pick(sample, cells, |chosen| usize::from(*chosen)),
                _ => return None,
            };
            let said = |code: &Option<usize>| code.is_some_and(|code| codes.contains(&code));
            Some(Headline {
                finding: finding.key.clone(),
                key,
                label: text(
                    format!("{}: {}", subject.de, label.de),
                    format!("{}: {}", subject.en, label.en),
                ),
                released,
                base: answered.iter().map(Option::is_some).collect(),
                said: answered
                    .iter()
                    .map(|code| f64::from(u8::from(said(code))))
                    .collect(),
            })
        })
        .collect()
}

/// The answers that a main result counts, told from its label: which answer stood for a question was chosen before some of
/// its shares were held back. `None` where no answer has this label.
pub(crate) fn main_result(table: &Finding, column: &Column, label: &Text) -> Option<Vec<i16>> {
    let subject = column
        .variable
        .item
        .as_ref()
        .unwrap_or(&column.variable.text);
    let count = table.columns.len();
    let code = |place: usize| i16::try_from(place).unwrap_or(i16::MAX);
    match &column.values {
        Values::Flag(_) => Some(vec![1]),
        Values::Coded(_) => {
            let words = label.de.strip_prefix(&format!("{}: ", subject.de))?;
            let answer = |place: usize| table.columns[place].1.de.as_str();
            let upper = || {
                let two = count >= 2
                    && words == format!("{} oder {}", answer(count - 2), answer(count - 1));
                two.then(|| vec![code(count - 2), code(count - 1)])
            };
            let mut places = 0..count;
            let one = places.find(|place| words == answer(*place));
            one.map(|place| vec![code(place)]).or_else(upper)
        }
        Values::Number(_) | Values::Text(_) => None,
    }
}

fn pick<T>(sample: &Sample, cells: &[Cell<T>], code: impl Fn(&T) -> usize) -> Vec<Option<usize>> {
    sample
        .rows()
        .iter()
        .map(|&row| match &cells[row] {
            Cell::Value(value) => Some(code(value)),
            _ => None,
        })
        .collect()
}
