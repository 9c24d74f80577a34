//! On a server of their own on loopback, which the rule of the house would never ask.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;

use super::*;

/// A server that answers each path with a status and headers, and notes what it was asked.
fn server(answers: &'static [(&'static str, &'static str)]) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut buffer = [0; 4096];
            let n = stream.read(&mut buffer).unwrap_or(0);
            let text = String::from_utf8_lossy(&buffer[..n]).into_owned();
            let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
            let known = answers.iter().find(|(p, _)| *p == path);
            let answer = known.map_or("404 Not Found\r\n", |(_, a)| a);
            noted.lock().unwrap().push(path);
            let whole = match answer.split_once("\r\n\r\n") {
                Some((head, body)) => format!(
                    "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                ),
                None => format!("HTTP/1.1 {answer}Content-Length: 0\r\nConnection: close\r\n\r\n"),
            };
            let _gone = stream.write_all(whole.as_bytes());
        }
    });
    (port, asked)
}

/// Every name leads to loopback, and loopback is allowed but for the name `intern.stadt.de`, which stays at the rule.
fn rule(port: u16) -> Rule {
    Rule {
        resolve: Arc::new(move |host, _| match host {
            "intern.stadt.de" => Ok(vec![SocketAddr::from(([10, 0, 0, 7], 80))]),
            _ => Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))]),
        }),
        allowed: |ip| ip.is_loopback() || is_public(ip),
        ports: |_| true,
        pause: Duration::ZERO,
    }
}

#[test]
fn what_is_there_answers_and_what_is_gone_is_dead() {
    let (port, asked) = server(&[
        ("/robots.txt", "404 Not Found\r\n"),
        ("/da", "200 OK\r\n\r\nviel Text"),
        ("/umgezogen", "301 Moved\r\nLocation: /da\r\n"),
        ("/kaputt", "500 Error\r\n"),
        ("/kreis", "302 Found\r\nLocation: /kreis\r\n"),
    ]);
    let mut looker = Looker::new(rule(port));
    let mut see = |path: &str| looker.look(&format!("http://www.stadt.de{path}"));
    assert_eq!(see("/da"), look(LinkOutcome::Alive, true, "200"));
    assert_eq!(see("/umgezogen"), look(LinkOutcome::Alive, true, "200"));
    assert_eq!(see("/weg"), look(LinkOutcome::Dead, true, "404"));
    assert_eq!(see("/kaputt"), look(LinkOutcome::Dead, false, "500"));
    assert_eq!(see("/kreis").note, "zu viele Weiterleitungen");
    let robots = asked
        .lock()
        .unwrap()
        .iter()
        .filter(|p| *p == "/robots.txt")
        .count();
    assert_eq!(robots, 1, "asked once a host");
}

#[test]
fn a_redirect_into_the_house_is_not_followed() {
    let (port, asked) = server(&[
        ("/robots.txt", "404 Not Found\r\n"),
        (
            "/a",
            "302 Found\r\nLocation: http://intern.stadt.de/geheim\r\n",
        ),
        ("/b", "302 Found\r\nLocation: file:///etc/passwd\r\n"),
        (
            "/c",
            "302 Found\r\nLocation: http://169.254.169.254/latest\r\n",
        ),
    ]);
    let mut looker = Looker::new(rule(port));
    assert_eq!(
        looker.look("http://www.stadt.de/a").note,
        "keine öffentliche Adresse"
    );
    assert_eq!(
        looker.look("http://www.stadt.de/b").note,
        "nur http und https"
    );
    assert!(!asked.lock().unwrap().iter().any(|p| p.contains("geheim")));
    // By the rule of the house not even the first hop is asked.
    let house = Rule {
        resolve: Arc::new(move |_, _| Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))])),
        pause: Duration::ZERO,
        ..Rule::of_the_house()
    };
    let before = asked.lock().unwrap().len();
    let seen = Looker::new(house).look("http://www.stadt.de/a");
    assert_eq!(
        seen,
        look(LinkOutcome::Refused, true, "keine öffentliche Adresse")
    );
    assert_eq!(asked.lock().unwrap().len(), before);
}

#[test]
fn robots_are_heard() {
    let (port, asked) = server(&[
        (
            "/robots.txt",
            "200 OK\r\n\r\nUser-agent: *\nDisallow: /intern\n",
        ),
        ("/intern/a", "200 OK\r\n"),
        ("/offen", "200 OK\r\n"),
    ]);
    let mut looker = Looker::new(rule(port));
    assert_eq!(
        looker.look("http://www.stadt.de/intern/a").outcome,
        LinkOutcome::NotAllowed
    );
    assert_eq!(
        looker.look("http://www.stadt.de/offen").outcome,
        LinkOutcome::Alive
    );
    assert!(!asked.lock().unwrap().iter().any(|p| p == "/intern/a"));
    let rules = robots(
        "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /*.pdf$\nAllow: /frei/\nDisallow: /f\n",
    );
    assert!(allows(&rules, "/frei/x") && !allows(&rules, "/a/b.pdf") && !allows(&rules, "/fest"));
    assert!(allows(&rules, "/a.pdf?x"));
    assert!(!allows(
        &robots("User-agent: voneinander\nDisallow: /\nUser-agent: *\nAllow: /"),
        "/"
    ));
}

#[test]
fn addresses_that_are_not_public_are_known() {
    for not in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "::7f00:1",
    ] {
        assert!(!is_public(not.parse().unwrap()), "{not}");
    }
    for public in [
        "93.184.216.34",
        "2a00:1450:4001:80b::200e",
        "::ffff:93.184.216.34",
        "172.32.0.1",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
    let looker = Looker::new(Rule::of_the_house());
    for refused in [
        "ftp://a.de/",
        "http://u:p@a.de/",
        "http://stadt.example/",
        "http://localhost/",
        "http://a.de:22/",
        "keine",
        "http://drucker.local/",
    ] {
        let seen = looker.check(refused).unwrap_err();
        assert_eq!(seen.outcome, LinkOutcome::Refused, "{refused}");
    }
}

#[test]
fn a_passing_failure_kills_no_link() {
    let now = Timestamp::UNIX_EPOCH;
    let fails = || look(LinkOutcome::Dead, false, "500");
    let one = check("u".into(), fails(), None, now);
    assert_eq!((one.outcome, one.failures), (LinkOutcome::Alive, 1));
    let two = check("u".into(), fails(), Some(&one), now);
    let three = check("u".into(), fails(), Some(&two), now);
    assert_eq!((three.outcome, three.failures), (LinkOutcome::Dead, 3));
    let well = check(
        "u".into(),
        look(LinkOutcome::Alive, true, "200"),
        Some(&three),
        now,
    );
    assert_eq!((well.outcome, well.failures), (LinkOutcome::Alive, 0));
    assert_eq!(
        check("u".into(), look(LinkOutcome::Dead, true, "404"), None, now).outcome,
        LinkOutcome::Dead
    );
}
