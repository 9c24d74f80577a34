//! What a municipality withdraws leaves the files of the database: the bytes are looked for, in the log too.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod support;

use std::path::Path;

use fieldwork::{Origin, Save, WaveName};
use questionnaire::{Answer, Nomination, VariableKey};
use store::{Store, WithdrawOutcome};

use support::key;

/// Files of the folder in which these bytes stand.
fn holding(folder: &Path, marker: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(marker.len()).any(|w| w == marker.as_bytes()) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

async fn answers(store: &Store, wave: &WaveName, number: u32) {
    let marker = format!("MERKTEXT-{number:04}-");
    // Several saves of growing texts: rows move between pages, and old ones stay behind where nothing clears them.
    for round in 1..=6u32 {
        let words = format!("{marker}{}", "wort ".repeat(150 * round as usize));
        let named = Nomination {
            title: format!("{marker}{round}"),
            description: words.clone(),
            field: "wohnen".into(),
            mailbox: None,
        };
        let text = (Some(Answer::Text(words)), round - 1);
        let practice = (Some(Answer::Nominations(vec![named])), round - 1);
        let save = Save {
            changes: [
                (VariableKey::from("anliegen"), text),
                (VariableKey::from("praxis"), practice),
            ]
            .into(),
            at: support::at(i64::from(round)),
            by: Origin::Contact,
        };
        store.save(wave, &key(number), save).await.unwrap();
        if round == 4 {
            let submitted = store.submit(wave, &key(number), support::at(4)).await;
            submitted.unwrap();
        }
    }
    let file = format!("%PDF-1.7 {marker}").into_bytes();
    store
        .keep_answer_file(
            wave,
            &key(number),
            &format!("{marker}.pdf"),
            &file,
            support::at(6),
        )
        .await
        .unwrap();
    let comment = vec![("anliegen".to_owned(), format!("{marker}Anmerkung"))];
    store
        .add_comments(wave, &key(number), Origin::Contact, comment, support::at(7))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_from_database_and_log() {
    const ALL: u32 = 60;
    let wave = support::name();
    let store = support::file_with_wave(&support::folder("withdrawal"), ALL).await;
    for number in 0..ALL {
        answers(&store, &wave, number).await;
    }
    let folder = store.folder().to_owned();
    let before = holding(&folder, "MERKTEXT-0007-");
    assert!(!before.is_empty(), "the marker is written somewhere");
    println!("before: {before:?}");
    let mut left = Vec::new();
    for number in (0..ALL).filter(|n| n % 3 == 1) {
        let done = store
            .withdraw(&wave, &key(number), support::at(9), "test")
            .await;
        assert_eq!(done.unwrap(), WithdrawOutcome::Withdrawn { clean: true });
        let files = holding(&folder, &format!("MERKTEXT-{number:04}-"));
        if !files.is_empty() {
            left.push((number, files));
        }
    }
    assert!(left.is_empty(), "still there: {left:?}");
    // Others are untouched, also in the history and the comments.
    assert!(!holding(&folder, "MERKTEXT-0000-").is_empty());
    assert_eq!(
        store.response(&wave, &key(0)).await.unwrap().records.len(),
        2
    );
    assert_eq!(store.answer_changes(&wave, &key(0)).await.unwrap().len(), 4);
    assert!(
        store
            .answer_changes(&wave, &key(1))
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .practices()
            .await
            .unwrap()
            .iter()
            .all(|p| p.municipality != key(1))
    );
    let again = store.withdraw(&wave, &key(1), support::at(9), "test").await;
    assert_eq!(again.unwrap(), WithdrawOutcome::NotThere);
    // A backup made now holds nothing of it either.
    let copy = folder.join("sicherung.db");
    store.backup(&copy).await.unwrap();
    assert!(holding(&folder, "MERKTEXT-0004-").is_empty());
    store.close().await;
    assert!(holding(&folder, "MERKTEXT-0004-").is_empty());
}
