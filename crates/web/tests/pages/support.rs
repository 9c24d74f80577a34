//! A whole service on a database of its own: `app.respondent()` answers, `app.anon()` only looks.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dataset::Dataset;
use edition::Draft;
use fieldwork::{AccessCode, AccessToken, Supporter, Wave, WaveName};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use practices::{Form as PracticeForm, Practice, PracticeId, Running, State as Life};
use questionnaire::{Questionnaire, Text};
use register::{Key, Kind, Land, Municipality, Register};
use store::{FreezeOutcome, NewInvitation, Role, Store, StoredWave};
use tower::ServiceExt;
use web::{EditionFiles, House, Known, Limits, PageText, Renderers, Steps, Throttle, router};

/// 1 March 2017, 14:05 in Germany: within the field period of the wave `probe`.
pub fn within() -> Timestamp {
    "2017-03-01T13:05:00Z".parse().unwrap()
}

/// After the field period.
pub fn after() -> Timestamp {
    "2017-04-02T08:00:00Z".parse().unwrap()
}

/// Before it.
pub fn before() -> Timestamp {
    "2017-01-02T08:00:00Z".parse().unwrap()
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let start = format!("name=\"{name}\" value=\"");
        let from = text.find(&start).expect("such a field") + start.len();
        let value = text[from..].split('"').next().unwrap_or_default();
        let pairs = [
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#34;", "\""),
            ("&#39;", "'"),
        ];
        let plain = |text: String, (coded, plain): (&str, &str)| text.replace(coded, plain);
        pairs
            .into_iter()
            .fold(value.to_owned(), plain)
            .replace("&#38;", "&")
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// Where it redirects.
    pub fn to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers[header::LOCATION].to_str().unwrap()
    }

    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(
            self.text().contains(words),
            "no \"{words}\" in:\n{}",
            self.text()
        );
        self
    }

    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(
            !self.text().contains(words),
            "\"{words}\" in:\n{}",
            self.text()
        );
        self
    }
}

pub struct TestApp {
    pub state: House,
    router: Router,
    pub token: String,
    pub code: String,
    pub cookie: Option<String>,
}

pub const FRAGEBOGEN: &str = include_str!("fragebogen.yaml");

fn organisation(name: &str) -> Supporter {
    Supporter {
        name: name.into(),
        logo_svg: None,
    }
}

pub fn wave() -> Wave {
    let both = |de: &str, en: &str| Text {
        de: de.into(),
        en: en.into(),
    };
    Wave {
        name: WaveName("probe".into()),
        title: both(
            "Aufnahme und Integration (Probe)",
            "Reception and integration (trial)",
        ),
        purpose: both(
            "Wir möchten wissen, wie es Ihnen geht.",
            "We would like to know how you are.",
        ),
        institute: organisation("Institut für kommunales Lernen (erfunden)"),
        funder: organisation("Stiftung Gemeinsam vor Ort (erfunden)"),
        supporters: vec![organisation("Landkreisbund Beispielland (erfunden)")],
        contact: "studie@institut.example".into(),
        minutes: (15, 20),
        opens: "2017-01-31T23:00:00Z".parse().unwrap(),
        closes: "2017-03-31T22:00:00Z".parse().unwrap(),
        frozen: None,
        synthetic: true,
    }
}

fn steps(store: &Store) -> Steps {
    let closing = store.clone();
    Steps {
        field: web::FieldSteps::none(),
        close_wave: Arc::new(move |name, at, actor| {
            let store = closing.clone();
            Box::pin(async move {
                let questionnaire = Questionnaire::read(FRAGEBOGEN, "test").unwrap();
                let dataset =
                    Dataset::freeze(&questionnaire, &name.0, date(2017, 4, 1), &[]).unwrap();
                // Nobody answered: a release without findings is what passes the audit.
                let register = register::Register::invented(1);
                let mut release = edition::sample::release();
                (release.wave, release.findings) = (dataset.wave.clone(), Vec::new());
                let waves = [findings::WaveData {
                    dataset: &dataset,
                    questionnaire: &questionnaire,
                    register: &register,
                    paradata: &[],
                }];
                let release = findings::audit(release, &waves, &[], date(2017, 4, 1)).unwrap();
                let seen = store.field_state(&name).await.unwrap();
                let frozen = store.freeze(&name, seen, (&dataset, &release), at, &actor);
                match frozen.await {
                    Ok(FreezeOutcome::Frozen) => Ok(()),
                    Ok(_) => Err("closed already".to_owned()),
                    Err(error) => Err(error.to_string()),
                }
            })
        }),
        freeze_edition: Arc::new(|_| Box::pin(async { Ok(edition::sample::edition()) })),
        invented: Arc::new(|_| None),
    }
}

/// The municipality that is invited.
pub fn town() -> Municipality {
    Municipality {
        key: Key::new("05999001").unwrap(),
        name: "Beispielstadt, Stadt".into(),
        kind: Kind::Town,
        land: Land::NordrheinWestfalen,
        inhabitants: 23_456,
        area_km2: 80.5,
        association: None,
        county: None,
        seat: None,
        urbanisation: None,
    }
}

