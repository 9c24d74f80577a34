//! Answers to every type of question of `demo/fragentypen.yaml`, as a form sends them.

use anyhow::bail;

use crate::form;
use crate::http::Client;

/// Pages with the answers to their questions. On the page of files a file goes beside them.
pub const ANSWERS: [(&str, &[(&str, &str)]); 6] = [
    (
        "auswahl",
        &[
            ("konzept", "sonst"),
            ("konzept.sonst.text", "Ein Leitbild"),
            ("konzept.comment", "seit Langem"),
            ("gremium", "ja"),
            ("sitz", "amt"),
            ("partner", "vereine"),
            ("partner", "sonst"),
            ("partner.vereine.comment", "drei"),
            ("partner.sonst.text", "Kirchen & Moscheen"),
            ("zufrieden", "4"),
            ("empfehlung", "9"),
        ],
    ),
    (
        "tabellen",
        &[
            ("lage.vereine", "gut"),
            ("lage.amt", "mittel"),
            ("lage.land", "_dont-know"),
            ("spalten.personal", "schlecht"),
            ("spalten.geld", "mittel"),
            ("urteil.wohnen.wichtig", "3"),
            ("urteil.wohnen.gelingt", "schlecht"),
            ("urteil.sprache.wichtig", "2"),
            ("urteil.sprache.gelingt", "gut"),
            ("profil.tempo", "2"),
            ("profil.ton", "5"),
            ("wege.familien", "post"),
            ("wege.familien", "netz"),
            ("wege.junge", "keiner"),
        ],
    ),
    (
        "zahlen",
        &[
            ("personal", "12,5"),
            ("anteile.beratung", "60"),
            ("anteile.verwaltung", "30"),
            ("anteile.netzwerk", "10"),
            ("mittel.vorjahr.euro", "15.000"),
            ("mittel.vorjahr.quelle", "Kreis"),
            ("mittel.heuer.euro", "20000"),
            ("mittel.heuer.quelle", "Land"),
        ],
    ),
    (
        "texte",
        &[
            ("plz", "01067"),
            ("anliegen", "Mehr Zeit."),
            ("orte.eins", "Markt"),
            ("orte.zwei", "Bücherei"),
            ("vorrang.arbeit", "1"),
            ("vorrang.wohnen", "2"),
            ("beginn", "1.9.2015"),
        ],
    ),
    (
        "dateien",
        &[
            ("postfach", "rathaus@ort.example"),
            ("vorbild", "Wiskenbeck"),
        ],
    ),
    (
        "beispiele",
        &[
            ("praxis.1.title", "Sprachcafé"),
            ("praxis.1.description", "Jeden Dienstag."),
            ("praxis.1.field", "sprache"),
        ],
    ),
];

/// Answers of one page.
pub fn of_page(page: &str) -> &'static [(&'static str, &'static str)] {
    ANSWERS
        .iter()
        .find(|(key, _)| *key == page)
        .map_or(&[], |(_, fields)| fields)
}

/// Answers these pages behind a link; the one of files sends a small file along.
pub fn answer(client: &mut Client, link: &str, pages: &[&str]) -> anyhow::Result<()> {
    for page in pages {
        let path = format!("{link}/seite/{page}");
        let shown = client.get(&path)?.text();
        let mut fields = form::hidden(&shown);
        let own = of_page(page).iter();
        fields.extend(own.map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let file = (
            "_datei.unterlagen",
            "Konzept.pdf",
            &b"%PDF-1.7 a concept"[..],
        );
        let answer = match *page {
            "dateien" => client.upload(&format!("{path}/dateien"), &fields, file)?,
            _ => client.post(&path, &fields)?,
        };
        if answer.status != 303 {
            bail!("{page}: {} {}", answer.status, answer.text());
        }
    }
    Ok(())
}
