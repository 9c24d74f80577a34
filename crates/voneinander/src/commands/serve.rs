//! `serve`: all pages, and the outbox beside them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use anyhow::Context;
use exchange::{Sheet, SheetCell, SheetError};
use jiff::civil::Date;
use register::Register;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Data, note_address};
use crate::config::Config;
use crate::{clock, close, pages, publish};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: Data,
    /// Address to listen on, where it differs from the configured one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut config = Config::read(&arguments.data.folder)?;
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    let store = arguments.data.open().await?;
    let listener = bind(&mut config).await?;
    println!("{} — end with Ctrl+C", config.base_url());
    serve(store, &config, listener, &arguments.data.folder).await
}

/// Takes the address, with a hint when somebody else has it. Port 0 becomes the port that the system gave.
pub async fn bind(config: &mut Config) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; name another address with --listen",
            config.listen
        )
    })?;
    config.listen = listener.local_addr()?;
    Ok(listener)
}

/// Time that requests at hand have to finish once the end was asked for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves until Ctrl+C or SIGTERM; then requests are finished and the writer is drained.
pub async fn serve(
    store: Store,
    config: &Config,
    listener: TcpListener,
    data: &Path,
) -> anyhow::Result<()> {
    note_address(data, &config.base_url())?;
    let waves = store.waves().await?;
    let house = web::House {
        store: store.clone(),
        clock: clock::now,
        render: renderers(),
        finder: crate::finder::finder(crate::catalogue::Catalogue::new(&store)),
        steps: steps(&store, config, waves.iter().any(|w| w.wave.synthetic)),
        limits: web::Limits {
            behind_proxy: config.behind_proxy,
            https: config.base_url().starts_with("https://"),
            ..web::Limits::default()
        },
        base_url: config.base_url(),
        title: config.title.clone(),
        synthetic: waves.iter().any(|w| w.wave.synthetic),
        pages: Arc::new(pages::read(config.pages.as_deref())?),
        editions: web::EditionFiles {
            folder: data.join(publish::FOLDER),
        },
        throttle: Arc::default(),
        forms: Arc::default(),
        known: Arc::default(),
    };
    let (stop, stopped) = watch::channel(false);
    let outbox = config.outbox(data)?;
    let daily = tokio::spawn(jobs::run_daily(
        store.clone(),
        config.base_url(),
        clock::now,
        crate::secrets::bytes,
        stopped.clone(),
    ));
    let publishing = tokio::spawn(jobs::run_publishing(
        store.clone(),
        publishing(&store),
        clock::now,
        stopped.clone(),
    ));
    let mails = tokio::spawn(jobs::run(store.clone(), outbox, clock::now, stopped));
    let service = web::router(house).into_make_service_with_connect_info::<SocketAddr>();
    let (ending, mut ended) = watch::channel(false);
    let asked = async move {
        asked_to_stop().await;
        tracing::warn!("stopping: requests are finished, the writer is drained");
        let _nobody_waits = ending.send(true);
    };
    let serving = axum::serve(listener, service).with_graceful_shutdown(asked);
    let served = tokio::select! {
        served = serving => served.context("the server stopped"),
        // A browser that never finishes its request does not keep the service from ending.
        () = async {
            let _asked = ended.wait_for(|ended| *ended).await;
            tokio::select! {
                () = tokio::time::sleep(PATIENCE) => {}
                () = asked_to_stop() => {}
            }
        } => {
            tracing::warn!("some requests were not finished in time");
            Ok(())
        }
    };
    let _outbox_gone = stop.send(true);
    if let Err(error) = mails.await {
        tracing::error!(%error, "the outbox stopped badly");
    }
    if let Err(error) = publishing.await {
        tracing::error!(%error, "publishing stopped badly");
    }
    // A look at a link may take its time; it has nothing to lose.
    daily.abort();
    // Whatever happened before: what was accepted is written.
    store.close().await;
    served
}

/// Rendering, handed to the pages: they must not know Typst.
fn renderers() -> web::Renderers {
    web::Renderers {
        feedback_sheet: Arc::new(|sheet, lang| {
            handbook::render_feedback_sheet(sheet, lang).map_err(|e| e.to_string())
        }),
        questionnaire: Arc::new(|questionnaire, wave, lang| {
            handbook::render_questionnaire(questionnaire, &cover(wave, lang), lang)
                .map_err(|e| e.to_string())
        }),
        answers: Arc::new(|questionnaire, wave, given, lang| {
            handbook::render_answers(questionnaire, &cover(wave, lang), given, lang)
                .map_err(|e| e.to_string())
        }),
        handbook: Arc::new(|edition| handbook::render_handbook(edition).map_err(|e| e.to_string())),
        workbook: Arc::new(|sheet, day| workbook(sheet, day).map_err(|e| e.to_string())),
        picture: Arc::new(|drawn| handbook::render_picture(&drawn.svg).map_err(|e| e.to_string())),
    }
}