/// Another one beside it.
pub fn neighbour() -> Municipality {
    Municipality {
        key: Key::new("05999002").unwrap(),
        name: "Nachbarort".into(),
        kind: Kind::Municipality,
        inhabitants: 4_321,
        ..town()
    }
}

impl TestApp {
    /// A service with the wave `probe` and one invited municipality, in a folder named after the test.
    pub async fn new(name: &str) -> Self {
        Self::asking(name, FRAGEBOGEN).await
    }

    /// The same with another questionnaire.
    pub async fn asking(name: &str, questionnaire: &str) -> Self {
        let folder = PathBuf::from(option_env!("CARGO_TARGET_TMPDIR").unwrap_or("/tmp"))
            .join("web")
            .join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let store = Store::create(&folder).await.unwrap();
        let municipality = town();
        let register = Register::new(
            "erfunden",
            None,
            true,
            vec![municipality.clone(), neighbour()],
        );
        let list = store
            .import_register(&register, "erfunden", within())
            .await
            .unwrap();
        let stored = StoredWave {
            wave: wave(),
            register_list: list,
            questionnaire: questionnaire.to_owned(),
        };
        store.put_wave(stored, within(), "test").await.unwrap();
        let (token, code) = invite(&store, &municipality.key, 1).await;
        Self::over(store, token, code, folder)
    }

    fn over(store: Store, token: String, code: String, folder: PathBuf) -> Self {
        let render = Renderers {
            feedback_sheet: Arc::new(|_, _| Ok(b"%PDF sheet".to_vec())),
            questionnaire: Arc::new(|q, _, _| Ok(format!("%PDF {}", q.key).into_bytes())),
            answers: Arc::new(|_, _, (given, who), _| {
                Ok(format!("%PDF {who} {}", given.len()).into_bytes())
            }),
            handbook: Arc::new(|_| Ok(b"%PDF handbook".to_vec())),
            workbook: Arc::new(|sheet, _| Ok(format!("PK {}", sheet.rows.len()).into_bytes())),
            picture: Arc::new(|drawn| Ok(format!("PNG {}", drawn.width).into_bytes())),
        };
        let store_for_steps = store.clone();
        let text = PageText {
            de: "# Impressum\n\nInstitut".into(),
            en: String::new(),
        };
        let state = House {
            store,
            clock: within,
            render,
            finder: web::finder::Finder::empty(),
            steps: steps(&store_for_steps),
            limits: Limits::default(),
            base_url: "http://127.0.0.1:8080".into(),
            title: "Aufnahme und Integration in den Kommunen".into(),
            synthetic: true,
            pages: std::sync::Arc::new([("impressum".to_owned(), text)].into()),
            editions: EditionFiles {
                folder: folder.join("ausgaben"),
            },
            throttle: Arc::new(Throttle::default()),
            forms: Arc::default(),
            known: Arc::new(Known::default()),
        };
        Self {
            router: router(state.clone()),
            state,
            token,
            code,
            cookie: None,
        }
    }

    /// The same service at another time.
    pub fn at(&self, clock: fn() -> Timestamp) -> Self {
        let state = House {
            clock,
            ..self.state.clone()
        };
        Self {
            router: router(state.clone()),
            state,
            token: self.token.clone(),
            code: self.code.clone(),
            cookie: self.cookie.clone(),
        }
    }

    /// The same service, signed in as a member of staff by a one-time link.
    pub async fn staff(&self, role: Role) -> Self {
        let mail = format!("{role:?}@institut.example").to_lowercase();
        let store = &self.state.store;
        let id = store
            .put_staff(&mail, "Alex Beispiel", role, None, within(), "test")
            .await
            .unwrap();
        let token = AccessToken::from_random([role as u8 + 100; 16]);
        let expires = within() + SignedDuration::from_hours(1);
        store
            .put_sign_in_link(token.hash(), id, expires)
            .await
            .unwrap();
        let page = self
            .post(&format!("/anmelden/{}", token.as_str()), &[])
            .await;
        assert_eq!(page.to(), "/verwaltung");
        let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        let mut app = self.at(self.state.clock);
        app.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        app
    }

    /// A closed wave `2016-1` with the sample's release, its edition and two practices: one complete, one named.
    pub async fn with_edition(self) -> Self {
        let store = &self.state.store;
        let name = WaveName("2016-1".into());
        let closed = Wave {
            name: name.clone(),
            closes: "2017-02-10T22:00:00Z".parse().unwrap(),
            ..wave()
        };
        let stored = StoredWave {
            wave: closed,
            register_list: 1,
            questionnaire: FRAGEBOGEN.to_owned(),
        };
        store.put_wave(stored, within(), "test").await.unwrap();
        (self.state.steps.close_wave)(name, within(), "test".into())
            .await
            .unwrap();
        let sample = edition::sample::edition();
        let mut nominated = PracticeForm::nominated(
            "Neue Idee".into(),
            "Wir tun etwas.".into(),
            "wohnen".into(),
            None,
        );
        let named = practice(nominated.clone(), Life::Nominated);
        nominated.title = "Wohnlotsen".into();
        let complete = practice(complete(nominated), Life::Published);
        store
            .add_practices(vec![named, complete], within(), "test")
            .await
            .unwrap();
        let draft = Draft {
            key: sample.key,
            wave: "2016-1".into(),
            title: sample.title,
            subtitle: sample.subtitle,
            date: sample.date,
            publisher: sample.publisher,
            imprint: sample.imprint,
            funder: sample.funder,
            supporters: sample.supporters,
            foreword: sample.foreword,
            introduction: sample.introduction,
            method: sample.method,
            fields: sample.fields,
            chapters: sample.chapters,
            compare_with: None,
            change: String::new(),
            sentences: sample.sentences,
        };
        store
            .save_edition(draft, 0, within(), "test")
            .await
            .unwrap()
            .unwrap();
        self
    }

