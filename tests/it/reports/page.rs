//! The page, parsed again: nothing of a portal became markup, every link inside leads somewhere, and it stays small.

use std::collections::BTreeSet;

use base64::Engine as _;
use scraper::{Html, Selector};
use sha2::{Digest as _, Sha256};
use zoutong::model::Outcome;
use zoutong::report::{Material, NoEvidence, html};

use super::sample::{self, SampleEvidence};

fn page(outcome: &Outcome) -> String {
    html(&Material { outcome, evidence: &SampleEvidence::new() }).unwrap()
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

/// The markup of one element without what changes its lines only.
fn markup(outcome: &Outcome, selector: &str) -> String {
    let document = Html::parse_document(&page(outcome));
    let found = all(&document, selector);
    found.first().unwrap_or_else(|| panic!("no {selector}")).html()
}

#[test]
fn the_content_policy_lets_only_our_own_script_run() {
    let script = include_bytes!("../../../src/report/page/script.js");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
    let text = page(&sample::outcome());
    assert!(
        text.contains(&format!("script-src 'sha256-{hash}'")),
        "SCRIPT_HASH in src/report/page/mod.rs must be sha256-{hash}"
    );
    assert!(text.contains("default-src 'none'; img-src data:;"));
}

#[test]
fn nothing_that_a_portal_wrote_becomes_markup() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    assert_eq!(all(&document, "script").len(), 1);
    assert!(all(&document, "iframe, object, embed, link, form, base, b > b, u").is_empty());
    for element in all(&document, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            assert!(!value.trim_start().starts_with("javascript:"), "{name}={value}");
        }
    }
    assert!(!text.contains('\u{202e}'));
    let title = all(&document, "#problem-3 h3 bdi")[0].text().collect::<String>();
    assert_eq!(title, sample::HOSTILE_NAME.replace('\u{202e}', ""));
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    for image in all(&document, "img") {
        assert!(image.attr("src").unwrap().starts_with("data:image/png;base64,"));
        assert_eq!(image.attr("loading"), Some("lazy"));
    }
    for link in all(&document, "a") {
        let target = link.attr("href").unwrap();
        let allowed = ["#", "http://", "https://", "../evidence/"];
        assert!(allowed.iter().any(|start| target.starts_with(start)), "{target}");
    }
    let style = all(&document, "style")[0].text().collect::<String>();
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn every_link_inside_the_page_leads_somewhere_and_no_name_is_there_twice() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    let names: Vec<&str> = all(&document, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(distinct.len(), names.len());
    for link in all(&document, "a[href^='#']") {
        let target = &link.attr("href").unwrap()[1..];
        assert!(distinct.contains(target), "#{target}");
    }
}

#[test]
fn gaps_are_as_prominent_as_problems() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    for section in ["#problems", "#gaps"] {
        assert_eq!(all(&document, &format!("{section} > h2")).len(), 1, "{section}");
        assert_eq!(all(&document, &format!("nav a[href='{section}'] b")).len(), 1, "{section}");
    }
    assert_eq!(all(&document, "#gaps > article").len(), 2);
    assert_eq!(all(&document, "#gaps > details li").len(), 50);
}

#[test]
fn the_checklist_shows_all_94_items_and_passes_none_that_nobody_looked_at() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    assert_eq!(all(&document, "#checklist .points > li").len(), 94);
    let states = all(&document, "#checklist .point-state > .tag");
    let count = |word: &str| states.iter().filter(|tag| tag.text().any(|text| text.contains(word))).count();
    assert_eq!((count("通过"), count("有问题"), count("未能核查"), count("待人工记录")), (1, 4, 51, 38));
}

#[test]
fn what_agrees_is_folded_and_what_is_only_written_differently_stands_apart() {
    let text = page(&sample::outcome());
    let document = Html::parse_document(&text);
    let summaries = all(&document, "#sheet-1 > details.inner:not([open]) > summary");
    let summaries: Vec<String> = summaries.iter().map(|summary| summary.text().collect()).collect();
    assert_eq!(
        summaries,
        [
            "形式差异 1 行写法不同、意思相同，不算问题",
            "无从对照 1 行只有一个渠道可看",
            "一致 4 行各渠道文字相同"
        ]
    );
    assert_eq!(all(&document, "#sheet-1 > table tbody tr").len(), 3);
}

#[test]
fn a_problem_card_reads_as_it_was_reviewed() {
    insta::assert_snapshot!(markup(&sample::outcome(), "#problem-1"));
}

#[test]
fn a_hostile_card_reads_as_it_was_reviewed() {
    insta::assert_snapshot!(markup(&sample::outcome(), "#problem-3"));
}

#[test]
fn the_overview_reads_as_it_was_reviewed() {
    insta::assert_snapshot!(markup(&sample::outcome(), "#overview"));
}

#[test]
fn a_clean_outcome_says_that_nothing_was_found_in_what_was_seen() {
    let text = page(&sample::clean_outcome());
    for words in ["本次核查未发现问题。", "看到的内容里没有发现问题。", "计划的走访都看到了需要看的内容。"]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn without_evidence_there_is_still_a_report() {
    let outcome = sample::outcome();
    let text = html(&Material { outcome: &outcome, evidence: &NoEvidence }).unwrap();
    let document = Html::parse_document(&text);
    assert_eq!(all(&document, "#problems > article").len(), 9);
    assert!(all(&document, "a.shot-link, img").is_empty());
}

#[test]
fn forty_items_with_forty_screenshots_stay_under_eight_megabytes() {
    let outcome = sample::large_outcome();
    let text = html(&Material { outcome: &outcome, evidence: &SampleEvidence::small() }).unwrap();
    let document = Html::parse_document(&text);
    assert_eq!(all(&document, "#sheets > details").len(), 40);
    assert!(all(&document, "#gallery img").len() >= 40);
    assert!(text.len() < 8_000_000, "{} bytes", text.len());
}

#[test]
fn pictures_beyond_the_room_in_the_page_are_links_and_the_wrong_channel_comes_first() {
    let text = page(&sample::large_outcome());
    let document = Html::parse_document(&text);
    let shots = all(&document, "#gallery > details");
    assert_eq!(shots.len(), 160);
    let inside = |shot: &scraper::ElementRef<'_>| shot.select(&Selector::parse("img").unwrap()).count() == 1;
    let title = |shot: &scraper::ElementRef<'_>| shot.text().collect::<String>();
    let of_wrong = shots.iter().filter(|shot| title(shot).contains("晋来办APP"));
    let embedded: Vec<_> = shots.iter().filter(|shot| inside(shot)).collect();
    assert!(!embedded.is_empty() && embedded.iter().all(|shot| title(shot).contains("晋来办APP")));
    assert!(of_wrong.count() > embedded.len());
    assert!(text.contains("请打开证据原件"));
}
