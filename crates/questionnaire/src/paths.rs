//! The routing as a picture: which pages and questions a kind of respondent sees, which never, and what it rests on.
//!
//! A kind of respondent is a set of answers, as many or as few as one likes. A page is seen when its condition is true
//! under them, not seen when it is false, and open when it rests on answers that are not among them.

use std::fmt::Write;

use crate::{
    Answer, Answers, Condition, Lang, Page, Parsed, Question, Questionnaire, Truth, VariableKey,
    plain,
};

/// Whether a page or question is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Seen {
    Yes,
    No,
    Open,
}

/// A page on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePath<'q> {
    /// The page.
    pub page: &'q Page,
    /// Whether it is seen.
    pub seen: Seen,
    /// What it rests on, as it is written; `None` where it has no condition.
    pub because: Option<&'q str>,
    /// Its questions, each with whether it is seen.
    pub questions: Vec<(&'q Question, Seen)>,
}

impl Questionnaire {
    /// The way of a kind of respondent through all pages.
    pub fn path_of(&self, answers: &Answers) -> Vec<PagePath<'_>> {
        self.pages
            .iter()
            .map(|page| {
                let own = seen(page.show_if.as_ref(), answers);
                let question = |q| {
                    let below = question_seen(q, answers);
                    (
                        q,
                        if own == Seen::Yes {
                            below
                        } else {
                            own.and(below)
                        },
                    )
                };
                let questions: Vec<(&Question, Seen)> =
                    page.questions.iter().map(question).collect();
                let any = |wanted| questions.iter().any(|(_, seen)| *seen == wanted);
                let seen = match own {
                    Seen::Yes if any(Seen::Yes) => Seen::Yes,
                    Seen::Yes | Seen::Open if any(Seen::Open) => Seen::Open,
                    _ => Seen::No,
                };
                PagePath {
                    page,
                    seen,
                    because: page.show_if.as_ref().map(|c| c.source.as_str()),
                    questions,
                }
            })
            .collect()
    }

    /// The variables on which the routing rests, in the order of the questionnaire.
    pub fn deciding(&self) -> Vec<VariableKey> {
        let mut named = std::collections::BTreeSet::new();
        for page in &self.pages {
            let items = page
                .questions
                .iter()
                .flat_map(|q| q.items().into_iter().flatten());
            let items = items.filter_map(|item| item.show_if.as_ref());
            let own = page.questions.iter().filter_map(|q| q.show_if.as_ref());
            for condition in page.show_if.iter().chain(own).chain(items) {
                named.extend(condition.variables().into_iter().cloned());
            }
        }
        let all = self.variables().into_iter().map(|v| v.key);
        all.filter(|key| named.contains(key)).collect()
    }

    /// A kind of respondent as a form describes it: fields as a page's form has them, whatever page they stand on.
    pub fn kind_of(&self, fields: &[(String, String)]) -> (Answers, Vec<crate::Problem>) {
        let mut answers = Answers::new();
        let mut problems = Vec::new();
        for page in &self.pages {
            let own = |name: &str| {
                let key = name.split('.').next().unwrap_or_default();
                page.questions.iter().any(|q| q.key == key)
            };
            let given: Vec<(String, String)> = fields
                .iter()
                .filter(|(name, _)| own(name))
                .cloned()
                .collect();
            let parsed: Parsed = page.parse(&given, &answers);
            for (key, answer) in &parsed.changes {
                if let Some(answer) = answer {
                    answers.insert(key.clone(), answer.clone());
                }
            }
            problems.extend(parsed.problems);
        }
        (answers, problems)
    }

    /// The way of a kind of respondent in words, for a terminal.
    pub fn path_report(&self, answers: &Answers, lang: Lang) -> String {
        let mut out = String::new();
        for (variable, answer) in answers {
            let _ = writeln!(
                out,
                "given: {variable} = {}",
                self.describe(variable, answer, lang)
            );
        }
        for path in self.path_of(answers) {
            let word = path.seen.word(lang);
            let title = plain(path.page.title.get(lang));
            let _ = writeln!(out, "{word:<6} {:<20} {title}", path.page.key);
            if let Some(because) = path.because {
                let _ = writeln!(out, "         if {because}");
            }
            for (question, seen) in path.questions {
                if let Some(condition) = &question.show_if {
                    let word = seen.word(lang);
                    let _ = writeln!(
                        out,
                        "       {word:<6} {} if {}",
                        question.key, condition.source
                    );
                }
            }
        }
        out
    }

    /// The way of a kind of respondent as a picture: a column of pages, those not seen beside the line. The same
    /// stands in the list that belongs beside it.
    pub fn path_svg(&self, answers: &Answers, lang: Lang) -> String {
        let paths = self.path_of(answers);
        let height = 20 + 64 * paths.len();
        let (title, note) = match lang {
            Lang::De => (
                "Weg durch den Fragebogen",
                "Seiten von oben nach unten; was gestrichelt ist, sieht diese Kommune nicht, was gepunktet ist, ist noch offen.",
            ),
            Lang::En => (
                "Way through the questionnaire",
                "Pages from top to bottom; what is dashed is not seen by this municipality, what is dotted is still open.",
            ),
        };
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 {height}\" width=\"360\" height=\"{height}\" role=\"img\" aria-labelledby=\"weg-titel weg-text\"><title id=\"weg-titel\">{title}</title><desc id=\"weg-text\">{note}</desc>"
        );
        let mut last: Option<usize> = None;
        for (at, path) in paths.iter().enumerate() {
            let y = 10 + 64 * at;
            let (x, dash) = match path.seen {
                Seen::Yes => (10, ""),
                Seen::Open => (30, " stroke-dasharray=\"2 4\""),
                Seen::No => (50, " stroke-dasharray=\"8 5\""),
            };
            if path.seen != Seen::No {
                if let Some(last) = last {
                    let from = 10 + 64 * last + 44;
                    let _ = write!(
                        out,
                        "<path d=\"M24 {from} V{y}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"{}/>",
                        if path.seen == Seen::Open { dash } else { "" }
                    );
                }
                last = Some(at);
            }
            let words: String = plain(path.page.title.get(lang)).chars().take(34).collect();
            let mark = match path.seen {
                Seen::Yes => "✓",
                Seen::Open => "?",
                Seen::No => "–",
            };
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"300\" height=\"44\" rx=\"4\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"{dash}/><text x=\"{}\" y=\"{}\" fill=\"currentColor\" font-size=\"14\">{mark} {}</text>",
                x + 14,
                y + 27,
                words.replace('&', "&amp;").replace('<', "&lt;")
            );
        }
        out.push_str("</svg>");
        out
    }
}

