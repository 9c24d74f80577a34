//! What only a database server brings: several nodes, lost connections, requests that are dropped half-way.
//!
//! Runs where VONEINANDER_TEST_SERVER names a server (`cargo xtask test` starts one), and says so where it does not.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod support;

use std::time::Duration;

use questionnaire::{Answer, VariableKey};
use sqlx::Connection;
use store::{OpenError, SaveOutcome, Store};

use support::*;

/// The server, or `None` with a word about it.
fn asked(test: &str) -> Option<String> {
    let server = server();
    if server.is_none() {
        eprintln!("{test}: skipped, VONEINANDER_TEST_SERVER names no PostgreSQL server");
    }
    server
}

fn anliegen() -> VariableKey {
    VariableKey("anliegen".into())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_start_at_once_make_the_tables_once() {
    let Some(server) = asked("two_nodes_that_start_at_once_make_the_tables_once") else {
        return;
    };
    let folder = folder("at-once");
    make_database(&server, &folder).await;
    let url = url(&server, &folder);
    let (one, two) = tokio::join!(Store::connect(&url, &folder), Store::connect(&url, &folder));
    one.unwrap().health().await.unwrap();
    two.unwrap().health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_overwrite_nothing_of_each_other() {
    let Some(_) = asked("two_nodes_overwrite_nothing_of_each_other") else {
        return;
    };
    let folder = folder("nodes");
    let one = store_with_wave(&folder, 1).await;
    let two = open(&folder).await;
    for round in 0..100 {
        let before = one.response(&name(), &key(0)).await.unwrap();
        let (first, second) = (format!("eins {round}"), format!("zwei {round}"));
        let (a, b) = tokio::join!(
            one.save_after(&before, save(&first, round, 1)),
            two.save_after(&before, save(&second, round, 1)),
        );
        let outcomes = [a.unwrap(), b.unwrap()];
        let count = |wanted: fn(&SaveOutcome) -> bool| {
            outcomes.iter().filter(|outcome| wanted(outcome)).count()
        };
        let saved = count(|outcome| matches!(outcome, SaveOutcome::Saved(_)));
        let told = count(|outcome| matches!(outcome, SaveOutcome::Conflict(_)));
        assert_eq!((saved, told), (1, 1), "round {round}: {outcomes:?}");
    }
}

/// One node goes without a word, with its saves on the way; the other goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_goes_takes_nothing_with_it() {
    let Some(_) = asked("a_node_that_goes_takes_nothing_with_it") else {
        return;
    };
    let folder = folder("gone");
    let one = store_with_wave(&folder, 8).await;
    let two = open(&folder).await;
    let mut on_the_way = Vec::new();
    for i in 0..8 {
        let one = one.clone();
        on_the_way.push(tokio::spawn(async move {
            one.save(&name(), &key(i), save("vom ersten", 0, 1)).await
        }));
    }
    // Dropped requests: those who asked do not wait for the answer.
    for task in &on_the_way {
        task.abort();
    }
    drop(one);
    for i in 0..8 {
        let seen = two
            .response(&name(), &key(i))
            .await
            .unwrap()
            .version(&anliegen());
        let mut outcome = two
            .save(&name(), &key(i), save("vom zweiten", seen, 2))
            .await
            .unwrap();
        if let SaveOutcome::Conflict(conflicts) = &outcome {
            // The first node's save came in after the reading: it stands, and is told.
            assert_eq!(conflicts.len(), 1);
            outcome = two
                .save(&name(), &key(i), save("vom zweiten", seen + 1, 2))
                .await
                .unwrap();
        }
        assert_eq!(outcome, SaveOutcome::Saved(vec![anliegen()]));
    }
}

/// Requests dropped at any moment leave no transaction open: what follows is saved and read as always.
#[tokio::test(flavor = "multi_thread")]
async fn requests_that_are_dropped_half_way_leave_nothing_open() {
    let Some(_) = asked("requests_that_are_dropped_half_way_leave_nothing_open") else {
        return;
    };
    let folder = folder("dropped");
    let store = store_with_wave(&folder, 1).await;
    for round in 0..200u64 {
        let dropped = store.clone();
        let task = tokio::spawn(async move {
            let before = dropped.response(&name(), &key(0)).await?;
            let seen = before.version(&anliegen());
            dropped
                .save_after(&before, save(&format!("{round}"), seen, 1))
                .await
        });
        tokio::time::sleep(Duration::from_micros(round * 20)).await;
        task.abort();
    }
    let before = store.response(&name(), &key(0)).await.unwrap();
    let seen = before.version(&anliegen());
    let outcome = store.save_after(&before, save("am Ende", seen, 1)).await;
    assert!(
        matches!(
            outcome,
            Ok(SaveOutcome::Saved(_) | SaveOutcome::Conflict(_))
        ),
        "{outcome:?}"
    );
    let mut admin = sqlx::PgConnection::connect(&url(&server().unwrap(), &folder))
        .await
        .unwrap();
    const OPEN: &str = "SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    let open: i64 = sqlx::query_scalar(OPEN)
        .fetch_one(&mut admin)
        .await
        .unwrap();
    assert_eq!(open, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_server_ends_are_made_anew() {
    let Some(server) = asked("connections_that_the_server_ends_are_made_anew") else {
        return;
    };
    let folder = folder("ended");
    let store = store_with_wave(&folder, 1).await;
    let first = store.save(&name(), &key(0), save("vorher", 0, 1)).await;
    assert!(matches!(first, Ok(SaveOutcome::Saved(_))), "{first:?}");
    let mut admin = sqlx::PgConnection::connect(&url(&server, &folder))
        .await
        .unwrap();
    const END: &str = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let ended: i64 = sqlx::query_scalar(END).fetch_one(&mut admin).await.unwrap();
    assert!(ended >= 1);
    let second = store.save(&name(), &key(0), save("nachher", 1, 2)).await;
    assert!(matches!(second, Ok(SaveOutcome::Saved(_))), "{second:?}");
    let standing = store.response(&name(), &key(0)).await.unwrap();
    assert_eq!(
        standing.answers()[&anliegen()],
        Answer::Text("nachher".into())
    );
}

#[tokio::test]
async fn what_is_no_address_is_told_without_its_password() {
    let folder = folder("address");
    let error = Store::connect("postgres://anna:geheim@host:keinport/x", &folder)
        .await
        .unwrap_err();
    assert!(matches!(error, OpenError::Address { .. }), "{error}");
    assert!(!error.to_string().contains("geheim"), "{error}");
    assert!(error.to_string().contains("postgres://USER"), "{error}");
}
