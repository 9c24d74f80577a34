//! Mails that came back: delivery status notifications (RFC 3464), alone, in a folder's files or in an mbox.

/// What one notification says of one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Number of our mail, where the notification holds its message id.
    pub mail: Option<i64>,
    /// The recipient, as the server wrote it.
    pub recipient: Option<String>,
    /// Whether it is final (`Action: failed`); a delay is not.
    pub failed: bool,
    /// The status with what the server said, e.g. "5.1.1 smtp; 550 no such user".
    pub reason: String,
}

/// All notifications in a file: one message, or several as an mbox. Other mails give nothing. Damaged bytes are read as
/// far as they make sense.
pub fn read_bounces(bytes: &[u8]) -> Vec<Bounce> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    messages(&text)
        .into_iter()
        .flat_map(|message| read(&message))
        .collect()
}

/// The messages of an mbox; a file that is none is one message.
fn messages(text: &str) -> Vec<String> {
    if !text.starts_with("From ") {
        return vec![text.to_owned()];
    }
    let mut all: Vec<String> = Vec::new();
    let mut blank = true;
    for line in text.lines() {
        if blank && line.starts_with("From ") {
            all.push(String::new());
        } else if let Some(message) = all.last_mut() {
            message.push_str(
                line.strip_prefix('>')
                    .filter(|l| l.starts_with("From "))
                    .unwrap_or(line),
            );
            message.push('\n');
        }
        blank = line.is_empty();
    }
    all
}

/// The value of a header, folded lines put together.
fn header(head: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in head.lines() {
        if let Some(value) = &mut found {
            if line.starts_with([' ', '\t']) {
                value.push(' ');
                value.push_str(line.trim());
                continue;
            }
            return found;
        }
        if let Some((before, value)) = line.split_once(':')
            && before.trim().eq_ignore_ascii_case(name)
        {
            found = Some(value.trim().to_owned());
        }
    }
    found
}

/// A parameter of a header, with or without quotation marks.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (before, after) = part.split_once('=')?;
        before
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| after.trim().trim_matches('"').to_owned())
    })
}

fn read(message: &str) -> Vec<Bounce> {
    let (head, body) = message.split_once("\n\n").unwrap_or((message, ""));
    let Some(kind) = header(head, "Content-Type") else {
        return Vec::new();
    };
    let report = kind.to_ascii_lowercase();
    if !report.starts_with("multipart/report") || !report.contains("delivery-status") {
        return Vec::new();
    }
    let Some(boundary) = parameter(&kind, "boundary").filter(|b| !b.is_empty()) else {
        return Vec::new();
    };
    let delimiter = format!("--{boundary}");
    let parts: Vec<&str> = body.split(delimiter.as_str()).skip(1).collect();
    let mail = parts.iter().find_map(|part| number(part));
    let status = parts.iter().find(|part| {
        let head = part.trim_start().split("\n\n").next().unwrap_or_default();
        header(head, "Content-Type").is_some_and(|kind| {
            kind.to_ascii_lowercase()
                .starts_with("message/delivery-status")
        })
    });
    let Some((_, fields)) = status.and_then(|part| part.trim_start().split_once("\n\n")) else {
        return Vec::new();
    };
    // The first group speaks of the whole message, each further one of a recipient.
    fields
        .split("\n\n")
        .filter_map(|group| {
            let action = header(group, "Action")?;
            let address = header(group, "Original-Recipient").or(header(group, "Final-Recipient"));
            let plain = |text: String| {
                text.split_once(';')
                    .map_or(text.clone(), |(_, a)| a.trim().to_owned())
            };
            let said = header(group, "Diagnostic-Code").unwrap_or_default();
            let reason = format!("{} {said}", header(group, "Status").unwrap_or_default());
            Some(Bounce {
                mail,
                recipient: address.map(plain),
                failed: action.eq_ignore_ascii_case("failed"),
                reason: reason.trim().chars().take(300).collect(),
            })
        })
        .collect()
}

/// The number in the id of our message (`<mail-7-1456833900000@voneinander>`), which a notification carries with it.
fn number(part: &str) -> Option<i64> {
    let (_, rest) = part.split_once("<mail-")?;
    let (id, rest) = rest.split_once('-')?;
    let (moment, rest) = rest.split_once('@')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(id) && digits(moment) && rest.starts_with("voneinander>")).then(|| id.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: &str = "From: MAILER-DAEMON@mx.example\r\nTo: studie@institut.example\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b1/x.y\"\r\nMIME-Version: 1.0\r\n\r\n--b1/x.y\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n\r\n--b1/x.y\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; rathaus@weg.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n  user\r\n\r\n--b1/x.y\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <mail-7-1456833900000@voneinander>\r\nSubject: Einladung\r\n\r\nGuten Tag\r\n--b1/x.y--\r\n";

    #[test]
    fn a_notification_names_our_mail_and_why_it_came_back() {
        let found = read_bounces(NOTICE.as_bytes());
        assert_eq!(
            found,
            [Bounce {
                mail: Some(7),
                recipient: Some("rathaus@weg.example".into()),
                failed: true,
                reason: "5.1.1 smtp; 550 5.1.1 unknown user".into(),
            }]
        );
        let delayed = NOTICE.replace("Action: failed", "Action: delayed");
        assert!(!read_bounces(delayed.as_bytes())[0].failed);
    }

    #[test]
    fn an_mbox_holds_several_and_other_mails_give_nothing() {
        let mbox = format!(
            "From a Mon\r\n{NOTICE}\r\nFrom b Tue\r\nSubject: Abwesend\r\nContent-Type: text/plain\r\n\r\n<mail-9-1@voneinander>\r\n\r\nFrom c Wed\r\n{NOTICE}"
        );
        assert_eq!(read_bounces(mbox.as_bytes()).len(), 2);
        for end in 0..NOTICE.len() {
            read_bounces(&NOTICE.as_bytes()[..end]);
        }
        assert!(read_bounces(&[0xff; 64]).is_empty());
    }
}
