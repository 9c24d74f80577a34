//! Everything Typst may see: templates, one JSON value, the embedded faces, the edition's date. Nothing else.

use std::sync::OnceLock;

use jiff::civil::Date;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

/// The templates of `crates/edition/typst`, by name.
pub const TEMPLATES: [(&str, &str); 11] = [
    ("house.typ", include_str!("../../edition/typst/house.typ")),
    ("charts.typ", include_str!("../../edition/typst/charts.typ")),
    (
        "handbook.typ",
        include_str!("../../edition/typst/handbook.typ"),
    ),
    (
        "example.typ",
        include_str!("../../edition/typst/example.typ"),
    ),
    (
        "examples.typ",
        include_str!("../../edition/typst/examples.typ"),
    ),
    ("sheet.typ", include_str!("../../edition/typst/sheet.typ")),
    (
        "questionnaire.typ",
        include_str!("../../edition/typst/questionnaire.typ"),
    ),
    (
        "letters.typ",
        include_str!("../../edition/typst/letters.typ"),
    ),
    (
        "archive.typ",
        include_str!("../../edition/typst/archive.typ"),
    ),
    (
        "codebook.typ",
        include_str!("../../edition/typst/codebook.typ"),
    ),
    (
        "methods.typ",
        include_str!("../../edition/typst/methods.typ"),
    ),
];

/// What is the same for every document: made once, shared by all renders.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: Vec<Source>,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let fonts: Vec<Font> = typst_assets::fonts()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let features = [Feature::A11yExtras].into_iter().collect();
        Shared {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: TEMPLATES
                .iter()
                .map(|(name, text)| Source::new(file_id(name), (*text).to_owned()))
                .collect(),
        }
    })
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own names are plain file names");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The world of one document.
pub struct World {
    main: FileId,
    data_id: FileId,
    data: Bytes,
    date: Date,
}

impl World {
    /// A world whose main file is the template `main`, with `data` as `data.json`; `date` is its today.
    pub fn new(main: &str, data: &serde_json::Value, date: Date) -> Self {
        Self {
            main: file_id(main),
            data_id: file_id("data.json"),
            data: Bytes::from_string(data.to_string()),
            date,
        }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &shared().library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &shared().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        shared()
            .templates
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        let source = typst::World::source(self, id)?;
        Ok(Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        shared().fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        datetime(self.date)
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

/// Midnight of a day, as Typst's date.
pub fn datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd_hms(
        i32::from(date.year()),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
        0,
        0,
        0,
    )
}
