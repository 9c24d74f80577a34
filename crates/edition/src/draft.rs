//! What editors write before an edition is frozen.

use fieldwork::{Supporter, Wave};
use findings::{AuditReport, Audited, Release};
use jiff::civil::Date;
use practices::{FieldOfAction, Practice, State};
use serde::{Deserialize, Serialize};

use crate::sentences::Patterns;
use crate::{ChapterText, Edition, Example, FieldFacts, Logo};

/// The editors' part of an edition. The findings and examples are added when it is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Key in addresses.
    pub key: String,
    /// Name of the wave whose findings it carries.
    pub wave: String,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: String,
    /// The edition's date.
    pub date: Date,
    /// Publisher.
    pub publisher: Logo,
    /// Lines of the imprint.
    pub imprint: Vec<String>,
    /// Funder.
    pub funder: Logo,
    /// Supporters.
    pub supporters: Vec<Logo>,
    /// Foreword, Markdown.
    pub foreword: String,
    /// Introduction, Markdown with inserted findings.
    pub introduction: String,
    /// Method chapter, Markdown.
    pub method: String,
    /// Fields of action.
    pub fields: Vec<FieldOfAction>,
    /// A text for each field, with the choice and order of its examples.
    pub chapters: Vec<ChapterText>,
    /// Name of the earlier wave with which the edition compares; `None` when it compares none.
    #[serde(default)]
    pub compare_with: Option<String>,
    /// The editors' words on what has changed, Markdown with inserted findings.
    #[serde(default)]
    pub change: String,
    /// Patterns of lead sentences by key of the finding; may be empty.
    #[serde(default)]
    pub sentences: Patterns,
}

/// What an edition begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Key in addresses; [`is_edition_key`] holds.
    pub key: String,
    /// Title.
    pub title: String,
    /// Date that all outputs carry.
    pub date: Date,
    /// Earlier wave with which it compares.
    pub compare_with: Option<String>,
}

/// Whether an edition can have this key: up to 40 letters, digits and hyphens, and not `neu`, which is the address of the
/// page on which editions begin.
pub fn is_edition_key(key: &str) -> bool {
    let right = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    right && (1..=40).contains(&key.len()) && key != "neu"
}

impl Draft {
    /// The draft of an edition with the findings of `wave`: a chapter for each field of action of the first level, with
    /// the examples that are released; the organisations are the wave's. Texts are empty.
    pub fn begin(
        new: Beginning,
        wave: &Wave,
        practices: &[Practice],
        fields: Vec<FieldOfAction>,
    ) -> Draft {
        let released =
            |p: &&Practice| matches!(p.state, State::Released | State::Published | State::Faded);
        let chapter = |field: &FieldOfAction| {
            let own = practices.iter().filter(released);
            let own = own.filter(|p| p.form.field == field.key);
            ChapterText {
                field: field.key.clone(),
                markdown: String::new(),
                findings: Vec::new(),
                examples: own.map(|p| p.id.0).collect(),
            }
        };
        let logo = |supporter: &Supporter| Logo {
            name: supporter.name.clone(),
            svg: supporter.logo_svg.clone(),
        };
        let first = fields.iter().filter(|f| f.parent.is_none());
        Draft {
            key: new.key,
            wave: wave.name.0.clone(),
            title: new.title,
            subtitle: wave.title.de.clone(),
            date: new.date,
            publisher: logo(&wave.institute),
            imprint: vec![wave.institute.name.clone(), wave.contact.clone()],
            funder: logo(&wave.funder),
            supporters: wave.supporters.iter().map(logo).collect(),
            foreword: String::new(),
            introduction: String::new(),
            method: String::new(),
            chapters: first.map(chapter).collect(),
            fields,
            compare_with: new.compare_with,
            change: String::new(),
            sentences: Patterns::new(),
        }
    }

    /// Adds findings, examples and what these share. Whoever compares waves sets [`Edition::change`] then; the result
    /// is never changed again. Only what has passed the audit can be frozen.
    pub fn freeze(
        self,
        audited: Audited,
        examples: Vec<Example>,
        shared: Vec<FieldFacts>,
    ) -> Edition {
        let (release, report) = audited.into_parts();
        self.with(release, Some(report), examples, shared)
    }

    /// How the edition would look. It cannot be published: nothing has been audited.
    pub fn preview(
        self,
        release: Release,
        examples: Vec<Example>,
        shared: Vec<FieldFacts>,
    ) -> Edition {
        self.with(release, None, examples, shared)
    }

    fn with(
        self,
        release: Release,
        audit: Option<AuditReport>,
        examples: Vec<Example>,
        shared: Vec<FieldFacts>,
    ) -> Edition {
        let synthetic = release.synthetic;
        Edition {
            format: 1,
            key: self.key,
            title: self.title,
            subtitle: self.subtitle,
            date: self.date,
            publisher: self.publisher,
            imprint: self.imprint,
            funder: self.funder,
            supporters: self.supporters,
            foreword: self.foreword,
            introduction: self.introduction,
            method: self.method,
            fields: self.fields,
            chapters: self.chapters,
            release,
            audit,
            examples,
            shared,
            sentences: self.sentences,
            change: None,
            gaps: None,
            change_text: self.change,
            synthetic,
        }
    }
}
