//! Reading the file of `practices import`: a JSON list, entry by entry, with all faults and their places.

use std::io::BufRead;

use practices::Entry;
use serde_json::Value;

/// Something that is wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {problem}", .id.as_ref().map(|id| format!(", entry \"{id}\"")).unwrap_or_default())]
pub struct EntryFault {
    /// Line in which the entry begins, counted from 1.
    pub line: usize,
    /// Its name, where it has one.
    pub id: Option<String>,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// Entries of a file, one after the other: only one is in memory.
#[derive(Debug)]
pub struct Entries<R> {
    from: R,
    line: usize,
    began: bool,
    done: bool,
}

/// One entry with its place in the file, or what is wrong with it.
type EntryRead = Result<(usize, Entry), Vec<EntryFault>>;

impl<R: BufRead> Entries<R> {
    /// Begins to read.
    pub fn new(from: R) -> Self {
        Self {
            from,
            line: 1,
            began: false,
            done: false,
        }
    }

    fn fault(
        &mut self,
        problem: impl Into<String>,
    ) -> Option<Result<(usize, Entry), Vec<EntryFault>>> {
        self.done = true;
        Some(Err(vec![EntryFault {
            line: self.line,
            id: None,
            problem: problem.into(),
        }]))
    }

    fn byte(&mut self) -> std::io::Result<Option<u8>> {
        let byte = self.from.fill_buf()?.first().copied();
        if let Some(byte) = byte {
            self.from.consume(1);
            self.line += usize::from(byte == b'\n');
        }
        Ok(byte)
    }

    /// The next byte that is no space, nor the mark that some programs put before UTF-8.
    fn solid(&mut self) -> std::io::Result<Option<u8>> {
        loop {
            match self.byte()? {
                Some(b' ' | b'\n' | b'\r' | b'\t' | 0xef | 0xbb | 0xbf) => {}
                other => return Ok(other),
            }
        }
    }

    /// The rest of an object whose brace was read.
    fn object(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let (mut bytes, mut depth, mut quoted, mut escaped) = (vec![b'{'], 1, false, false);
        while depth > 0 {
            let Some(byte) = self.byte()? else {
                return Ok(None);
            };
            bytes.push(byte);
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth -= 1,
                _ => {}
            }
        }
        Ok(Some(bytes))
    }

    fn step(&mut self) -> std::io::Result<Option<EntryRead>> {
        let first = !self.began;
        if first {
            self.began = true;
            if self.solid()? != Some(b'[') {
                return Ok(
                    self.fault("expected a list of entries: [ {\"id\": …, \"title\": …}, … ]")
                );
            }
        }
        let mut next = self.solid()?;
        if next == Some(b',') && !first {
            next = self.solid()?;
        } else if next == Some(b'{') && !first {
            return Ok(self.fault("a comma is missing between two entries"));
        }
        match next {
            Some(b']') => {
                self.done = true;
                let rest = self.solid()?;
                Ok(rest.and_then(|_| self.fault("something follows after the end of the list")))
            }
            Some(b'{') => {
                let line = self.line;
                let Some(bytes) = self.object()? else {
                    self.line = line;
                    return Ok(self.fault("the file ends inside this entry"));
                };
                Ok(Some(read(line, &bytes).map(|entry| (line, entry))))
            }
            None => Ok(self.fault("the file ends before the list does: ] is missing")),
            Some(byte) => {
                let found = char::from(byte);
                Ok(self.fault(format!("expected an entry in braces, found \"{found}\"")))
            }
        }
    }
}

impl<R: BufRead> Iterator for Entries<R> {
    /// The entry with its line, or what is wrong with it.
    type Item = Result<(usize, Entry), Vec<EntryFault>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.step()
            .unwrap_or_else(|cause| self.fault(cause.to_string()))
    }
}

/// Texts that may be there, with the least that each needs.
const TEXTS: [(&str, bool); 14] = [
    ("title", true),
    ("sentence", false),
    ("text", true),
    ("field", true),
    ("municipality", true),
    ("land", true),
    ("type", true),
    ("size_class", true),
    ("lang", true),
    ("kind", false),
    ("cost", false),
    ("state", false),
    ("evidence", false),
    ("key", false),
];
/// Parts of the full form that become part of the text.
const PARTS: [&str; 12] = [
    "problem",
    "steps",
    "run_by",
    "partners",
    "staff",
    "funding",
    "result",
    "obstacle",
    "helped",
    "requires",
    "builds_on",
    "advice",
];
const LONGEST_ID: usize = 200;

