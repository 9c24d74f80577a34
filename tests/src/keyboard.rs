//! Answering by keyboard alone: real key events, and whether one sees where one is.

use std::time::Duration;

use anyhow::{Context, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::Value;

use crate::browser::Browser;

/// What somebody does when the focus comes to a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// Chooses this radio button of the group, by space and arrows.
    Pick(&'a str),
    /// Ticks the box with this value, by space.
    Tick(&'a str),
    /// Chooses this value of a list, by arrows.
    List(&'a str),
    /// Types a text in place of what stands there.
    Type(&'a str),
    /// Types a text and chooses the first thing that is found for it: from the suggestions, else by the button.
    Find(&'a str),
    /// Chooses this file of the machine: the dialog is the browser's, so the name comes by the protocol.
    File(&'a str),
}

/// The control that has the focus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Focus {
    pub tag: String,
    pub kind: String,
    pub name: String,
    pub value: String,
    pub id: String,
    pub href: String,
    pub role: String,
    pub checked: bool,
    /// Why somebody who looks does not see that it has the focus.
    pub hidden: Option<String>,
}

/// The outline of the control or of the label around it must be seen, inside the window, and under nothing else
/// (WCAG 2.4.7, 2.4.11).
const FOCUS: &str = "
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const shows = (x) => {
        const s = getComputedStyle(x);
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== 'rgba(0, 0, 0, 0)';
    };
    const label = e.closest('label');
    const marked = shows(e) ? e : label && shows(label) ? label : null;
    const r = (marked || e).getBoundingClientRect();
    const [x, y] = [r.left + Math.min(r.width / 2, 20), r.top + Math.min(r.height / 2, 20)];
    let hidden = null;
    if (!marked) hidden = 'no outline';
    else if (r.width < 2 || r.height < 2) hidden = 'no size';
    else if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) hidden = `outside the window: ${x}, ${y}`;
    else {
        const hit = document.elementFromPoint(x, y);
        if (!hit || !(marked.contains(hit) || hit.contains(marked))) hidden = `covered by ${hit && hit.outerHTML.slice(0, 80)}`;
    }
    return { tag: e.tagName.toLowerCase(), kind: e.type || '', name: e.name || '', value: String(e.value ?? ''), id: e.id,
        href: e.getAttribute('href') || '', role: e.getAttribute('role') || '', checked: Boolean(e.checked), hidden };";

/// Longest way through one page, in presses of the tabulator.
const MOST: usize = 250;

/// A keyboard at a browser.
pub struct Keyboard<'b> {
    browser: &'b Browser,
    /// Controls that had the focus so far, each of which was seen.
    pub seen: usize,
}

impl<'b> Keyboard<'b> {
    /// The keyboard of a browser.
    pub fn of(browser: &'b Browser) -> Self {
        Self { browser, seen: 0 }
    }

    /// Presses and releases keys one after another.
    pub async fn press(&self, keys: &[char]) -> anyhow::Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            actions = actions
                .then(KeyAction::Down { value: *key })
                .then(KeyAction::Up { value: *key });
        }
        Ok(self.browser.client.perform_actions(actions).await?)
    }

    /// Presses a key while another is held.
    pub async fn with(&self, held: Key, key: char) -> anyhow::Result<()> {
        let held = char::from(held);
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        Ok(self.browser.client.perform_actions(actions).await?)
    }

    /// Types a text in place of what stands in the field.
    pub async fn text(&self, text: &str) -> anyhow::Result<()> {
        self.with(Key::Control, 'a').await?;
        self.press(&[Key::Delete.into()]).await?;
        self.press(&text.chars().collect::<Vec<char>>()).await
    }

    /// What has the focus; `None` where nothing has.
    pub async fn focus(&self) -> anyhow::Result<Option<Focus>> {
        let found = self.browser.client.execute(FOCUS, vec![]).await?;
        let word = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        Ok(found.is_object().then(|| Focus {
            tag: word("tag"),
            kind: word("kind"),
            name: word("name"),
            value: word("value"),
            id: word("id"),
            href: word("href"),
            role: word("role"),
            checked: found["checked"] == Value::Bool(true),
            hidden: found["hidden"].as_str().map(str::to_owned),
        }))
    }

    async fn here(&self) -> anyhow::Result<Focus> {
        self.focus().await?.context("nothing has the focus")
    }

    /// Goes on to the next control, which must be seen; `None` at the end of the page.
    pub async fn next(&mut self) -> anyhow::Result<Option<Focus>> {
        self.press(&[Key::Tab.into()]).await?;
        self.look().await
    }

    /// Goes back to the control before, which must be seen.
    pub async fn back(&mut self) -> anyhow::Result<Option<Focus>> {
        self.with(Key::Shift, Key::Tab.into()).await?;
        self.look().await
    }

    async fn look(&mut self) -> anyhow::Result<Option<Focus>> {
        let found = self.focus().await?;
        if let Some(focus) = &found {
            if let Some(why) = &focus.hidden {
                bail!("the focus is not seen ({why}): {focus:?}");
            }
            self.seen += 1;
        }
        Ok(found)
    }

    /// Goes on until something fits.
    pub async fn until(&mut self, fits: impl Fn(&Focus) -> bool) -> anyhow::Result<Focus> {
        for _ in 0..MOST {
            match self.next().await? {
                Some(focus) if fits(&focus) => return Ok(focus),
                _ => {}
            }
        }
        let page = self.browser.client.current_url().await?;
        bail!("{MOST} controls of {page}, and none fits")
    }

    /// Goes through a page and does what is to be done where the focus comes by, up to the button that saves and goes
    /// on; presses it by Enter and waits for the next page. What is not yet done must have been done then.
    pub async fn through(&mut self, deeds: &[(&str, Deed<'_>)]) -> anyhow::Result<()> {
        let mut open: Vec<(&str, Deed)> = deeds.to_vec();
        for _ in 0..MOST {
            let Some(focus) = self.next().await? else {
                continue;
            };
            if focus.tag == "button" && focus.value == "weiter" {
                if !open.is_empty() {
                    bail!("the focus never came to {open:?}");
                }
                return self.leave(&[Key::Enter.into()]).await;
            }
            let fits = |(name, deed): &(&str, Deed)| {
                let box_of_another = matches!(deed, Deed::Tick(value) if *value != focus.value);
                *name == focus.name && !box_of_another
            };
            if let Some(at) = open.iter().position(fits) {
                let (_, deed) = open.remove(at);
                self.act(&focus, deed).await?;
            }
        }
        bail!("{MOST} controls, and no button to go on")
    }

    async fn act(&mut self, focus: &Focus, deed: Deed<'_>) -> anyhow::Result<()> {
        match deed {
            Deed::Pick(value) => {
                self.press(&[Key::Space.into()]).await?;
                for _ in 0..30 {
                    let now = self.look().await?.context("the focus is gone")?;
                    if now.value == value && now.checked {
                        return Ok(());
                    }
                    self.press(&[Key::Down.into()]).await?;
                }
                bail!("arrows do not lead to {value}: {focus:?}")
            }
            Deed::Tick(value) => {
                self.press(&[Key::Space.into()]).await?;
                let now = self.here().await?;
                if !now.checked {
                    bail!("{value} is not ticked: {now:?}");
                }
                Ok(())
            }
            Deed::List(value) => {
                self.press(&[Key::Home.into()]).await?;
                for _ in 0..30 {
                    if self.here().await?.value == value {
                        return Ok(());
                    }
                    self.press(&[Key::Down.into()]).await?;
                }
                bail!("arrows do not lead to {value}: {focus:?}")
            }
            Deed::Type(text) => {
                self.text(text).await?;
                let now = self.here().await?;
                if now.value != text {
                    bail!("typed {text:?}: {now:?}");
                }
                Ok(())
            }
            Deed::Find(text) => self.find(focus, text).await,
            Deed::File(path) => {
                let input = self.browser.client.active_element().await?;
                Ok(input.send_keys(path).await?)
            }
        }
    }

    async fn find(&mut self, focus: &Focus, text: &str) -> anyhow::Result<()> {
        self.text(text).await?;
        if focus.role == "combobox" {
            let listed =
                "return document.activeElement.getAttribute('aria-expanded') === 'true' || null";
            self.wait_for(listed).await.context("no suggestions")?;
            self.press(&[Key::Down.into()]).await?;
            let marked = "return document.activeElement.getAttribute('aria-activedescendant')";
            self.wait_for(marked)
                .await
                .context("no suggestion is marked")?;
            self.press(&[Key::Enter.into()]).await?;
            let chosen =
                "return document.activeElement.getAttribute('aria-expanded') === 'false' || null";
            return self.wait_for(chosen).await.context("nothing is chosen");
        }
        let button = self.next().await?.context("no button")?;
        if button.value != "suchen" {
            bail!("the next control does not search: {button:?}");
        }
        self.leave(&[Key::Enter.into()]).await?;
        self.until(|f| f.kind == "radio" && f.name == format!("_kommune.{}", focus.name))
            .await?;
        self.press(&[Key::Space.into()]).await
    }

    /// Presses keys that lead to another page and waits until it is there.
    pub async fn leave(&self, keys: &[char]) -> anyhow::Result<()> {
        let client = &self.browser.client;
        client.execute("window.left = false;", vec![]).await?;
        self.press(keys).await?;
        self.wait_for(
            "return window.left === undefined && document.readyState === 'complete' || null",
        )
        .await
        .context("the page stays")
    }

    /// Waits until a script says something.
    async fn wait_for(&self, script: &str) -> anyhow::Result<()> {
        for _ in 0..200 {
            // Between two pages there is nothing to ask.
            if let Ok(said) = self.browser.client.execute(script, vec![]).await
                && !said.is_null()
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        bail!("nothing after five seconds: {script}")
    }
}
