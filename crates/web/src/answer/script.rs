//! The script of answering pages: one file a language under an address that carries its hash. Pages without anything
//! for it do not name it; without it every page is the same page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use edition::translation;
use questionnaire::{Lang, Live, Page, QuestionKind};
use sha2::{Digest, Sha256};

use crate::State;
use crate::frame::Ask;

const SCRIPT: &str = include_str!("../../style/bogen.js");
/// Where the words stand in it.
const PLACE: &str = "/* words */ null";

struct Script {
    address: String,
    text: String,
}

/// German, English and the languages of questions in the order of [`translation::tongues`].
static SCRIPTS: LazyLock<Vec<Script>> = LazyLock::new(|| {
    let own = [(Lang::De, None), (Lang::En, None)];
    let tongues = translation::tongues().map(|tongue| (Lang::En, Some(tongue)));
    let all = own.into_iter().chain(tongues);
    all.map(|(lang, tongue)| script(lang, tongue)).collect()
});

fn script(lang: Lang, tongue: Option<&str>) -> Script {
    let values = ["text", "sum", "rest", "count", "max", "min"];
    let marks = values.map(|name| (name, format!("{{{name}}}")));
    let marks: Vec<(&str, &str)> = marks.iter().map(|(n, mark)| (*n, mark.as_str())).collect();
    let said = |key: &str| {
        let own = tongue.and_then(|tongue| translation::in_tongue(tongue, key, &marks));
        own.unwrap_or_else(|| translation::text(lang, key, &marks))
    };
    let words = BTreeMap::from([
        ("shown", said("answer-types-script-shown")),
        ("gone", said("answer-types-script-gone")),
        ("more", said("answer-types-script-more")),
        ("less", said("answer-types-script-less")),
        ("sum", said("answer-types-script-sum")),
        ("short", said("answer-types-script-short")),
        ("over", said("answer-types-script-over")),
        ("left", said("answer-types-script-left")),
        ("long", said("answer-types-script-long")),
        ("picked", said("answer-types-script-picked")),
        ("toomany", said("answer-types-script-too-many")),
        ("atleast", said("answer-types-script-at-least")),
        ("unticked", said("answer-types-script-unticked")),
        ("chosen", said("answer-types-script-chosen")),
        ("found", said("answer-types-script-found")),
        ("nothing", said("answer-types-script-nothing")),
    ]);
    let words = serde_json::to_string(&words).expect("words are text");
    let text = SCRIPT.replacen(PLACE, &words, 1);
    let digest = Sha256::digest(text.as_bytes());
    let hash: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    Script {
        address: format!("/bogen-{hash}.js"),
        text,
    }
}

fn of(ask: &Ask) -> &'static Script {
    let tongue = ask.tongue.as_deref();
    let at = tongue.and_then(|tongue| translation::tongues().position(|known| known == tongue));
    let own = match ask.lang {
        Lang::De => 0,
        Lang::En => 1,
    };
    &SCRIPTS[at.map_or(own, |at| at + 2)]
}

/// The address of the script, e.g. `/bogen-0a1b2c3d4e5f.js`.
pub(crate) fn address(ask: &Ask) -> &'static str {
    &of(ask).address
}

/// One route for each language.
pub(crate) fn routes() -> Router<State> {
    let each = SCRIPTS.iter();
    each.fold(Router::new(), |router, script| {
        router.route(&script.address, get(move || text(script)))
    })
}

/// `GET /bogen-<hash>.js`
async fn text(script: &'static Script) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, script.text.as_str())
}

/// Whether a page has something for the script.
pub(crate) fn serves(page: &Page, live: &Live) -> bool {
    let own = |question: &questionnaire::Question| {
        let special = question.dont_know || question.no_answer;
        match &question.kind {
            QuestionKind::Single { options, .. } => options.iter().any(|o| o.other),
            QuestionKind::Multiple { options, min, max } => {
                let alone = options.iter().any(|o| o.exclusive || o.other);
                special || alone || min.is_some() || max.is_some()
            }
            QuestionKind::Ticks { columns, .. } => special || columns.iter().any(|c| c.exclusive),
            QuestionKind::LongText { .. } | QuestionKind::Municipality => true,
            QuestionKind::Battery { .. } | QuestionKind::Grid { .. } => false,
            _ => special,
        }
    };
    !live.is_empty() || page.questions.iter().any(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_the_script() {
        assert_eq!(SCRIPT.matches(PLACE).count(), 1);
        for script in SCRIPTS.iter() {
            let text = &script.text;
            assert!(!text.contains(PLACE) && !text.contains("answer-types-"));
            assert!(text.contains("{text}") && text.contains("{rest}"));
            let same = SCRIPTS
                .iter()
                .filter(|other| other.address == script.address);
            assert_eq!(same.count(), 1);
        }
        assert!(
            SCRIPTS
                .iter()
                .any(|script| script.text.contains("Aucune commune"))
        );
    }
}
