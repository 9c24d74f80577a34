//! One template and one value in, one PDF/UA-1 file out.

use jiff::civil::Date;
use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::World;
use crate::world::datetime;

/// Why a PDF could not be made: a fault of a template or of what was put in.
#[derive(Debug, Error)]
pub enum RenderError {
    /// Typst refused; one line a fault, with the template's line and a hint where there is one.
    #[error("the PDF could not be set:\n{0}")]
    Typst(String),
    /// The value could not be written as JSON.
    #[error("the value for the template could not be written: {0}")]
    Value(#[from] serde_json::Error),
}

/// Sets `template` with `data` and writes it as PDF/UA-1. `date` is the only date in the file,
/// `identifier` makes its document identifier. Pure: same arguments, same bytes.
pub fn render(
    template: &str,
    data: &serde_json::Value,
    date: Date,
    identifier: &str,
) -> Result<Vec<u8>, RenderError> {
    let world = World::new(template, data, date);
    let result = set(&world, date, identifier);
    // A long-running `serve` must not keep the layout of what it rendered.
    typst::comemo::evict(0);
    result
}

fn set(world: &World, date: Date, identifier: &str) -> Result<Vec<u8>, RenderError> {
    let faults = |faults: &[SourceDiagnostic]| {
        let lines: Vec<String> = faults.iter().map(|fault| line(world, fault)).collect();
        RenderError::Typst(lines.join("\n"))
    };
    let document: PagedDocument = typst::compile(world).output.map_err(|e| faults(&e))?;
    let options = PdfOptions {
        ident: Smart::Custom(identifier.to_owned()),
        creator: Smart::Custom(Some("Voneinander".to_owned())),
        timestamp: datetime(date).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|e| RenderError::Typst(e.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|e| faults(&e))
}

/// "sheet.typ:12: unknown variable: bar (hint: ...)"
fn line(world: &World, fault: &SourceDiagnostic) -> String {
    let place = fault
        .span
        .id()
        .map(|id| {
            let name = id.get().vpath().get_without_slash();
            let number = world.range(fault.span).and_then(|range| {
                let source = world.source(id).ok()?;
                source.lines().byte_to_line(range.start)
            });
            match number {
                Some(number) => format!("{name}:{}: ", number + 1),
                None => format!("{name}: "),
            }
        })
        .unwrap_or_default();
    let hints: Vec<&str> = fault.hints.iter().map(|hint| hint.v.as_str()).collect();
    if hints.is_empty() {
        format!("{place}{}", fault.message)
    } else {
        format!("{place}{} (hint: {})", fault.message, hints.join("; "))
    }
}