impl Seen {
    /// In a word.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Seen::Yes, Lang::De) => "ja",
            (Seen::No, Lang::De) => "nein",
            (Seen::Open, Lang::De) => "offen",
            (Seen::Yes, Lang::En) => "yes",
            (Seen::No, Lang::En) => "no",
            (Seen::Open, Lang::En) => "open",
        }
    }

    fn and(self, other: Seen) -> Seen {
        match (self, other) {
            (Seen::No, _) | (_, Seen::No) => Seen::No,
            (Seen::Yes, Seen::Yes) => Seen::Yes,
            _ => Seen::Open,
        }
    }
}

fn seen(condition: Option<&Condition>, answers: &Answers) -> Seen {
    match condition.map(|condition| condition.truth(answers)) {
        None | Some(Truth::True) => Seen::Yes,
        Some(Truth::Unknown) if certain(condition, answers) => Seen::No,
        Some(Truth::Unknown) => Seen::Open,
        Some(Truth::False) => Seen::No,
    }
}

/// Whether an unknown condition stays unknown: all it rests on is answered, if only with "weiß nicht".
fn certain(condition: Option<&Condition>, answers: &Answers) -> bool {
    let Some(condition) = condition else {
        return false;
    };
    let variables = condition.variables();
    let special =
        |v: &&VariableKey| matches!(answers.get(v), Some(Answer::DontKnow | Answer::Refused));
    variables.iter().all(|v| answers.contains_key(v)) && variables.iter().any(special)
}

fn question_seen(question: &Question, answers: &Answers) -> Seen {
    let own = seen(question.show_if.as_ref(), answers);
    let Some(items) = question.items() else {
        return own;
    };
    let items: Vec<Seen> = items
        .map(|item| seen(item.show_if.as_ref(), answers))
        .collect();
    let any = if items.contains(&Seen::Yes) {
        Seen::Yes
    } else if items.contains(&Seen::Open) {
        Seen::Open
    } else {
        Seen::No
    };
    own.and(any)
}
