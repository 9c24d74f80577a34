//! Mails about practices: to the owner, and to those in the house who look after them. All are German: municipalities
//! read them, whatever language an editor works in.

use fieldwork::AccessToken;
use questionnaire::Lang;
use store::{NewMail, Role};

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

/// A secret for a link.
pub(crate) fn token() -> Result<AccessToken, PageError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    Ok(AccessToken::from_random(bytes))
}

/// A mail from two texts.
pub(crate) fn mail(ask: &Ask, to: &str, key: &str, values: &[(&str, &str)]) -> NewMail {
    let german = Ask {
        lang: Lang::De,
        ..ask.clone()
    };
    NewMail {
        to: to.to_owned(),
        subject: german.tv(&format!("web-practice-mail-{key}-subject"), values),
        body: german.tv(&format!("web-practice-mail-{key}-body"), values),
    }
}

/// The same mail to all editors; to the researchers where there are none.
pub(crate) async fn to_editors(
    state: &State,
    ask: &Ask,
    key: &str,
    values: &[(&str, &str)],
) -> Result<Vec<NewMail>, PageError> {
    let staff = state.store.all_staff().await?;
    let editors = staff.iter().any(|s| s.role == Role::Editor);
    let role = if editors {
        Role::Editor
    } else {
        Role::Researcher
    };
    Ok(staff
        .into_iter()
        .filter(|s| s.role == role)
        .map(|s| mail(ask, &s.mail, key, values))
        .collect())
}

/// Whether something can be an address of mail.
pub(crate) fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !text.contains(char::is_whitespace)
            && !text.contains([',', ';'])
    })
}
