//! Documents to reuse and pictures: what may stand beside an example. A file is known by its content, never by its name.

use serde::{Deserialize, Serialize};

use crate::{document, picture};

/// Largest document in bytes.
pub const MAX_DOCUMENT: usize = 5 * 1024 * 1024;
/// Largest picture in bytes.
pub const MAX_PICTURE: usize = 3 * 1024 * 1024;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FileKind {
    Pdf,
    Odt,
    Docx,
    Png,
    Jpeg,
}

impl FileKind {
    /// Media type for the answer.
    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Ending of a file name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Docx => "docx",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// Whether it is shown on the page.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

/// A file beside an example. The bytes are kept apart, by their number, and never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Number of the kept bytes.
    pub file: i64,
    /// What it is.
    pub kind: FileKind,
    /// Name for people, without an ending, e.g. "Beschlussvorlage".
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What a picture shows, for those who do not see it. Empty for documents.
    #[serde(default)]
    pub alternative: String,
    /// Who holds the rights of a picture and that it may be published. Empty for documents.
    #[serde(default)]
    pub rights: String,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Neither PDF, ODT, DOCX, PNG nor JPEG.
    #[error("the file is none of PDF, ODT, DOCX, PNG and JPEG")]
    Unknown,
    /// Begins like one of them and is damaged or incomplete.
    #[error("the file is damaged or incomplete")]
    Damaged,
    /// Larger than the limit.
    #[error("the file is too large")]
    TooLarge,
    /// Carries macros, scripts or embedded programs.
    #[error("the file carries macros, scripts or embedded objects")]
    Active,
    /// Locked with a password: nobody can look into it.
    #[error("the file is encrypted")]
    Encrypted,
    /// A picture with more than 8,000 pixels a side.
    #[error("the picture has too many pixels")]
    TooManyPixels,
}

/// Looks into a file: what it is, and its bytes as they are kept. Pictures lose their metadata (place, device, names of
/// persons); documents stay as they are.
pub fn inspect(bytes: &[u8]) -> Result<(FileKind, Vec<u8>), FileFault> {
    if bytes.len() > MAX_DOCUMENT {
        return Err(FileFault::TooLarge);
    }
    let (kind, kept) = if bytes.starts_with(b"%PDF-") {
        document::pdf(bytes)?;
        (FileKind::Pdf, bytes.to_vec())
    } else if bytes.starts_with(b"PK\x03\x04") {
        (document::office(bytes)?, bytes.to_vec())
    } else if bytes.starts_with(picture::PNG) {
        (FileKind::Png, picture::png(bytes)?)
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        (FileKind::Jpeg, picture::jpeg(bytes)?)
    } else {
        return Err(FileFault::Unknown);
    };
    if kind.is_picture() && bytes.len() > MAX_PICTURE {
        return Err(FileFault::TooLarge);
    }
    Ok((kind, kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_no_document() {
        for bytes in [
            &b"<html><script>alert(1)</script>"[..],
            b"MZ\x90\x00",
            b"",
            b"GIF89a",
        ] {
            assert_eq!(inspect(bytes), Err(FileFault::Unknown));
        }
        assert_eq!(inspect(b"%PDF-1.7\n%damaged"), Err(FileFault::Damaged));
        assert_eq!(inspect(b"PK\x03\x04 and nothing"), Err(FileFault::Damaged));
        assert_eq!(inspect(&[0xff, 0xd8, 0xff, 0xe0]), Err(FileFault::Damaged));
        assert_eq!(
            inspect(&vec![b'%'; MAX_DOCUMENT + 1]),
            Err(FileFault::TooLarge)
        );
    }
}
