//! The feedback sheet: two pages, tagged, the same bytes each time.

mod pdf;

use handbook::render_feedback_sheet;
use handbook::sample::sheet;
use questionnaire::Lang;

#[test]
fn a_full_sheet_has_two_pages_and_says_what_it_is() {
    let bytes = render_feedback_sheet(&sheet(), Lang::De).unwrap();
    let text = pdf::uncompressed(&bytes);
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(pdf::pages(&text), 2);
    assert!(text.contains("/Lang(de-DE)"), "the language is said");
    assert!(text.contains("pdfuaid"), "it says that it is PDF/UA");
    assert!(text.contains("Vergleichsblatt für Hohenbruck"));
    pdf::assert_tables_have_header_cells(&text);
    // Every bar has an alternative text that names its shares.
    assert!(pdf::count(&text, "/Alt") > 25);
}

#[test]
fn a_sheet_without_needs_and_with_few_rows_has_two_pages_too() {
    let mut short = sheet();
    short.needs.clear();
    short.rows.truncate(3);
    let bytes = render_feedback_sheet(&short, Lang::En).unwrap();
    assert_eq!(pdf::pages(&pdf::uncompressed(&bytes)), 2);
}

#[test]
fn a_crowded_sheet_is_set_smaller_and_keeps_to_two_pages() {
    let mut crowded = sheet();
    let more: Vec<_> = crowded.rows[..8].to_vec();
    crowded.rows.splice(10..10, more);
    for _ in 0..7 {
        crowded.needs.push(crowded.needs[2].clone());
    }
    let bytes = render_feedback_sheet(&crowded, Lang::De).unwrap();
    assert_eq!(pdf::pages(&pdf::uncompressed(&bytes)), 2);
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let first = render_feedback_sheet(&sheet(), Lang::De).unwrap();
    let second = render_feedback_sheet(&sheet(), Lang::De).unwrap();
    assert!(first == second);
}