fn read(line: usize, bytes: &[u8]) -> Result<Entry, Vec<EntryFault>> {
    let one = |problem: String| {
        vec![EntryFault {
            line,
            id: None,
            problem,
        }]
    };
    let value: Value = serde_json::from_slice(bytes).map_err(|e| {
        let here = line + e.line().saturating_sub(1);
        vec![EntryFault {
            line: here,
            id: None,
            problem: format!("no JSON: {e}"),
        }]
    })?;
    let Value::Object(fields) = value else {
        return Err(one("expected an entry in braces".into()));
    };
    let id = match fields.get("id") {
        Some(Value::String(id)) if !id.trim().is_empty() && id.len() <= LONGEST_ID => {
            id.trim().to_owned()
        }
        Some(Value::Number(id)) => id.to_string(),
        Some(_) => {
            return Err(one(format!(
                "\"id\" must be a text of 1 to {LONGEST_ID} letters, or a number"
            )));
        }
        None => return Err(one("\"id\" is missing".into())),
    };
    let mut problems = Vec::new();
    let mut text = |name: &str, needed: bool| match fields.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null) | None if needed => {
            problems.push(format!("\"{name}\" is missing"));
            String::new()
        }
        Some(Value::Null) | None => String::new(),
        Some(_) => {
            problems.push(format!("\"{name}\" must be a text"));
            String::new()
        }
    };
    let texts: Vec<String> = TEXTS
        .iter()
        .map(|(name, needed)| text(name, *needed))
        .collect();
    let parts: Vec<String> = PARTS.iter().map(|name| text(name, false)).collect();
    let [
        title,
        sentence,
        body,
        field,
        municipality,
        land,
        place_kind,
        size_class,
        lang,
        kind,
        cost,
        state,
        evidence,
        key,
    ] = <[String; 14]>::try_from(texts).expect("one text for each name");
    if title.is_empty() && !problems.iter().any(|p| p.contains("\"title\"")) {
        problems.push("\"title\" is empty".into());
    }
    let confirmed = match fields.get("confirmed") {
        None | Some(Value::Null) => None,
        Some(day) => {
            let day = day.as_str().and_then(|d| d.parse().ok());
            if day.is_none() {
                problems.push("\"confirmed\" must be a day, e.g. \"2025-03-31\"".into());
            }
            day
        }
    };
    let target = match fields.get("target") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => all
            .iter()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect(),
        Some(_) => {
            problems.push("\"target\" must be a list of texts".into());
            Vec::new()
        }
    };
    if !problems.is_empty() {
        let fault = |problem| EntryFault {
            line,
            id: Some(id.clone()),
            problem,
        };
        return Err(problems.into_iter().map(fault).collect());
    }
    let all: Vec<String> = [body]
        .into_iter()
        .chain(parts)
        .filter(|t| !t.is_empty())
        .collect();
    Ok(Entry {
        id,
        title,
        sentence,
        text: all.join("\n\n"),
        field,
        municipality,
        land,
        place_kind,
        size_class,
        lang,
        target,
        kind,
        cost,
        state,
        evidence,
        confirmed,
        faded: false,
        parts: Vec::new(),
        key: Some(key).filter(|k| !k.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut ids, mut faults) = (Vec::new(), Vec::new());
        for entry in Entries::new(text.as_bytes()) {
            match entry {
                Ok((_, entry)) => ids.push(entry.id),
                Err(found) => faults.extend(found.iter().map(ToString::to_string)),
            }
        }
        (ids, faults)
    }

    const FULL: &str = r#""title": "T", "text": "{[\"", "field": "f", "municipality": "M", "land": "NW", "type": "Stadt", "size_class": "g", "lang": "de""#;

    #[test]
    fn entries_one_by_one() {
        let (ids, faults) = all(&format!(
            "\u{feff}[{{\"id\": \"a\", {FULL}}},\n {{\"id\": 2, {FULL}}}]\n"
        ));
        assert_eq!(
            (ids, faults),
            (vec!["a".to_owned(), "2".to_owned()], vec![])
        );
        assert_eq!(all("[]"), (vec![], vec![]));
    }

    #[test]
    fn faults_have_their_places_and_come_all_at_once() {
        let (ids, faults) = all(&format!(
            "[\n{{\"id\": \"a\", \"title\": 3, \"text\": []}},\n{{{FULL}}},\n{{\"id\": \"c\", {FULL}}}\n"
        ));
        assert_eq!(ids, ["c"]);
        assert_eq!(faults[0], "line 2, entry \"a\": \"text\" must be a text");
        assert!(
            faults.iter().any(|f| f == "line 3: \"id\" is missing"),
            "{faults:?}"
        );
        assert!(
            faults.last().unwrap().contains("] is missing"),
            "{faults:?}"
        );
        assert!(all("{}").1[0].contains("expected a list"));
    }
}
