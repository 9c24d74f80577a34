//! The handbook: size, tags, and the same bytes whatever the number of threads, folder, zone or locale.

mod demo;
mod pdf;

use std::process::Command;

use handbook::render_handbook;

#[test]
fn the_demos_handbook_is_a_whole_book() {
    let bytes = render_handbook(&demo::edition()).unwrap();
    let text = pdf::uncompressed(&bytes);
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(pdf::pages(&text) >= 60, "{} pages", pdf::pages(&text));
    assert!(text.contains("/Lang(de-DE)"), "the language is said");
    assert!(text.contains("pdfuaid"), "it says that it is PDF/UA");
    assert!(text.contains("Kommunen lernen voneinander"));
    assert!(text.contains("/Outlines"), "it has bookmarks");
    pdf::assert_tables_have_header_cells(&text);
    assert_eq!(
        pdf::count(&text, "/Alt()"),
        0,
        "no alternative text is empty"
    );
    // Foreword, introduction, six fields, method, tables, index; and the contents, which is not listed itself.
    assert_eq!(pdf::tags(&text, "H1"), 12);
    assert!(pdf::tags(&text, "H2") >= 36, "each example has its heading");
}

#[test]
fn a_small_edition_gives_the_same_bytes_twice() {
    let edition = edition::sample::edition();
    assert!(render_handbook(&edition).unwrap() == render_handbook(&edition).unwrap());
}

/// Says the digest of what this process renders, for the test below, which starts it in other surroundings.
#[test]
fn digest_of_a_small_edition() {
    let bytes = render_handbook(&edition::sample::edition()).unwrap();
    let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    println!("digest {digest:016x} {}", bytes.len());
}

#[test]
fn threads_folder_zone_and_locale_leave_no_trace() {
    let run = |threads: &str, zone: &str, locale: &str, folder: &str| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "digest_of_a_small_edition", "--nocapture"])
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .current_dir(folder)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let at = text.find("digest ").expect("the digest is printed");
        // Behind "digest " stands the name of the test as well, when tests run one by one.
        let line = text[at..].lines().next().unwrap().to_owned();
        assert!(line.len() > 20, "{text}");
        line
    };
    let here = env!("CARGO_MANIFEST_DIR");
    let first = run("1", "UTC", "C", here);
    assert_eq!(first, run("2", "Pacific/Auckland", "de_DE.UTF-8", "/"));
}