/// What stands on the first page of a printed questionnaire.
fn cover(wave: &fieldwork::Wave, lang: questionnaire::Lang) -> handbook::QuestionnaireCover {
    handbook::QuestionnaireCover {
        title: wave.title.get(lang).to_owned(),
        institute: wave.institute.name.clone(),
        purpose: wave.purpose.get(lang).to_owned(),
        until: clock::day(wave.closes)
            .yesterday()
            .unwrap_or(clock::day(wave.closes)),
        contact: wave.contact.clone(),
        synthetic: wave.synthetic,
    }
}

/// A sheet of the evaluation workspace as xlsx.
fn workbook(sheet: &edition::analysis::Sheet, day: Date) -> Result<Vec<u8>, SheetError> {
    let cell = |cell: &edition::analysis::SheetCell| match cell {
        edition::analysis::SheetCell::Text(words) => SheetCell::Text(words.clone()),
        edition::analysis::SheetCell::Number(number) => SheetCell::Number(*number),
        edition::analysis::SheetCell::Empty => SheetCell::Empty,
    };
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect());
    let sheet = Sheet {
        name: sheet.name.clone(),
        notes: sheet.notes.clone(),
        head: sheet.head.clone(),
        rows: rows.collect(),
    };
    exchange::write_sheet(&sheet, day)
}

/// Steps through several crates, handed to the back office.
fn steps(store: &Store, config: &Config, synthetic: bool) -> web::Steps {
    let (closing, freezing) = (store.clone(), store.clone());
    // Made when it is first asked for: a start does not wait for it.
    let invented = LazyLock::new(|| Register::invented(crate::demo::SEED));
    web::Steps {
        field: field_steps(store, config.base_url()),
        close_wave: Arc::new(move |name, at, actor| {
            let store = closing.clone();
            Box::pin(async move {
                let closed = close::close_wave(&store, &name, at, &actor).await;
                closed.map(|_| ()).map_err(|e| format!("{e:#}"))
            })
        }),
        freeze_edition: Arc::new(move |key| {
            let store = freezing.clone();
            Box::pin(async move {
                publish::preview(&store, &key)
                    .await
                    .map_err(|e| format!("{e:#}"))
            })
        }),
        invented: Arc::new(move |key| invented.get(key).filter(|_| synthetic).cloned()),
    }
}

/// Publishes an edition; why not, in both languages.
fn publishing(store: &Store) -> Arc<jobs::Publish> {
    let store = store.clone();
    Arc::new(move |key, at, actor| {
        let store = store.clone();
        Box::pin(async move {
            let published = publish::publish(&store, &key, None, at, &actor).await;
            let said = |error: anyhow::Error| serde_json::json!(publish::words(&error)).to_string();
            published.map(|_| ()).map_err(said)
        })
    })
}

/// Mailings, letters and rehearsals.
fn field_steps(store: &Store, base_url: String) -> web::FieldSteps {
    use crate::field::{LetterFile, letters, plan, rehearse, send};
    let said = |error: anyhow::Error| format!("{error:#}");
    let with = || (store.clone(), base_url.clone());
    let (planning, sending, writing, rehearsing) = (with(), with(), with(), with());
    web::FieldSteps {
        plan: Arc::new(move |order| {
            let (store, url) = planning.clone();
            Box::pin(async move { plan(&store, &order, &url).await.map_err(said) })
        }),
        send: Arc::new(move |order, at, actor| {
            let (store, url) = sending.clone();
            Box::pin(async move { send(&store, &order, &url, at, &actor).await.map_err(said) })
        }),
        letters: Arc::new(move |order, format, at, actor| {
            let (store, url) = writing.clone();
            Box::pin(async move {
                let file = match format {
                    web::LetterFormat::Pdf => LetterFile::Pdf,
                    web::LetterFormat::Xlsx => LetterFile::Xlsx,
                    web::LetterFormat::Csv => LetterFile::Csv,
                };
                let made = letters(&store, &order, &[file], &url, (at, &actor)).await;
                let (mut files, _) = made.map_err(said)?;
                files.pop().ok_or_else(|| "no file was made".to_owned())
            })
        }),
        rehearse: Arc::new(move |name, at| {
            let (store, url) = rehearsing.clone();
            Box::pin(async move {
                let found = rehearse(&store, &name, 1, &url, at).await.map_err(said)?;
                let mut lines = vec![
                    ("web-field-rehearsed-invited", found.invited.to_string()),
                    ("web-field-rehearsed-mails", found.mails.to_string()),
                    ("web-field-rehearsed-n", found.n.to_string()),
                    ("web-field-rehearsed-findings", found.findings.to_string()),
                    (
                        "web-field-rehearsed-seconds",
                        format!("{:.0}", found.seconds),
                    ),
                ];
                if !found.unseen.is_empty() {
                    lines.push(("web-field-rehearsed-unseen", found.unseen.join(", ")));
                }
                Ok(lines)
            })
        }),
    }
}

/// Waits for Ctrl+C or SIGTERM.
pub async fn asked_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.is_some(),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
