//! Looking into PDF, ODT and DOCX: whether they are whole, and carry nothing that acts.

use crate::attachment::{FileFault, FileKind};

/// Names in a PDF that make it act, carry other files, or lock it.
const ACTIVE: [&[u8]; 8] = [
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/EmbeddedFile",
    b"/EmbeddedFiles",
    b"/RichMedia",
    b"/XFA",
    b"/SubmitForm",
];
/// Unpacked bytes of one file that are looked at.
const MOST: usize = 32 * 1024 * 1024;

/// Checks a PDF: beginning, end, no scripts, no files inside, not locked. Compressed object streams are unpacked.
pub(crate) fn pdf(bytes: &[u8]) -> Result<(), FileFault> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !contains(tail, b"%%EOF") || !contains(bytes, b"startxref") {
        return Err(FileFault::Damaged);
    }
    if has_name(bytes, b"/Encrypt") {
        return Err(FileFault::Encrypted);
    }
    if acts(bytes) {
        return Err(FileFault::Active);
    }
    let mut left = MOST;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"/ObjStm") {
        rest = &rest[at + 7..];
        let Some(begin) = find(rest, b"stream") else {
            break;
        };
        let body = &rest[begin + 6..];
        let body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .unwrap_or(body);
        let end = find(body, b"endstream").ok_or(FileFault::Damaged)?;
        let packed = &body[..end];
        let plain = match miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, left) {
            Ok(plain) => plain,
            // Not packed in the usual way: nobody can look into it.
            Err(fault) if !fault.output.is_empty() => fault.output,
            Err(_) => return Err(FileFault::Damaged),
        };
        if acts(&plain) {
            return Err(FileFault::Active);
        }
        left = left.saturating_sub(plain.len());
        if left == 0 {
            return Err(FileFault::TooLarge);
        }
        rest = &body[end..];
    }
    Ok(())
}

fn acts(bytes: &[u8]) -> bool {
    ACTIVE.iter().any(|name| has_name(bytes, name))
}

/// A name of PDF: followed by something that ends a name. `#` writes letters in another way; such names do not pass.
fn has_name(bytes: &[u8], name: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], name) {
        let after = bytes.get(from + at + name.len());
        if after.is_none_or(|b| !b.is_ascii_alphanumeric()) {
            return true;
        }
        from += at + name.len();
    }
    false
}

/// Checks a document of an office program and says which.
pub(crate) fn office(bytes: &[u8]) -> Result<FileKind, FileFault> {
    let entries = entries(bytes).ok_or(FileFault::Damaged)?;
    if entries.iter().any(|e| e.flags & 1 == 1) {
        return Err(FileFault::Encrypted);
    }
    let names: Vec<String> = entries.iter().map(|e| e.name.to_lowercase()).collect();
    let acts = |n: &String| {
        n.contains("vbaproject")
            || n.contains("vbadata")
            || n.contains("activex")
            || n.contains("/embeddings/")
            || n.starts_with("basic/")
            || n.starts_with("scripts/")
            || n.starts_with("object ")
            || n.contains("..")
            || [".bin", ".exe", ".js", ".dll", ".vbs", ".cmd", ".bat"]
                .iter()
                .any(|e| n.ends_with(e))
    };
    if names.iter().any(acts) {
        return Err(FileFault::Active);
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    if has("[content_types].xml") && has("word/document.xml") {
        let types = read(bytes, &entries, "[Content_Types].xml").ok_or(FileFault::Damaged)?;
        if contains(&types, b"macroEnabled") {
            return Err(FileFault::Active);
        }
        if !contains(&types, b"wordprocessingml.document.main+xml") {
            return Err(FileFault::Unknown);
        }
        return Ok(FileKind::Docx);
    }
    if has("mimetype") && has("content.xml") {
        let mimetype = read(bytes, &entries, "mimetype").ok_or(FileFault::Damaged)?;
        if mimetype != FileKind::Odt.media().as_bytes() {
            return Err(FileFault::Unknown);
        }
        let content = read(bytes, &entries, "content.xml").ok_or(FileFault::Damaged)?;
        if contains(&content, b"<script:event-listener") || contains(&content, b"<office:script ") {
            return Err(FileFault::Active);
        }
        let manifest = read(bytes, &entries, "META-INF/manifest.xml").unwrap_or_default();
        if contains(&manifest, b"encryption-data") {
            return Err(FileFault::Encrypted);
        }
        return Ok(FileKind::Odt);
    }
    Err(FileFault::Unknown)
}

struct Entry {
    name: String,
    flags: u16,
    method: u16,
    packed: usize,
    at: usize,
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}

/// The central directory of a zip file (APPNOTE 4.3.12); `None` where it is not whole.
fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = bytes.len().checked_sub(22)?;
    let mark = (end.saturating_sub(65_535)..=end)
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let count = short(bytes, mark + 10)?;
    let mut at = long(bytes, mark + 16)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let length = usize::from(short(bytes, at + 28)?);
        let beside = usize::from(short(bytes, at + 30)?) + usize::from(short(bytes, at + 32)?);
        entries.push(Entry {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + length)?).into_owned(),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            packed: long(bytes, at + 20)?,
            at: long(bytes, at + 42)?,
        });
        at += 46 + length + beside;
    }
    Some(entries)
}

