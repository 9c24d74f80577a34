//! What is around every page: language, title, banner, footer; and the words.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::LazyLock;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use edition::translation;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use questionnaire::Lang;

use crate::State;
use crate::layers::RequestNumber;

/// The time zone of all times that people read.
pub(crate) fn time_zone() -> TimeZone {
    static GERMANY: LazyLock<TimeZone> = LazyLock::new(|| {
        TimeZone::get("Europe/Berlin").expect("the time zone table is compiled in")
    });
    GERMANY.clone()
}

/// The day of a moment, as people in Germany count it.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned(time_zone()).date()
}

/// How a request is to be answered: its language, address and number.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub lang: Lang,
    pub path: String,
    /// What stands behind the question mark, as it was sent, without the language.
    pub query: String,
    /// Language of the questions, where a respondent has chosen one beside German and English (`sprache=fr`).
    pub tongue: Option<String>,
    pub number: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

impl Ask {
    /// Reads it from a request that is still to be answered.
    pub(crate) fn of(parts: &Parts) -> Self {
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |u| &u.0);
        let english = uri
            .query()
            .is_some_and(|q| q.split('&').any(|p| p == "lang=en"));
        let number = parts.extensions.get::<RequestNumber>();
        let chosen = uri.query().filter(|_| uri.path().starts_with(ANSWERS));
        Self {
            tongue: chosen.and_then(tongue).map(str::to_owned),
            lang: if english { Lang::En } else { Lang::De },
            path: uri.path().to_owned(),
            query: without_language(uri.query().unwrap_or_default()),
            number: number.map(|n| n.0.clone()).unwrap_or_default(),
        }
    }

    /// The address of `path` in the reader's language.
    pub(crate) fn to(&self, path: &str) -> String {
        let mut to = path.to_owned();
        let mut add = |pair: &str| {
            to.push(if to.contains('?') { '&' } else { '?' });
            to.push_str(pair);
        };
        if self.lang == Lang::En {
            add("lang=en");
        }
        if let Some(tongue) = self.tongue.as_ref().filter(|_| path.starts_with(ANSWERS)) {
            add(&format!("sprache={tongue}"));
        }
        to
    }

    /// The words of `key` in the reader's language.
    pub(crate) fn t(&self, key: &str) -> String {
        translation::text(self.lang, key, &[])
    }

    /// The words of `key` with values put in.
    pub(crate) fn tv(&self, key: &str, values: &[(&str, &str)]) -> String {
        translation::text(self.lang, key, values)
    }

    /// The words of `key` among the questions: in their language, where they have one of their own and we have words.
    pub(crate) fn q(&self, key: &str) -> String {
        self.qv(key, &[])
    }

    /// The same with values put in.
    pub(crate) fn qv(&self, key: &str, values: &[(&str, &str)]) -> String {
        let tongue = self.tongue.as_deref();
        let own = tongue.and_then(|tongue| translation::in_tongue(tongue, key, values));
        own.unwrap_or_else(|| self.tv(key, values))
    }

    /// The same request with the language in which the questions are shown, which may be none of ours.
    pub(crate) fn for_questions_in(&self, shown: &str) -> Self {
        Self {
            tongue: Some(shown.to_owned()).filter(|shown| shown != "de" && shown != "en"),
            ..self.clone()
        }
    }

    /// "5. März 2016"
    pub(crate) fn date(&self, date: Date) -> String {
        edition::numbers::date(self.lang, date)
    }

    /// "14:05", in Germany's time.
    pub(crate) fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(time_zone()).strftime("%H:%M").to_string()
    }

    /// "5. März 2016, 14:05 Uhr"
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let (date, time) = (self.date(day(at)), self.clock(at));
        self.tv("web-public-moment", &[("date", &date), ("time", &time)])
    }
}

/// Where respondents answer: there the questions may have a language of their own.
const ANSWERS: &str = "/antworten/";

/// The language of the questions in a query string: two or three small letters.
fn tongue(query: &str) -> Option<&str> {
    let mut chosen = query.split('&').filter_map(|p| p.strip_prefix("sprache="));
    chosen.find(|t| matches!(t.len(), 2 | 3) && t.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A query string without its language.
fn without_language(query: &str) -> String {
    let others = query.split('&').filter(|p| !p.is_empty());
    let others: Vec<&str> = others.filter(|p| !p.starts_with("lang=")).collect();
    others.join("&")
}

/// What the layout needs; every page struct has one.
pub(crate) struct Frame {
    pub ask: Ask,
    pub title: String,
    pub instance: String,
    pub synthetic: bool,
    /// What whoever is on the page must not overlook.
    pub notice: Option<String>,
    /// Tables and lists of the back office use more of the screen.
    pub wide: bool,
    /// Links of the back office, for who is signed in.
    pub staff: Option<StaffNav>,
}

/// The head of the back office.
pub(crate) struct StaffNav {
    /// The rooms that the role may enter.
    pub rooms: Vec<NavLink>,
    /// The pages of the room that one is in; none where the room has one page.
    pub pages: Vec<NavLink>,
}

/// A link of the head.
pub(crate) struct NavLink {
    pub href: String,
    pub name: String,
    /// `aria-current`: the page itself, or the room that it is in.
    pub current: Option<&'static str>,
}

impl Frame {
    pub(crate) fn new(state: &State, ask: &Ask, title: impl Into<String>) -> Self {
        Self {
            ask: ask.clone(),
            title: title.into(),
            instance: state.title.clone(),
            synthetic: state.synthetic,
            notice: None,
            wide: false,
            staff: None,
        }
    }

    pub(crate) fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    pub(crate) fn lang(&self) -> &'static str {
        match self.ask.lang {
            Lang::De => "de",
            Lang::En => "en",
        }
    }

    pub(crate) fn t(&self, key: &str) -> Cow<'static, str> {
        translation::words(self.ask.lang, key)
    }

    /// Words that stand among the questions.
    pub(crate) fn q(&self, key: &str) -> Cow<'static, str> {
        match self.ask.tongue {
            Some(_) => Cow::Owned(self.ask.q(key)),
            None => self.t(key),
        }
    }

    /// One value put in.
    pub(crate) fn t1(&self, key: &str, name: &str, value: &dyn std::fmt::Display) -> String {
        self.ask.tv(key, &[(name, &value.to_string())])
    }

    pub(crate) fn to(&self, path: &str) -> String {
        self.ask.to(path)
    }

    pub(crate) fn style(&self) -> &'static str {
        crate::style::address()
    }

    /// The same page in the other language: with all else that was asked.
    pub(crate) fn other_language(&self) -> String {
        let Ask { path, query, .. } = &self.ask;
        match (self.ask.lang, query.is_empty()) {
            (Lang::De, true) => format!("{path}?lang=en"),
            (Lang::De, false) => format!("{path}?{query}&lang=en"),
            (Lang::En, true) => path.clone(),
            (Lang::En, false) => format!("{path}?{query}"),
        }
    }

    pub(crate) fn other_lang(&self) -> &'static str {
        match self.ask.lang {
            Lang::De => "en",
            Lang::En => "de",
        }
    }
}
