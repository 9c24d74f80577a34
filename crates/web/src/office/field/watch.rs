//! Watching the field: response by group, channel and day, how even it is, and whom to remind next.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::{Phase, WaveName};
use findings::{ReminderGroup, field_evenness, remind_next, response_table};
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use register::{Key, Municipality};
use serde::Deserialize;
use store::{Invitation, Role, Staff, StoredWave};

use super::{title, wave};
use crate::State;
use crate::answer::access::last_day;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day, time_zone};
use crate::office::response::dispositions;
use crate::office::session::{Signed, frame};

/// Groups that are named for reminding.
const GROUPS: usize = 10;
/// Days that the chart shows.
const DAYS: usize = 60;

struct Row {
    label: String,
    cells: Vec<String>,
}

struct TableView {
    caption: String,
    /// Long: behind its name, since the chart says the same.
    folded: bool,
    head: Vec<String>,
    rows: Vec<Row>,
}

struct GroupView {
    label: String,
    invited: String,
    responded: String,
    share: String,
    href: String,
}

#[derive(Template)]
#[template(path = "field/watch.html")]
struct WatchPage {
    frame: Frame,
    lead: String,
    until: String,
    evenness: Option<String>,
    tables: Vec<TableView>,
    /// Response by day as SVG, with all its numbers in its description.
    chart: Option<String>,
    groups: Vec<GroupView>,
    remind_rule: String,
    links: Vec<(String, String)>,
    mailings: Vec<(String, String)>,
    tests: Option<String>,
    researcher: bool,
    extend_to: String,
    change_to: String,
    until_value: String,
    error: Option<String>,
    response_href: String,
}

#[derive(Deserialize)]
pub(crate) struct Extension {
    bis: String,
}

/// A group's invited and answered.
type Counts<K> = BTreeMap<K, (usize, usize)>;

fn percent(ask: &Ask, part: usize, whole: usize) -> String {
    match (part * 100 + whole / 2).checked_div(whole) {
        Some(share) => numbers::percent(ask.lang, share.min(100) as u8),
        None => "–".to_owned(),
    }
}

fn counts_table<K>(
    ask: &Ask,
    caption: &str,
    counts: Counts<K>,
    label: impl Fn(K) -> String,
) -> TableView {
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    TableView {
        caption: ask.t(caption),
        folded: false,
        head: [
            "web-field-group",
            "web-field-invited",
            "web-field-answered",
            "web-field-share",
        ]
        .map(|key| ask.t(key))
        .into(),
        rows: counts
            .into_iter()
            .map(|(key, (invited, answered))| Row {
                label: label(key),
                cells: vec![
                    number(invited),
                    number(answered),
                    percent(ask, answered, invited),
                ],
            })
            .collect(),
    }
}

/// Bars by day; the words say every number, and a table stands below it.
fn chart(ask: &Ask, days: &[(Date, usize, usize)]) -> Option<String> {
    let most = days.iter().map(|(_, n, _)| *n).max().filter(|n| *n > 0)?;
    let (first, last) = (days.first()?, days.last()?);
    let width = 640.0 / days.len() as f64;
    let mut bars = String::new();
    for (i, (_, n, _)) in days.iter().enumerate() {
        let height = *n as f64 / most as f64 * 120.0;
        bars.push_str(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"var(--petrol,#0b5d66)\"/>",
            40.0 + i as f64 * width,
            130.0 - height,
            (width - 1.0).max(1.0),
        ));
    }
    let said: Vec<String> = days
        .iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(date, n, _)| format!("{}: {n}", ask.date(*date)))
        .collect();
    let name = ask.t("web-field-by-day");
    let text = |x: u32, y: u32, anchor: &str, words: &str| {
        format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"13\" text-anchor=\"{anchor}\" fill=\"var(--quiet,#4a5852)\">{words}</text>"
        )
    };
    Some(format!(
        "<svg viewBox=\"0 0 680 152\" role=\"img\" aria-labelledby=\"tage-titel tage-text\" class=\"days\"><title id=\"tage-titel\">{name}</title><desc id=\"tage-text\">{}</desc><line x1=\"40\" y1=\"130.5\" x2=\"680\" y2=\"130.5\" stroke=\"var(--edge,#6b7772)\"/>{bars}{}{}{}</svg>",
        said.join("; "),
        text(34, 18, "end", &most.to_string()),
        text(40, 148, "start", &ask.date(first.0)),
        text(680, 148, "end", &ask.date(last.0)),
    ))
}

