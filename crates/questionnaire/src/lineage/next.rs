//! The questionnaire's file of the next wave, made from the last one.

use crate::Questionnaire;

/// The file of a questionnaire as the next wave begins with it: the version counted up and without the lineage of the
/// wave before, everything else letter by letter, comments included. `None` where the file is not written line by line
/// (`version` or `lineage` not at the beginning of a line), so that this could go wrong.
pub fn next(source: &str) -> Option<String> {
    let before = Questionnaire::read(source, "").ok()?;
    let mut out = String::with_capacity(source.len());
    let mut within = false;
    for line in source.split_inclusive('\n') {
        let inside = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        within = within && (inside || line.starts_with('#'));
        if line.starts_with("lineage:") {
            within = true;
        }
        if within {
            continue;
        }
        if line.starts_with("version:") {
            out.push_str(&format!("version: {}\n", before.version + 1));
        } else {
            out.push_str(line);
        }
    }
    let after = Questionnaire::read(&out, "").ok()?;
    let expected = Questionnaire {
        version: before.version + 1,
        lineage: None,
        ..before
    };
    (after == expected).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_file_is_the_last_one_with_the_next_version_and_without_lineage() {
        let source = "# Ein Fragebogen\nformat: 1\nkey: f\nversion: 2\ntitle: { de: F, en: F }\npages:\n  - key: p\n    title: { de: P, en: P }\n    questions:\n      - { key: a, type: yes-no, text: { de: Konzept?, en: Concept? } } # bleibt\n\nlineage:\n  of: f\n  version: 1\n  questions:\n    a: { change: same }\n";
        let next = next(source).expect("written line by line");
        assert!(next.contains("version: 3\n") && next.contains("# bleibt"));
        assert!(!next.contains("lineage"));
        assert_eq!(super::next("{ format: 1 }"), None);
    }
}
