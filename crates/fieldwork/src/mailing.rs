//! Who gets which text, by a written rule, and what stands in it.

use std::collections::BTreeMap;

use questionnaire::Lang;
use register::{Key, Municipality};

use crate::{Contact, Message, MessageKind, Wave, WaveName};

/// What is to be written.
#[derive(Clone, Debug)]
pub struct MailingOrder {
    /// The wave.
    pub wave: WaveName,
    /// What.
    pub kind: MessageKind,
    /// The first, second, ... of its kind; `None`: the next. The same round is never written twice to anybody.
    pub round: Option<i64>,
    /// Only these municipalities.
    pub only: Option<Vec<Key>>,
    /// For letters: only those that no mail can reach.
    pub unreachable_only: bool,
    /// For whom the text is shown.
    pub preview: Option<Key>,
}

/// How a municipality stands before a mailing.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Standing {
    pub invited: bool,
    pub submitted: bool,
    pub withdrawn: bool,
    pub objected: bool,
    /// Whether mails to it come back.
    pub bounced: bool,
    /// Whether the contact has an address of mail.
    pub has_mail: bool,
    /// Whether a letter can reach it.
    pub has_address: bool,
    /// The last round of this kind that was written to it.
    pub round: Option<i64>,
}

/// Why a municipality is not written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum LeftOut {
    Objected,
    Withdrawn,
    Bounced,
    NoMail,
    NoAddress,
    HasMail,
    NotInvited,
    Answered,
    NotAnswered,
    Written,
}

impl LeftOut {
    /// The reason in words, for the command line.
    pub fn words(self) -> &'static str {
        match self {
            Self::Objected => "objected",
            Self::Withdrawn => "withdrew their answers",
            Self::Bounced => "an earlier mail came back",
            Self::NoMail => "without a mail address",
            Self::NoAddress => "without a postal address",
            Self::HasMail => "have a mail address",
            Self::NotInvited => "not invited yet",
            Self::Answered => "have answered already",
            Self::NotAnswered => "have not answered yet",
            Self::Written => "written to already in this round",
        }
    }
}

/// Whether a municipality gets a text, or why not. Nobody who objected or withdrew is written to; reminders go to who
/// was invited and has not answered, thanks to who has.
pub fn gets(
    kind: MessageKind,
    round: i64,
    unreachable_only: bool,
    standing: &Standing,
) -> Result<(), LeftOut> {
    let s = standing;
    let letter = kind == MessageKind::Letter;
    if s.objected {
        return Err(LeftOut::Objected);
    }
    if s.withdrawn {
        return Err(LeftOut::Withdrawn);
    }
    match kind {
        MessageKind::Reminder | MessageKind::DepartmentsFinished if !s.invited => {
            return Err(LeftOut::NotInvited);
        }
        MessageKind::Reminder | MessageKind::Invitation | MessageKind::Letter if s.submitted => {
            return Err(LeftOut::Answered);
        }
        MessageKind::Thanks if !s.submitted => return Err(LeftOut::NotAnswered),
        _ => {}
    }
    if s.round.is_some_and(|last| last >= round) {
        return Err(LeftOut::Written);
    }
    if letter {
        if unreachable_only && s.has_mail && !s.bounced {
            return Err(LeftOut::HasMail);
        }
        return s.has_address.then_some(()).ok_or(LeftOut::NoAddress);
    }
    match (s.has_mail, s.bounced) {
        (false, _) => Err(LeftOut::NoMail),
        (true, true) => Err(LeftOut::Bounced),
        (true, false) => Ok(()),
    }
}

/// What a mailing would do.
#[derive(Clone, Debug)]
pub struct MailingPlan {
    /// The round it would be.
    pub round: i64,
    /// Who gets it, by key.
    pub to: Vec<Key>,
    /// How many do not, by the reason.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// The text as it stands.
    pub text: Message,
    /// Its faults, in words; with faults nothing is sent.
    pub faults: Vec<String>,
    /// The text for a real recipient: municipality, address, text. Link and code are made when it is sent.
    pub preview: Option<(String, String, Message)>,
}

/// What is put into a text for one municipality.
#[derive(Clone, Copy, Debug)]
pub struct Addressee<'a> {
    /// The wave.
    pub wave: &'a Wave,
    /// The municipality.
    pub municipality: &'a Municipality,
    /// Its contact.
    pub contact: &'a Contact,
    /// Address of the service, without a slash at the end.
    pub base_url: &'a str,
    /// The whole link.
    pub link: &'a str,
    /// The code in groups of four.
    pub code: &'a str,
    /// The last day of the field period in words.
    pub deadline: &'a str,
}

impl Addressee<'_> {
    /// The values of all placeholders.
    pub fn values(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([
            ("anrede", self.contact.greeting()),
            ("kommune", self.municipality.plain_name()),
            ("land", self.municipality.land.german().to_owned()),
            ("funktion", self.contact.function.clone()),
            ("link", self.link.to_owned()),
            ("code", self.code.to_owned()),
            ("adresse", format!("{}/zugang", self.base_url)),
            ("frist", self.deadline.to_owned()),
            ("titel", self.wave.title.get(Lang::De).to_owned()),
            ("institut", self.wave.institute.name.clone()),
            ("kontakt", self.wave.contact.clone()),
        ])
    }
}

/// Whether a key is that of a test response: it begins with 00, which no Land has, so that it belongs to no register,
/// no N and no dataset.
pub fn is_test(key: &Key) -> bool {
    key.as_str().starts_with("00")
}

/// The key of the test response with this number; `None` above 999,999.
pub fn test_key(number: u32) -> Option<Key> {
    (1..=999_999)
        .contains(&number)
        .then(|| Key::new(format!("{number:08}")).ok())?
}

/// Whether something can be the code of a channel: it stands in addresses and is typed from paper.
pub fn is_channel_code(code: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (3..=20).contains(&code.len()) && code.chars().all(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_who_objected_is_written_to_and_reminders_reach_the_silent_only() {
        let silent = Standing {
            invited: true,
            has_mail: true,
            has_address: true,
            ..Standing::default()
        };
        for kind in MessageKind::ALL {
            let objected = Standing {
                objected: true,
                submitted: true,
                ..silent.clone()
            };
            assert_eq!(gets(kind, 1, false, &objected), Err(LeftOut::Objected));
        }
        assert_eq!(gets(MessageKind::Reminder, 1, false, &silent), Ok(()));
        let answered = Standing {
            submitted: true,
            ..silent.clone()
        };
        let of = |kind, standing: &Standing| gets(kind, 1, false, standing);
        assert_eq!(of(MessageKind::Reminder, &answered), Err(LeftOut::Answered));
        assert_eq!(of(MessageKind::Thanks, &answered), Ok(()));
        assert_eq!(of(MessageKind::Thanks, &silent), Err(LeftOut::NotAnswered));
        let reminded = Standing {
            round: Some(1),
            ..silent.clone()
        };
        assert_eq!(of(MessageKind::Reminder, &reminded), Err(LeftOut::Written));
        assert_eq!(gets(MessageKind::Reminder, 2, false, &reminded), Ok(()));
        assert_eq!(
            gets(MessageKind::Letter, 1, true, &silent),
            Err(LeftOut::HasMail)
        );
    }
}
