use super::*;
use crate::sample;
use crate::sentences::Patterns;

fn read(markdown: &str) -> (String, Vec<String>) {
    let release = sample::release();
    let patterns = Patterns::new();
    let source = Source {
        lang: Lang::De,
        release: &release,
        patterns: &patterns,
    };
    let (blocks, faults) = parse(markdown, &source);
    let html = to_html(&blocks, 0, &|f| format!("<figure>{}</figure>\n", f.key));
    let faults = faults.iter().map(|f| f.message(Lang::De)).collect();
    (html.replace('\u{a0}', " "), faults)
}

#[test]
fn numbers_come_from_the_release() {
    let (html, faults) = read(
        "Rund um **{{ anteil aufgaben.wohnen }}**, in Großstädten {{anteil aufgaben.wohnen groesse=large-city}};\n\
         {{ n }} haben geantwortet. {{ satz bedarf-von.land }}",
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        html,
        "<p>Rund um <strong>rund 71 %</strong>, in Großstädten über 90 %; 274 haben geantwortet. Auf die Frage \
         „Von wem brauchen Sie zuerst Unterstützung?“ nennen rund 62 % der Städte und Gemeinden „Land“.</p>\n"
    );
}

#[test]
fn n_of_one_population() {
    let (html, faults) = read("{{ n population=municipalities }} und {{ n population=counties }}");
    assert_eq!((html.as_str(), faults.len()), ("<p>233 und 41</p>\n", 0));
    let (_, faults) = read("{{ n groesse=large-city }}");
    assert!(faults[0].contains("population=counties"), "{faults:?}");
}

#[test]
fn a_chart_stands_between_paragraphs_even_when_it_was_written_inside_one() {
    let (html, faults) = read(
        "# Titel\n\nvorher {{ diagramm aufgaben }} nachher\n\n- a\n- b {{ diagramm trend population=counties }}\n\n> so\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        html,
        "<h2>Titel</h2>\n<p>vorher </p>\n<figure>aufgaben</figure>\n<p> nachher</p>\n<ul>\n<li>a</li>\n\
         <li><p>b </p>\n<figure>trend</figure>\n</li>\n</ul>\n<blockquote>\n<p>so</p>\n</blockquote>\n"
    );
}

#[test]
fn all_faults_at_once_with_their_places_and_what_would_be_right() {
    let (html, faults) = read(
        "Hier {{ anteil aufgaben.wonen }} und\n{{ anteil aufgaben.sicherheit }}, {{ zahl x }}, {{ anteil stelle }}\n\n\
         <script>alert(1)</script>\n\n[Weg](javascript:alert) ![Bild](x.png) {{ anteil trend groesse=riesig }} {{ offen\n",
    );
    assert!(
        !html.contains("<script") && !html.contains("javascript:") && !html.contains("<img"),
        "{html}"
    );
    let starts: Vec<&str> = faults
        .iter()
        .map(|f| f.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            "Zeile 1, Spalte 6",
            "Zeile 2, Spalte 1",
            "Zeile 2, Spalte 35",
            "Zeile 2, Spalte 49",
            "Zeile 4, Spalte 1",
            "Zeile 6, Spalte 1",
            "Zeile 6, Spalte 25",
            "Zeile 6, Spalte 40",
            "Zeile 6, Spalte 74",
        ],
        "{faults:#?}"
    );
    assert!(faults[0].contains("aufgaben.wohnen"), "{}", faults[0]);
    assert!(faults[3].contains("stelle.nein"), "{}", faults[3]);
    assert!(faults.iter().all(|f| !f.contains("edition-")), "{faults:?}");
    assert!(html.contains("(nicht ausgewiesen)"));
}

#[test]
fn a_fault_behind_an_insertion_has_the_column_that_the_editor_sees() {
    let (_, faults) = read("{{ n }} und <b>fett</b>");
    assert!(faults[0].starts_with("Zeile 1, Spalte 13:"), "{faults:?}");
}

#[test]
fn no_heading_level_is_left_out() {
    let (html, _) = read("## a\n\n#### b\n\n## c\n\n### d\n");
    assert_eq!(html, "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n<h3>d</h3>\n");
}

#[test]
fn the_sample_edition_has_no_fault() {
    assert_eq!(check(&sample::edition()), []);
}
