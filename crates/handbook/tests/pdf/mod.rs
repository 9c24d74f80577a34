//! A PDF as text: every compressed stream unpacked. Enough to see tags, not to read the page.
#![allow(dead_code)]

/// The file with its streams unpacked behind one another, bytes as Latin-1 where they are no UTF-8.
pub fn uncompressed(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some(start) = find(rest, b"stream\n").or_else(|| find(rest, b"stream\r\n")) {
        text.push_str(&latin(&rest[..start]));
        let body = &rest[start..];
        let body = &body[body.iter().position(|b| *b == b'\n').expect("found above") + 1..];
        let end = find(body, b"endstream").expect("each stream ends");
        match miniz_oxide::inflate::decompress_to_vec_zlib(&body[..end]) {
            Ok(plain) => text.push_str(&latin(&plain)),
            Err(_) => text.push_str(&latin(&body[..end])),
        }
        rest = &body[end + b"endstream".len()..];
    }
    text.push_str(&latin(rest));
    text
}

fn latin(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|w| w == pattern)
}

/// How often a pattern occurs.
pub fn count(text: &str, pattern: &str) -> usize {
    text.matches(pattern).count()
}

/// Number of pages.
pub fn pages(text: &str) -> usize {
    // "/Type /Page" but not "/Type /Pages"; the distance to the name may differ.
    let squeezed = text.replace("/Type /", "/Type/");
    count(&squeezed, "/Type/Page") - count(&squeezed, "/Type/Pages")
}

/// Structure elements of this role.
pub fn tags(text: &str, role: &str) -> usize {
    let squeezed = text.replace("/S /", "/S/");
    squeezed
        .match_indices(&format!("/S/{role}"))
        .filter(|(at, found)| {
            let next = squeezed[at + found.len()..].chars().next();
            !next.is_some_and(|c| c.is_ascii_alphanumeric())
        })
        .count()
}

/// veraPDF does not notice a table whose header cells are plain cells.
pub fn assert_tables_have_header_cells(text: &str) {
    let (tables, headers, rows) = (tags(text, "Table"), tags(text, "TH"), tags(text, "TR"));
    assert!(tables > 0, "there are tables");
    assert!(
        headers >= tables * 2,
        "{tables} tables, {headers} header cells"
    );
    // Each row has its own header cell as well.
    assert!(headers >= rows, "{rows} rows, {headers} header cells");
    let squeezed = text.replace("/Scope /", "/Scope/");
    assert!(count(&squeezed, "/Scope/Row") > 0, "rows have headers");
    assert!(
        count(&squeezed, "/Scope/Column") > 0,
        "columns have headers"
    );
}