/// One unpacked entry.
fn read(bytes: &[u8], entries: &[Entry], name: &str) -> Option<Vec<u8>> {
    let entry = entries.iter().find(|e| e.name == name)?;
    if !bytes.get(entry.at..)?.starts_with(b"PK\x03\x04") {
        return None;
    }
    let skip =
        30 + usize::from(short(bytes, entry.at + 26)?) + usize::from(short(bytes, entry.at + 28)?);
    let packed = bytes.get(entry.at + skip..entry.at + skip + entry.packed)?;
    match entry.method {
        0 => Some(packed.to_vec()),
        8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, MOST).ok(),
        _ => None,
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    find(bytes, what).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::inspect;

    /// A zip file with stored entries.
    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut body, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let at = u32::try_from(body.len()).unwrap();
            let size = u32::try_from(text.len()).unwrap().to_le_bytes();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            body.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
            body.extend([size, size].concat());
            body.extend([length, [0, 0]].concat());
            body.extend(name.as_bytes());
            body.extend(text.as_bytes());
            directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
            directory.extend([size, size].concat());
            directory.extend(length);
            directory.extend([0; 12]);
            directory.extend(at.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let (at, size) = (
            u32::try_from(body.len()).unwrap(),
            u32::try_from(directory.len()).unwrap(),
        );
        let count = u16::try_from(files.len()).unwrap().to_le_bytes();
        body.extend(&directory);
        body.extend(b"PK\x05\x06\0\0\0\0");
        body.extend([count, count].concat());
        body.extend(size.to_le_bytes());
        body.extend(at.to_le_bytes());
        body.extend([0, 0]);
        body
    }

    const DOCX: (&str, &str) = (
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    );

    #[test]
    fn documents_are_known_by_what_is_inside() {
        let docx = zip(&[DOCX, ("word/document.xml", "<w/>")]);
        assert_eq!(inspect(&docx).map(|f| f.0), Ok(FileKind::Docx));
        let odt = zip(&[("mimetype", FileKind::Odt.media()), ("content.xml", "<o/>")]);
        assert_eq!(inspect(&odt).map(|f| f.0), Ok(FileKind::Odt));
        let sheet = zip(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", ""),
        ]);
        assert_eq!(inspect(&sheet), Err(FileFault::Unknown));
        assert_eq!(inspect(&zip(&[("a.txt", "a")])), Err(FileFault::Unknown));
    }

    #[test]
    fn macros_do_not_pass() {
        let types = "application/vnd.ms-word.document.macroEnabled.main+xml";
        for files in [
            vec![
                DOCX,
                ("word/document.xml", ""),
                ("word/vbaProject.bin", "x"),
            ],
            vec![("[Content_Types].xml", types), ("word/document.xml", "")],
            vec![
                DOCX,
                ("word/document.xml", ""),
                ("word/embeddings/oleObject1.bin", "x"),
            ],
            vec![
                ("mimetype", FileKind::Odt.media()),
                ("content.xml", ""),
                ("Basic/Standard/a.xml", ""),
            ],
        ] {
            assert_eq!(inspect(&zip(&files)), Err(FileFault::Active), "{files:?}");
        }
    }

    fn pdf_with(body: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n", body, b"\nstartxref\n9\n%%EOF\n"].concat()
    }

    #[test]
    fn scripts_in_a_pdf_do_not_pass_even_packed() {
        assert_eq!(
            inspect(&pdf_with(b"1 0 obj << /Type /Catalog >> endobj")).map(|f| f.0),
            Ok(FileKind::Pdf)
        );
        assert_eq!(
            inspect(&pdf_with(b"<< /S /JavaScript /JS (x) >>")),
            Err(FileFault::Active)
        );
        assert_eq!(
            inspect(&pdf_with(b"<< /Encrypt 3 0 R >>")),
            Err(FileFault::Encrypted)
        );
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(b"1 0 << /S /Launch >>", 6);
        let body = [
            b"2 0 obj << /Type /ObjStm >> stream\n",
            packed.as_slice(),
            b"\nendstream",
        ]
        .concat();
        assert_eq!(inspect(&pdf_with(&body)), Err(FileFault::Active));
        // A word that only begins like one is none.
        assert!(inspect(&pdf_with(b"<< /JSFont /x >>")).is_ok());
    }
}