/// Submissions by day from the first to the last, with their running sum.
fn days(invitations: &[&Invitation]) -> Vec<(Date, usize, usize)> {
    let mut by_day: BTreeMap<Date, usize> = BTreeMap::new();
    for at in invitations.iter().filter_map(|i| i.submitted) {
        *by_day.entry(day(at)).or_default() += 1;
    }
    let (Some(first), Some(last)) = (by_day.keys().next(), by_day.keys().next_back()) else {
        return Vec::new();
    };
    let mut date = *first;
    let mut sum = 0;
    let mut days = Vec::new();
    while date <= *last {
        let n = by_day.get(&date).copied().unwrap_or(0);
        sum += n;
        days.push((date, n, sum));
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    days
}

fn group(ask: &Ask, wave: &WaveName, g: &ReminderGroup) -> GroupView {
    let number = |n: u32| numbers::thousands(ask.lang, n.into());
    let name = format!("{}.{:?}", g.land.code(), g.size);
    GroupView {
        label: g.label.get(ask.lang).to_owned(),
        invited: number(g.invited),
        responded: number(g.responded),
        share: percent(ask, g.responded as usize, g.invited as usize),
        href: ask.to(&format!(
            "/verwaltung/feld/{wave}/schreiben/reminder?gruppe={name}"
        )),
    }
}

async fn tables(
    state: &State,
    ask: &Ask,
    stored: &StoredWave,
    real: &[&Invitation],
    counted: &BTreeSet<Key>,
    found: &[(Key, fieldwork::Disposition)],
) -> Result<Vec<TableView>, PageError> {
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let channels = state.store.channels(&stored.wave.name).await?;
    let mut by_channel: Counts<String> = BTreeMap::new();
    for invitation in real {
        let arrived = invitation.arrived.as_ref().map(|code| {
            let named = channels.iter().find(|c| c.code == *code);
            named.map_or(code.clone(), |c| format!("{} ({code})", c.name))
        });
        let name = arrived.unwrap_or_else(|| invitation.channel.clone());
        let count = by_channel.entry(name).or_default();
        count.0 += 1;
        count.1 += usize::from(counted.contains(&invitation.municipality));
    }
    let table = response_table(&register, found);
    let number = |n: u32| numbers::thousands(ask.lang, n.into());
    let group = |caption: &str, lines: &[findings::ResponseLine]| TableView {
        caption: ask.t(caption),
        folded: false,
        head: [
            "web-field-group",
            "web-field-register",
            "web-field-invited",
            "web-field-answered",
            "web-field-share",
            "web-field-share-register",
        ]
        .map(|key| ask.t(key))
        .into(),
        rows: lines
            .iter()
            .map(|l| Row {
                label: l.label.get(ask.lang).to_owned(),
                cells: vec![
                    number(l.population),
                    number(l.invited),
                    number(l.responded),
                    percent(ask, l.responded as usize, l.invited as usize),
                    percent(ask, l.responded as usize, l.population as usize),
                ],
            })
            .collect(),
    };
    Ok(vec![
        counts_table(ask, "web-field-by-channel", by_channel, |name| name),
        group("web-field-by-size", &table.by_size_class),
        group("web-field-by-type", &table.by_type),
        group("web-field-by-land", &table.by_land),
    ])
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    stored: &StoredWave,
    error: Option<String>,
) -> Result<Response, PageError> {
    let wave = &stored.wave;
    let name = &wave.name;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let invitations = state.store.invitations(name).await?;
    let (test, real): (Vec<&Invitation>, Vec<&Invitation>) = invitations
        .iter()
        .partition(|i| fieldwork::is_test(&i.municipality));
    let found = dispositions(state, stored).await?;
    let counted: BTreeSet<Key> = found
        .iter()
        .filter(|(_, d)| d.counts())
        .map(|(key, _)| key.clone())
        .collect();
    let invited: Vec<&Municipality> = real
        .iter()
        .filter_map(|i| register.get(&i.municipality))
        .filter(|u| u.population().is_some())
        .collect();
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    let mut tables = tables(state, ask, stored, &real, &counted, &found).await?;
    let days = days(&real);
    let shown = &days[days.len().saturating_sub(DAYS)..];
    if !shown.is_empty() {
        tables.insert(
            0,
            TableView {
                caption: ask.t("web-field-by-day"),
                folded: true,
                head: ["web-field-day", "web-field-submitted", "web-field-sum"]
                    .map(|key| ask.t(key))
                    .into(),
                rows: shown
                    .iter()
                    .filter(|(_, n, _)| *n > 0)
                    .map(|(date, n, sum)| Row {
                        label: ask.date(*date),
                        cells: vec![number(*n), number(*sum)],
                    })
                    .collect(),
            },
        );
    }
    let researcher = staff.role == Role::Researcher;
    let evenness = field_evenness(&invited, &counted).map(|e| {
        let part = |n: u32| numbers::decimal(ask.lang, f64::from(n) / 1_000.0, 2);
        let values = [
            ("value", part(e.indicator_thousandths)),
            ("adjusted", part(e.adjusted_thousandths)),
            ("model", e.model.get(ask.lang).to_owned()),
        ];
        let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
        ask.tv("web-field-evenness", &values)
    });
    let open = wave.frozen.is_none();
    let groups = if researcher && wave.phase(state.now()) == Phase::Open {
        remind_next(&invited, &counted)
    } else {
        Vec::new()
    };
    let here = format!("/verwaltung/feld/{name}");
    let link = |path: &str, key: &str| (ask.to(&format!("{here}/{path}")), ask.t(key));
    let links = if researcher {
        vec![
            link("grundgesamtheit", "web-field-link-population"),
            link("kontakte", "web-field-link-contacts"),
            link("schreiben/invitation", "web-field-link-write"),
            link("anmeldungen", "web-field-link-registrations"),
            link("probe", "web-field-link-trial"),
        ]
    } else {
        Vec::new()
    };
    let mailings = state.store.mailings(name).await?;
    let page = WatchPage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-watch-title", stored),
        ),
        lead: ask.tv(
            "web-field-watch-lead",
            &[
                ("n", &number(counted.len())),
                ("invited", &number(real.len())),
                ("share", &percent(ask, counted.len(), real.len())),
            ],
        ),
        until: ask.tv("web-field-watch-until", &[("day", &last_day(ask, wave))]),
        evenness,
        tables,
        chart: chart(ask, shown),
        groups: groups
            .iter()
            .take(GROUPS)
            .map(|g| group(ask, name, g))
            .collect(),
        remind_rule: ask.tv(
            "web-field-remind-rule",
            &[("from", &findings::REMIND_FROM.to_string())],
        ),
        links,
        mailings: mailings
            .iter()
            .filter(|m| researcher && m.round < 1_000_000)
            .map(|m| {
                let what = ask.tv(
                    "web-field-mailing",
                    &[("kind", m.kind.word()), ("round", &m.round.to_string())],
                );
                (what, format!("{} · {}", number(m.count), ask.moment(m.at)))
            })
            .collect(),
        tests: (!test.is_empty())
            .then(|| ask.tv("web-field-watch-tests", &[("count", &number(test.len()))])),
        researcher: researcher && open,
        extend_to: ask.to(&format!("{here}/verlaengern")),
        change_to: ask.to(&format!("/verwaltung/befragungen/aendern/{name}")),
        until_value: day(wave.closes).to_string(),
        error,
        response_href: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let stored = wave(&state, &name).await?;
    page(&state, &ask, &signed.0, &stored, None).await
}

/// Extends the field period to the end of a day.
pub(crate) async fn extend(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(extension): Form<Extension>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let until: Option<Date> = extension.bis.trim().parse().ok();
    let midnight = until
        .and_then(|date| date.checked_add(1.day()).ok())
        .and_then(|date| date.to_zoned(time_zone()).ok())
        .map(|at: Zoned| at.timestamp());
    let wave = WaveName(name.clone());
    let done = match midnight {
        None => false,
        Some(closes) => {
            state
                .store
                .extend_wave(&wave, closes, state.now(), &staff.mail)
                .await?
        }
    };
    if !done {
        let typed = until.map_or(extension.bis.clone(), |day| ask.date(day));
        let error = Some(ask.tv("web-field-extend-wrong", &[("typed", &typed)]));
        return page(&state, &ask, &staff, &stored, error).await;
    }
    state.known.forget(&wave);
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/feld/{name}"))).into_response())
}
