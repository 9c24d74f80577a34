//! What editors write before an edition is frozen.

use findings::{AuditReport, Audited, Release};
use jiff::civil::Date;
use practices::FieldOfAction;
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

impl Draft {
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
