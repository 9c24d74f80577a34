//! What a person sees and does, in headless Chromium: with a mouse on a wide screen, by keyboard on a narrow one.

use fantoccini::Locator;
use fantoccini::key::Key;
use stories::Demo;
use stories::browser::Browser;

/// Answers every question of the page with the last choice, by clicking, and sends the form.
const CLICK_THROUGH: &str = "
    const form = document.getElementById('bogen');
    if (!form) return null;
    const groups = new Set();
    for (const input of form.querySelectorAll('input')) {
        if (input.type === 'radio' && !input.name.endsWith('.special')) groups.add(input.name);
        if (input.type === 'text' && !input.value && !input.name.includes('praxis')) input.value = '7';
    }
    for (const name of groups) {
        const all = [...form.querySelectorAll('input')].filter(i => i.name === name && i.type === 'radio');
        if (!all.some(i => i.checked)) all[all.length - 1].click();
    }
    const boxes = new Set();
    for (const box of form.querySelectorAll('input[type=checkbox]')) {
        if (!boxes.has(box.name) && !box.name.endsWith('.special')) { boxes.add(box.name); if (!box.checked) box.click(); }
    }
    const button = form.querySelector('button');
    button.scrollIntoView();
    button.click();
    return form.action;";

async fn through(browser: &Browser, width: u32) -> anyhow::Result<Vec<String>> {
    let mut titles = Vec::new();
    for _ in 0..40 {
        let title = browser.client.title().await?;
        assert!(
            !browser.scrolls_sideways().await?,
            "{title:?} scrolls sideways at {width} px"
        );
        titles.push(title);
        if browser.client.find(Locator::Id("fertig")).await.is_ok() {
            return Ok(titles);
        }
        let sent = browser.client.execute(CLICK_THROUGH, vec![]).await?;
        assert!(!sent.is_null(), "{titles:?}: no form");
    }
    anyhow::bail!("40 pages and no end: {titles:?}")
}

#[tokio::test]
async fn a_clerk_answers_on_a_wide_and_on_a_narrow_screen() -> anyhow::Result<()> {
    let demo = Demo::start("browser")?;
    for (link, width) in demo.invite(2)?.into_iter().zip([1280, 390]) {
        let browser = Browser::open(width, 844).await?;
        browser.client.goto(&format!("{}{link}", demo.base)).await?;
        let titles = through(&browser, width).await?;
        assert!(titles.len() >= 10, "{titles:?}");
        browser
            .client
            .goto(&format!("{}{link}/vergleichsblatt", demo.base))
            .await?;
        assert!(
            !browser.scrolls_sideways().await?,
            "the feedback sheet scrolls sideways at {width} px"
        );
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_first_question_is_answered_by_keyboard_alone() -> anyhow::Result<()> {
    let demo = Demo::start("keyboard")?;
    let link = demo.invite(1)?.remove(0);
    let browser = Browser::open(1280, 844).await?;
    browser.client.goto(&format!("{}{link}", demo.base)).await?;
    browser
        .client
        .find(Locator::Css("#bogen button"))
        .await?
        .send_keys(&char::from(Key::Enter).to_string())
        .await?;
    let radio = browser
        .client
        .wait()
        .for_element(Locator::Css("#bogen input[type=radio]"))
        .await?;
    radio.send_keys(" ").await?;
    radio.send_keys(&char::from(Key::Down).to_string()).await?;
    let script = "return [...document.querySelectorAll('#bogen input[type=radio]')].findIndex(i => i.checked)";
    assert_eq!(
        browser.client.execute(script, vec![]).await?.as_i64(),
        Some(1)
    );
    let focus = "const e = document.activeElement; return getComputedStyle(e).outlineStyle + getComputedStyle(e.closest('label') || e).outlineStyle";
    let outline = browser.client.execute(focus, vec![]).await?;
    assert_ne!(outline.as_str(), Some("nonenone"), "the focus can be seen");
    browser.close().await
}

#[tokio::test]
async fn staff_sign_in_and_see_the_response() -> anyhow::Result<()> {
    let demo = Demo::start("office")?;
    let link = demo.sign_in_link("researcher")?;
    let browser = Browser::open(1280, 844).await?;
    browser.client.goto(&format!("{}{link}", demo.base)).await?;
    browser
        .client
        .find(Locator::Css("main form button"))
        .await?
        .click()
        .await?;
    browser
        .client
        .wait()
        .for_url(&format!("{}/verwaltung", demo.base).parse()?)
        .await?;
    assert!(browser.client.source().await?.contains("Beispieldaten"));
    // The link was used up: opening it again signs nobody in.
    let other = Browser::open(1280, 844).await?;
    other.client.goto(&format!("{}{link}", demo.base)).await?;
    if let Ok(button) = other.client.find(Locator::Css("main form button")).await {
        button.click().await?;
    }
    other
        .client
        .goto(&format!("{}/verwaltung", demo.base))
        .await?;
    assert!(
        !other
            .client
            .current_url()
            .await?
            .path()
            .ends_with("/verwaltung")
            || other
                .client
                .find(Locator::Css("input[type=password]"))
                .await
                .is_ok()
    );
    other.close().await?;
    browser.close().await
}

#[tokio::test]
async fn a_researcher_asks_the_workspace_on_a_wide_and_on_a_narrow_screen() -> anyhow::Result<()> {
    let demo = Demo::start("browser-workspace")?;
    for width in [1280, 390] {
        let link = demo.sign_in_link("researcher")?;
        let browser = Browser::open(width, 844).await?;
        browser.client.goto(&format!("{}{link}", demo.base)).await?;
        let sign_in = Locator::Css("main form button");
        browser.client.find(sign_in).await?.click().await?;
        let office = format!("{}/verwaltung", demo.base).parse()?;
        browser.client.wait().for_url(&office).await?;
        let here = format!("{}/verwaltung/auswertung?befragung=2016-1", demo.base);
        browser.client.goto(&here).await?;
        let by = browser.client.find(Locator::Id("nach")).await?;
        by.select_by_value("size-class").await?;
        let question = browser.client.find(Locator::Id("frage")).await?;
        question.select_by_value("aufgaben.wohnen").await?;
        let show = Locator::Css("#auswahl button");
        browser.client.find(show).await?.click().await?;
        let chart = Locator::Css("#ergebnis .chart svg");
        browser.client.wait().for_element(chart).await?;
        let address = browser.client.current_url().await?.to_string();
        assert!(
            address.contains("nach=size-class") && address.contains("frage=aufgaben.wohnen"),
            "{address} cannot be kept as a bookmark"
        );
        assert!(
            !browser.scrolls_sideways().await?,
            "the workspace scrolls sideways at {width} px"
        );
        browser.close().await?;
    }
    Ok(())
}
