//! The writer against a real database: what was answered is there after reopening, nothing is overwritten.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod support;

use std::collections::BTreeMap;

use fieldwork::{AccessToken, Save};
use questionnaire::{Answer, VariableKey};
use store::{FreezeOutcome, OpenError, Role, SaveOutcome, Store, SubmitOutcome};

use support::*;

#[tokio::test]
async fn a_saved_answer_is_there_after_reopening() {
    let folder = folder("reopen");
    let store = store_with_wave(&folder, 1).await;
    let saved = store
        .save(&name(), &key(0), save("ein Raum", 0, 1))
        .await
        .unwrap();
    assert_eq!(
        saved,
        SaveOutcome::Saved(vec![VariableKey("anliegen".into())])
    );
    // No orderly close: the process may die here.
    std::mem::forget(store);
    let again = open(&folder).await;
    let response = again.response(&name(), &key(0)).await.unwrap();
    assert_eq!(
        response.answers()[&VariableKey("anliegen".into())],
        Answer::Text("ein Raum".into())
    );
}

#[tokio::test]
async fn of_two_who_save_at_once_one_is_told() {
    let folder = folder("race");
    let store = store_with_wave(&folder, 1).await;
    for round in 0..50 {
        let (one, two) = (format!("eins {round}"), format!("zwei {round}"));
        let (name, key) = (name(), key(0));
        let (a, b) = tokio::join!(
            store.save(&name, &key, save(&one, round, 1)),
            store.save(&name, &key, save(&two, round, 1)),
        );
        let outcomes = [a.unwrap(), b.unwrap()];
        let saved = outcomes
            .iter()
            .filter(|o| matches!(o, SaveOutcome::Saved(_)))
            .count();
        assert_eq!(saved, 1, "round {round}: {outcomes:?}");
        assert!(
            outcomes
                .iter()
                .any(|o| matches!(o, SaveOutcome::Conflict(_)))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_share_commits_and_lose_nothing() {
    let folder = folder("many");
    let store = store_with_wave(&folder, 64).await;
    let tasks: Vec<_> = (0..64)
        .map(|i| {
            let store = store.clone();
            tokio::spawn(async move {
                for round in 0..20 {
                    let outcome = store
                        .save(&name(), &key(i), save(&format!("{i} {round}"), round, 1))
                        .await
                        .unwrap();
                    assert!(matches!(outcome, SaveOutcome::Saved(_)));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    for (municipality, response) in store.responses(&name()).await.unwrap() {
        assert_eq!(
            response.version(&VariableKey("anliegen".into())),
            20,
            "{municipality}"
        );
    }
}

#[tokio::test]
async fn after_the_field_period_nothing_is_saved_or_submitted() {
    let folder = folder("closed");
    let store = store_with_wave(&folder, 1).await;
    assert_eq!(
        store
            .save(&name(), &key(0), save("zu spät", 0, 60))
            .await
            .unwrap(),
        SaveOutcome::Closed
    );
    assert_eq!(
        store.submit(&name(), &key(0), at(61)).await.unwrap(),
        SubmitOutcome::Closed
    );
    assert!(
        store
            .response(&name(), &key(0))
            .await
            .unwrap()
            .records
            .is_empty()
    );
}

#[tokio::test]
async fn an_uninvited_municipality_cannot_save() {
    let folder = folder("uninvited");
    let store = store_with_wave(&folder, 1).await;
    assert_eq!(
        store.save(&name(), &key(7), save("x", 0, 1)).await.unwrap(),
        SaveOutcome::Closed
    );
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let folder = folder("newer");
    file_with_wave(&folder, 0).await.close().await;
    let file = folder.join("voneinander.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute("INSERT INTO schema_version (version) VALUES (999)", [])
        .unwrap();
    let error = Store::open(&folder).await.unwrap_err();
    assert!(
        matches!(error, OpenError::Newer { found: 999, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_backup_taken_while_saving_can_be_restored() {
    let folder = folder("backup");
    let store = file_with_wave(&folder, 1).await;
    store
        .save(&name(), &key(0), save("vorher", 0, 1))
        .await
        .unwrap();
    let file = folder.join("sicherung.db");
    store.backup(&file).await.unwrap();
    store
        .save(&name(), &key(0), save("nachher", 1, 2))
        .await
        .unwrap();
    let restored = folder.join("neu");
    Store::restore(&file, &restored).await.unwrap();
    let response = Store::open(&restored)
        .await
        .unwrap()
        .response(&name(), &key(0))
        .await
        .unwrap();
    assert_eq!(
        response.answers()[&VariableKey("anliegen".into())],
        Answer::Text("vorher".into())
    );
}

#[tokio::test]
async fn closing_drains_what_waits() {
    let folder = folder("drain");
    let store = store_with_wave(&folder, 1).await;
    let other = store.clone();
    let waiting =
        tokio::spawn(async move { other.save(&name(), &key(0), save("noch da", 0, 1)).await });
    tokio::task::yield_now().await;
    store.close().await;
    assert!(matches!(
        waiting.await.unwrap(),
        Ok(SaveOutcome::Saved(_)) | Err(store::StoreError::Stopped)
    ));
}

#[tokio::test]
async fn closing_leaves_one_file_that_holds_everything() {
    let folder = folder("one-file");
    let store = file_with_wave(&folder, 1).await;
    store
        .save(&name(), &key(0), save("alles", 0, 1))
        .await
        .unwrap();
    store.close().await;
    assert!(
        !folder.join("voneinander.db-wal").exists(),
        "the log is carried over into the file"
    );
}

/// As `voneinander invite --all` does beside a server whose writer never rests.
#[tokio::test(flavor = "multi_thread")]
async fn another_process_gets_its_turn_beside_a_busy_writer() {
    let folder = folder("beside");
    let store = store_with_wave(&folder, 64).await;
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let saving: Vec<_> = (0..64)
        .map(|i| {
            let (store, stop) = (store.clone(), stop.clone());
            tokio::spawn(async move {
                let mut round = 0;
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    let outcome = store
                        .save(&name(), &key(i), save(&format!("{i} {round}"), round, 1))
                        .await
                        .unwrap();
                    assert!(matches!(outcome, SaveOutcome::Saved(_)));
                    round += 1;
                }
                round
            })
        })
        .collect();
    let other = open(&folder).await;
    let invitations = (1000..6000).map(|i: u32| invitation(i, 7)).collect();
    let began = std::time::Instant::now();
    other
        .invite(&name(), "test", invitations, at(0), "test")
        .await
        .unwrap();
    other.close().await;
    let took = began.elapsed();
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let mut saves = 0;
    for task in saving {
        saves += task.await.unwrap();
    }
    println!("5000 invitations in {took:?} beside {saves} saves");
    assert_eq!(store.invitations(&name()).await.unwrap().len(), 5064);
}

#[tokio::test]
async fn an_answer_that_comes_in_while_a_wave_is_evaluated_is_not_left_out() {
    let folder = folder("freeze");
    let store = store_with_wave(&folder, 1).await;
    let questionnaire = questionnaire::Questionnaire::read(
        include_str!("../../../demo/fragebogen.yaml"),
        "fragebogen.yaml",
    )
    .unwrap();
    let day = jiff::civil::date(2016, 3, 7);
    let dataset = dataset::Dataset::freeze(&questionnaire, "probe", day, &[]).unwrap();
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
    let release = findings::audit(release, &waves, &[], day).unwrap();
    let freeze = async |seen| {
        let made = (&dataset, &release);
        store.freeze(&name(), seen, made, at(3), "test").await
    };
    let seen = store.field_state(&name()).await.unwrap();
    let late = save("kommt dazwischen", 0, 2);
    store.save(&name(), &key(0), late).await.unwrap();
    assert_eq!(freeze(seen).await.unwrap(), FreezeOutcome::Changed);
    let seen = store.field_state(&name()).await.unwrap();
    assert_eq!(freeze(seen).await.unwrap(), FreezeOutcome::Frozen);
    assert_eq!(freeze(seen).await.unwrap(), FreezeOutcome::Before);
    // What is frozen ends, takes no answers, and its settings stay.
    let wave = store.wave(&name()).await.unwrap().unwrap();
    assert_eq!(wave.wave.closes, at(3));
    let outcome = store.save(&name(), &key(0), save("zu spät", 1, 4)).await;
    assert_eq!(outcome.unwrap(), SaveOutcome::Closed);
    let list = wave.register_list;
    assert!(!store.put_wave(wave_on(list), at(5), "test").await.unwrap());
}

#[tokio::test]
async fn who_is_removed_or_gets_a_new_password_is_signed_out() {
    let folder = folder("staff");
    let store = store_with_wave(&folder, 0).await;
    let (mail, hash) = ("A@institut.example", AccessToken::from_link("x").hash());
    let put = async |password: Option<&str>| {
        let password = password.map(|p| store::hash_password(p).unwrap());
        let put = store.put_staff(mail, "A", Role::Editor, password, at(0), "test");
        put.await.unwrap()
    };
    let id = put(None).await;
    let session = async || store.session(&hash, at(1)).await.unwrap();
    let begin = async || {
        let begun = store.begin_session(hash.clone(), id, at(0), at(60));
        begun.await.unwrap();
    };
    begin().await;
    put(None).await;
    assert!(session().await.is_some(), "a new name keeps the session");
    put(Some("langes passwort")).await;
    assert!(session().await.is_none(), "a new password ends it");
    let known = store.staff_by_password(mail, "langes passwort").await;
    assert!(known.unwrap().is_some());
    let wrong = store.staff_by_password(mail, "kurzes passwort").await;
    assert!(wrong.unwrap().is_none());
    begin().await;
    assert!(store.remove_staff(mail, at(1), "test").await.unwrap());
    assert!(session().await.is_none() && store.all_staff().await.unwrap().is_empty());
    assert!(!store.remove_staff(mail, at(1), "test").await.unwrap());
}

#[tokio::test]
async fn a_restored_folder_has_no_sessions_and_what_is_no_backup_is_told() {
    let folder = folder("restored");
    let store = file_with_wave(&folder, 0).await;
    let hash = AccessToken::from_link("x").hash();
    let put = store.put_staff("a@b.example", "A", Role::Editor, None, at(0), "test");
    let id = put.await.unwrap();
    let begun = store.begin_session(hash.clone(), id, at(0), at(60));
    begun.await.unwrap();
    let file = folder.join("sicherung.db");
    store.backup(&file).await.unwrap();
    let restored = folder.join("neu");
    Store::restore(&file, &restored).await.unwrap();
    let again = Store::open(&restored).await.unwrap();
    assert!(again.session(&hash, at(1)).await.unwrap().is_none());
    assert_eq!(again.all_staff().await.unwrap().len(), 1);

    let text = folder.join("brief.txt");
    std::fs::write(&text, "kein Abbild").unwrap();
    let error = Store::restore(&text, &folder.join("nichts")).await;
    assert!(matches!(error, Err(OpenError::NoBackup { .. })));
    assert!(!folder.join("nichts").exists());
}

#[tokio::test]
async fn a_save_after_a_stale_read_merges_or_is_told() {
    let folder = folder("stale");
    let store = store_with_wave(&folder, 1).await;
    let before = store.response(&name(), &key(0)).await.unwrap();
    let first = store.save_after(&before, save("eins", 0, 1)).await.unwrap();
    assert!(matches!(first, SaveOutcome::Saved(_)), "{first:?}");
    // The same variable, read before the first save: told.
    let second = store.save_after(&before, save("zwei", 0, 1)).await.unwrap();
    assert!(matches!(second, SaveOutcome::Conflict(_)), "{second:?}");
    // Another variable, read before the first save: both stand.
    let change = (Some(Answer::Text("drei".into())), 0);
    let other = Save {
        changes: BTreeMap::from([(VariableKey("anders".into()), change)]),
        at: at(1),
        by: Default::default(),
    };
    let third = store.save_after(&before, other).await.unwrap();
    assert!(matches!(third, SaveOutcome::Saved(_)), "{third:?}");
    let standing = store.response(&name(), &key(0)).await.unwrap();
    assert_eq!(standing.answers().len(), 2);
    // After the field period: nothing.
    let late = store
        .save_after(&standing, save("spät", 1, 60))
        .await
        .unwrap();
    assert_eq!(late, SaveOutcome::Closed);
    std::mem::forget(store);
    let again = open(&folder).await;
    assert_eq!(again.response(&name(), &key(0)).await.unwrap(), standing);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_read_the_same_and_save_at_once_one_wins_each_round() {
    let folder = folder("herd");
    let store = store_with_wave(&folder, 1).await;
    for round in 0..25 {
        let before = store.response(&name(), &key(0)).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|i| {
                let (store, before) = (store.clone(), before.clone());
                tokio::spawn(async move {
                    let text = format!("{round} {i}");
                    store
                        .save_after(&before, save(&text, round, 1))
                        .await
                        .unwrap()
                })
            })
            .collect();
        let mut saved = 0;
        for task in tasks {
            saved += usize::from(matches!(task.await.unwrap(), SaveOutcome::Saved(_)));
        }
        assert_eq!(saved, 1, "round {round}");
    }
}

#[tokio::test]
async fn what_is_remembered_of_a_response_holds_only_while_its_row_says_so() {
    let folder = folder("remembered");
    let here = store_with_wave(&folder, 1).await;
    let elsewhere = open(&folder).await;
    let link = invitation(0, 0).link;
    let stands = async |store: &Store| store.answering(&link).await.unwrap().unwrap().response;
    let before = stands(&here).await;
    let (saved, after) = here.save_onto(&before, save("eins", 0, 1)).await.unwrap();
    assert!(matches!(saved, SaveOutcome::Saved(_)), "{saved:?}");
    assert_eq!(Some(stands(&here).await), after);
    // Another process writes: it is read, and what is saved onto the older state is told.
    let second = elsewhere
        .save(&name(), &key(0), save("zwei", 1, 1))
        .await
        .unwrap();
    assert!(matches!(second, SaveOutcome::Saved(_)), "{second:?}");
    let text = Answer::Text("zwei".into());
    let now = stands(&here).await;
    assert_eq!(now.answers()[&VariableKey::from("anliegen")], text);
    let (late, none) = here
        .save_onto(&after.unwrap(), save("drei", 1, 1))
        .await
        .unwrap();
    assert!(matches!(late, SaveOutcome::Conflict(_)) && none.is_none());
    // Submitted and taken back without a change of the answers.
    here.submit(&name(), &key(0), at(2)).await.unwrap();
    assert_eq!(stands(&here).await.submitted, Some(at(2)));
    elsewhere
        .withdraw(&name(), &key(0), at(3), "test")
        .await
        .unwrap();
    assert!(stands(&here).await.answers().is_empty());
}
