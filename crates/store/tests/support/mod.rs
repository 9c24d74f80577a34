//! What the tests of the store share: which database they run on, and a wave with municipalities in it.
//!
//! Without further words that is a file. Where VONEINANDER_TEST_SERVER names a PostgreSQL server whose user may make
//! databases, it is a database of that server: `cargo xtask test` starts one and runs the tests on both.

#![allow(clippy::unwrap_used)] // helpers of tests may
#![allow(dead_code)] // not every test needs all of it

use std::path::{Path, PathBuf};

use fieldwork::{AccessCode, AccessToken, Supporter, Wave, WaveName};
use jiff::Timestamp;
use questionnaire::Text;
use register::{Key, Register};
use sqlx::{AssertSqlSafe, Connection};
use store::{NewInvitation, Store, StoredWave};

const NOON: i64 = 1_480_000_000_000;

pub fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millisecond(NOON + minutes * 60_000).unwrap()
}

pub fn folder(name: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("voneinander-store-{name}-{}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

pub fn key(number: u32) -> Key {
    Key::new(format!("{:08}", 1_000_000 + number)).unwrap()
}

pub fn name() -> WaveName {
    WaveName("probe".into())
}

/// Address of the test server with `{}` where the database's name belongs; `None` when the tests run on files.
pub fn server() -> Option<String> {
    std::env::var("VONEINANDER_TEST_SERVER").ok()
}

/// Address of the database that belongs to a folder.
pub fn url(server: &str, folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_str().unwrap();
    server.replace("{}", name)
}

/// Makes the database of a folder on the test server, empty.
pub async fn make_database(server: &str, folder: &Path) {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let mut admin = sqlx::PgConnection::connect(&server.replace("{}", "postgres"))
        .await
        .unwrap();
    for sql in [
        format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"),
        format!("CREATE DATABASE \"{name}\""),
    ] {
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut admin)
            .await
            .unwrap();
    }
}

/// A new database.
pub async fn create(folder: &Path) -> Store {
    match server() {
        Some(server) => {
            make_database(&server, folder).await;
            Store::connect(&url(&server, folder), folder).await.unwrap()
        }
        None => Store::create(folder).await.unwrap(),
    }
}

/// The same database once more.
pub async fn open(folder: &Path) -> Store {
    match server() {
        Some(server) => Store::connect(&url(&server, folder), folder).await.unwrap(),
        None => Store::open(folder).await.unwrap(),
    }
}

/// The wave on a list of municipalities.
pub fn wave_on(register_list: i64) -> StoredWave {
    let nobody = || Supporter {
        name: "Institut".into(),
        logo_svg: None,
    };
    let wave = Wave {
        name: name(),
        title: Text::default(),
        purpose: Text::default(),
        institute: nobody(),
        funder: nobody(),
        supporters: vec![],
        contact: "studie@institut.example".into(),
        minutes: (15, 20),
        opens: at(0),
        closes: at(60),
        frozen: None,
        synthetic: true,
    };
    StoredWave {
        wave,
        register_list,
        questionnaire: String::new(),
    }
}

/// An invitation whose secrets are made of two numbers.
pub fn invitation(number: u32, salt: u8) -> NewInvitation {
    let mut bytes = [salt; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    let code = AccessCode::from_random(bytes[..10].try_into().unwrap());
    NewInvitation {
        municipality: key(number),
        link: AccessToken::from_random(bytes).hash(),
        code: code.hash(),
    }
}

/// A wave with so many invited municipalities, on whichever database the tests run.
pub async fn store_with_wave(folder: &Path, municipalities: u32) -> Store {
    with_wave(create(folder).await, municipalities).await
}

/// The same in a file, for what only a file can do.
pub async fn file_with_wave(folder: &Path, municipalities: u32) -> Store {
    with_wave(Store::create(folder).await.unwrap(), municipalities).await
}

async fn with_wave(store: Store, municipalities: u32) -> Store {
    let register = store
        .import_register(&Register::invented(1), "invented", at(0))
        .await
        .unwrap();
    store
        .put_wave(wave_on(register), at(0), "test")
        .await
        .unwrap();
    let invitations = (0..municipalities).map(|i| invitation(i, 0)).collect();
    store
        .invite(&name(), "test", invitations, at(0), "test")
        .await
        .unwrap();
    store
}

pub fn save(text: &str, seen: u32, minutes: i64) -> fieldwork::Save {
    let change = (Some(questionnaire::Answer::Text(text.into())), seen);
    fieldwork::Save {
        changes: std::collections::BTreeMap::from([(
            questionnaire::VariableKey("anliegen".into()),
            change,
        )]),
        at: at(minutes),
        by: Default::default(),
    }
}
