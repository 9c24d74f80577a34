//! What is what in the folder.

use std::collections::BTreeMap;

use exchange::Format;
use fieldwork::Wave;
use questionnaire::Lang;

use super::design::{Design, LAND_MINIMUM};
use super::{Access, Names, Order};

/// The README: plain text, lines of at most 100 characters.
pub fn readme(
    wave: &Wave,
    version: i64,
    design: &Design,
    requests: &BTreeMap<String, Vec<u8>>,
    order: &Order,
    names: Names,
) -> String {
    let mut text = Text::default();
    let german = order.lang == Lang::De;
    let say = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    text.line(wave.title.get(order.lang));
    if wave.synthetic {
        text.line(&say(
            "BEISPIELDATEN: Kommunen, Antworten und Ergebnisse sind erfunden.",
            "SAMPLE DATA: municipalities, answers and results are invented.",
        ));
    }
    text.gap();
    for format in &order.formats {
        let what = match format {
            Format::Sav => say(
                "der Datensatz für SPSS, R (haven), Stata; Werte und fehlende Werte sind beschriftet",
                "the dataset for SPSS, R (haven), Stata; values and missing values are labelled",
            ),
            Format::Csv => say(
                "der Datensatz als Text (UTF-8, Komma, Dezimalpunkt)",
                "the dataset as text (UTF-8, comma, decimal point)",
            ),
            Format::Xlsx => say(
                "der Datensatz als Arbeitsmappe, mit Codebuch",
                "the dataset as a workbook, with the codebook",
            ),
            Format::Parquet => say(
                "der Datensatz mit typisierten Spalten; Beschriftungen in den Metadaten",
                "the dataset with typed columns; labels in the metadata",
            ),
        };
        text.entry(&format!("{}.{}", wave.name, format.extension()), &what);
    }
    text.entry(
        &format!("{}.pdf, .csv, .json", names.codebook),
        &say(
            "jede Spalte mit Wortlaut, Werten und fehlenden Werten",
            "each column with its wording, values and missing values",
        ),
    );
    text.entry(
        names.questionnaire,
        &say(
            "der Fragebogen, wie er gestellt wurde",
            "the questionnaire as it was asked",
        ),
    );
    text.entry(
        names.methods,
        &say(
            "Anlage, Rücklauf, Gewichtung, Grenzen",
            "design, response, weighting, limits",
        ),
    );
    if !requests.is_empty() {
        text.entry(
            &format!("{}/", names.requests),
            &say(
                "wie jede veröffentlichte Zahl gerechnet wurde: `voneinander estimate DATEI`",
                "how each published number was made: `voneinander estimate FILE`",
            ),
        );
    }
    text.title(&say("Was in den Daten steht", "What is in the data"));
    text.paragraph(&say(
        "Eine Zeile ist eine Kommune, deren Antwort zählt. Mehrfachnennungen haben je Antwortmöglichkeit eine Spalte (1 gewählt, 0 nicht gewählt). Fehlende Werte: -7 nicht gefragt, -8 keine Angabe, -9 weiß nicht; nicht beantwortet ist eine leere Zelle, in .sav der Wert -6. Die Spalten ohne Frage gehören zur Gewichtung; das Codebuch nennt sie zuerst.",
        "A row is a municipality whose answer counts. Multiple choices have one column an option (1 chosen, 0 not chosen). Missing values: -7 not asked, -8 no answer given, -9 don't know; left empty is an empty cell, in .sav the value -6. Columns without a question belong to the weighting; the codebook names them first.",
    ));
    if version > 1 {
        text.paragraph(&say(
            &format!("Dies ist Fassung {version} des Datensatzes: Offene Antworten sind kodiert (eine Spalte je Code), „Sonstiges“ ist zugeordnet. Die veröffentlichten Zahlen stammen aus Fassung 1."),
            &format!("This is version {version} of the dataset: open answers are coded (one column a code), \"other\" is moved to options. The published figures are made from version 1."),
        ));
    }
    text.paragraph(&say(
        "Städte und Gemeinden auf der einen und Landkreise auf der anderen Seite sind zwei Grundgesamtheiten (Spalte population). Zählen Sie sie nie zusammen.",
        "Cities and municipalities on one side and counties on the other are two populations (column population). Never pool them.",
    ));
    if design.apart > 0 {
        let apart = design.apart;
        text.paragraph(&say(
            &format!("{apart} Zeilen sind Gemeindeverbände. Sie haben kein Gewicht und gehen in keine Zahl ein."),
            &format!("{apart} rows are associations of municipalities. They have no weight and enter no figure."),
        ));
    }
    if !requests.is_empty() && !design.land_group {
        text.paragraph(&say(
            "Die Anfragen rechnen mit dem fertigen Gewicht (weight): Anteile und Mittelwerte sind die veröffentlichten, die Unsicherheitsbereiche etwas breiter, denn der Ausgleich zwischen den Ländern braucht die Ländergruppe. Anteile der Einwohner lassen sich ohne Einwohnerzahl nicht nachrechnen.",
            "The requests use the final weight (weight): shares and means are the published ones, ranges of uncertainty somewhat wider, as raking to the Länder needs the Land group. Shares of inhabitants cannot be made again without the number of inhabitants.",
        ));
    }
    text.title(&say("Was nicht darin steht", "What is not in them"));
    text.paragraph(&say(
        "Namen, Schlüssel, Ansprechpersonen, Zugänge und genannte Praxisbeispiele stehen nicht in den Daten. Die laufende Nummer folgt aus dem Inhalt der Zeilen. In freien Texten sind die Namen der Kommune, ihres Kreises und Verbands sowie Adressen und Telefonnummern durch [Name] und [Kontakt] ersetzt. Das geschieht maschinell: Lesen Sie die Texte, bevor Sie sie weitergeben.",
        "Names, keys, contacts, accesses and nominated practices are not in the data. The running number follows from the rows' content. In free texts the names of the municipality, its county and association, addresses and telephone numbers are replaced by [Name] and [Kontakt]. This is done by machine: read the texts before you hand them on.",
    ));
    let alike = design.fewest_alike;
    text.title(&say("Wer sie haben darf", "Who may have them"));
    text.paragraph(&match order.access {
        Access::House => say(
            "NUR FÜR DAS HAUS. Mit Einwohnerzahl und Ländergruppe lassen sich fast alle Kommunen erkennen. Geben Sie diese Dateien nicht weiter; für ein Archiv gibt es --access archive.",
            "FOR THE HOUSE ONLY. With inhabitants and Land group nearly every municipality can be told. Do not hand these files on; for an archive there is --access archive.",
        ),
        Access::Archive => say(
            &format!("Einzeldaten sind keine Veröffentlichung. Geben Sie sie nur an Archive und an Forschende weiter, die sich verpflichten, keine Kommune zu erkennen zu suchen. Grundgesamtheit, Größenklasse und Art einer Zeile haben mindestens {alike} Kommunen des Verzeichnisses gemeinsam. Wer das Verzeichnis, die Teilnehmenden und den Methodenbericht kennt, kann aus den Gewichten auf die Ländergruppe schließen. Die Ländergruppe selbst steht nur da, wenn mindestens {LAND_MINIMUM} Kommunen alle Merkmale teilen."),
            &format!("Microdata are no publication. Hand them only to archives and to researchers who promise not to try to tell any municipality. At least {alike} municipalities of the register share population, size class and type with each row. Whoever knows the register, those who took part and the methods report can infer the Land group from the weights. The Land group itself is there only if at least {LAND_MINIMUM} municipalities share all of it."),
        ),
    });
    text.title(&say("Rechte", "Rights"));
    text.paragraph(&if wave.synthetic {
        say(
            "Erfundene Daten, unter der Lizenz des Programms (EUPL-1.2).",
            "Invented data, under the licence of the program (EUPL-1.2).",
        )
    } else {
        say(
            &format!(
                "© {}. Es ist keine Lizenz erteilt; die Bedingungen nennt {}.",
                wave.institute.name, wave.contact
            ),
            &format!(
                "© {}. No licence is granted; {} tells the conditions.",
                wave.institute.name, wave.contact
            ),
        )
    });
    text.0
}

/// Plain text as it grows.
#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn gap(&mut self) {
        self.0.push('\n');
    }

    fn title(&mut self, title: &str) {
        self.gap();
        self.line(title);
        self.line(&"-".repeat(title.chars().count()));
    }

    fn entry(&mut self, name: &str, what: &str) {
        self.line(&format!("{name:<28} {what}"));
    }

    fn paragraph(&mut self, text: &str) {
        let mut line = String::new();
        for word in text.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 100 {
                self.line(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(&line);
    }
}