    /// Address below the respondent's link.
    pub fn answers(&self, below: &str) -> String {
        format!("/antworten/{}{below}", self.token)
    }

    pub async fn send(&self, mut request: Request<Body>) -> Page {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10_000_000).await.unwrap().to_vec();
        Page {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
            .collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")));
        self.send(request.unwrap()).await
    }
}

fn practice(form: PracticeForm, state: Life) -> Practice {
    let day = (state == Life::Published).then(|| date(2016, 4, 12));
    Practice {
        id: PracticeId(0),
        municipality: town().key,
        wave: "2016-1".into(),
        form,
        state,
        version: 1,
        released: day,
        confirmed: day,
    }
}

/// A form that can be sent for release.
pub fn complete(form: PracticeForm) -> PracticeForm {
    PracticeForm {
        sentence: "Lotsinnen und Lotsen begleiten die Wohnungssuche.".into(),
        problem: "Wohnungen waren knapp.".into(),
        run_by: "Sozialamt".into(),
        result: "40 Haushalte fanden eine Wohnung.".into(),
        obstacle: "Skepsis der Vermieter".into(),
        requires: "Eine feste Ansprechperson".into(),
        running: Running {
            since: 2014,
            ..form.running.clone()
        },
        mailbox: Some("wohnen@beispielstadt.example".into()),
        undecided: Default::default(),
        ..form
    }
}

/// Percent encoding of a form's value.
pub fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Invites a municipality; token and code.
pub async fn invite(store: &Store, municipality: &Key, number: u8) -> (String, String) {
    let (token, code) = (
        AccessToken::from_random([number; 16]),
        AccessCode::from_random([number; 10]),
    );
    let new = NewInvitation {
        municipality: municipality.clone(),
        link: token.hash(),
        code: code.hash(),
    };
    let wave = WaveName("probe".into());
    store
        .invite(&wave, "test", vec![new], within(), "test")
        .await
        .unwrap();
    (token.as_str().to_owned(), code.grouped())
}

/// The inputs of `#bogen`, as a plain walker sees them.
#[derive(Debug, Default)]
pub struct Form {
    pub hidden: Vec<(String, String)>,
    /// Radios and checkboxes with the first value of each name.
    pub first_choice: Vec<(String, String)>,
    pub texts: Vec<String>,
    pub button: Option<(String, String)>,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')?;
    Some(
        tag[start..start + end]
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&#38;", "&"),
    )
}

impl Form {
    /// Reads the form out of the page.
    pub fn of(html: &str) -> Self {
        let start = html.find("<form id=\"bogen\"").expect("a form #bogen");
        let end = start + html[start..].find("</form>").unwrap();
        let mut form = Self::default();
        for tag in html[start..end].split('<').skip(1) {
            let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
            let name = attribute(tag, "name").unwrap_or_default();
            let value = attribute(tag, "value").unwrap_or_default();
            match (
                tag.split(' ').next().unwrap(),
                attribute(tag, "type").as_deref(),
            ) {
                ("input", Some("hidden")) => form.hidden.push((name, value)),
                ("input", Some("radio" | "checkbox")) => form.first_choice.push((name, value)),
                ("input", _) | ("textarea", _) => form.texts.push(name),
                ("button", _) if form.button.is_none() => form.button = Some((name, value)),
                _ => {}
            }
        }
        let mut names = std::collections::BTreeSet::new();
        form.first_choice
            .retain(|(name, _)| names.insert(name.clone()));
        form
    }

    /// Everything that a walker sends: first choices, a number in every text field, the first button.
    pub fn filled(&self) -> Vec<(String, String)> {
        let mut all = self.hidden.clone();
        all.extend(
            self.first_choice
                .iter()
                .filter(|(n, _)| !n.ends_with(".special"))
                .cloned(),
        );
        let typed = self.texts.iter().filter(|n| !n.starts_with("praxis"));
        all.extend(typed.map(|n| (n.clone(), "12".to_owned())));
        all.extend(self.button.clone().filter(|(n, _)| !n.is_empty()));
        all
    }
}

/// The path of the link on a page that shows it once.
pub fn shown_link(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text();
    let from = text.find("<code id=\"link\">").unwrap() + "<code id=\"link\">".len();
    let link = &text[from..from + text[from..].find('<').unwrap()];
    link.strip_prefix("http://127.0.0.1:8080")
        .unwrap()
        .to_owned()
}
