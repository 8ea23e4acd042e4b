//! `zoutong compare`: one item on several pages, side by side, without any configuration.

use std::fmt::Write as _;

use super::super::arguments::CompareArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::{Screen, column};
use super::{compare_json, now, wait_for};
use crate::audit::{self, AuditError, Measure, SideBySide};
use crate::model::{Catalogue, ChannelId, Likeness, Said, SheetRow};
use crate::report::{self, Material, NoEvidence};
use crate::scenario;
use crate::text::{fit, printable};

pub(in super::super) fn run(arguments: &CompareArguments, screen: &Screen) -> Result<Code, Failure> {
    let browser = audit::browser(&arguments.browser.choice()).map_err(AuditError::from)?;
    let measure = measure(arguments)?;
    let compared = wait_for(async {
        let compared = audit::compare(&browser, &arguments.sources, measure, now()).await;
        browser.close().await;
        Ok(compared?)
    })?;
    if arguments.shown_as.json {
        screen.line(&compare_json::json(&compared));
    } else {
        screen.line(&readable(&compared, screen));
    }
    let outcome = compared.outcome(now());
    let material = Material { outcome: &outcome, evidence: &NoEvidence };
    let html = || report::comparison_page(&material).map(String::into_bytes);
    let xlsx = || report::comparison_workbook(&outcome);
    super::read::write(&arguments.shown_as, html, xlsx, screen).map_err(AuditError::from)?;
    Ok(code(&compared))
}

/// What the pages are measured against.
fn measure(arguments: &CompareArguments) -> Result<Measure, Failure> {
    let pages = arguments.sources.len();
    match arguments.authority {
        Some(number) if !(1..=pages).contains(&number) => {
            Err(Failure::Usage(format!("--authority 要写 1 到 {pages} 之间的数：以第几个页面为准")))
        }
        authority => {
            let baseline = match &arguments.baseline {
                Some(path) => Some(scenario::read_baseline(path)?),
                None => None,
            };
            Ok(Measure { authority, baseline, twice: arguments.twice })
        }
    }
}

fn code(compared: &SideBySide) -> Code {
    if compared.survey.unseen.iter().any(|unseen| unseen.incomplete) {
        Code::Incomplete
    } else if compared.survey.findings.is_empty() {
        Code::Nothing
    } else {
        Code::Problems
    }
}

fn rows(compared: &SideBySide, likeness: Likeness) -> impl Iterator<Item = &SheetRow> {
    compared.survey.sheets.iter().flat_map(|sheet| &sheet.rows).filter(move |row| row.likeness == likeness)
}

fn readable(compared: &SideBySide, screen: &Screen) -> String {
    let mut text = String::new();
    for ((_, name), page) in compared.channels.iter().zip(&compared.pages) {
        let elements = page.guide.elements.len();
        let _ = writeln!(text, "{name}  {}（读到 {elements} 项要素）", printable(&page.source));
    }
    for unseen in compared.survey.unseen.iter().filter(|unseen| unseen.incomplete) {
        let channel = unseen.channel.as_ref().map_or("", |id| called(compared, id));
        let _ = writeln!(text, "{} {channel}：{}", screen.yellow("未能核查"), printable(&unseen.why));
    }
    for (channel, element) in &compared.volatile {
        let (name, element) = (called(compared, channel), Catalogue::embedded().name_of(element));
        let _ = writeln!(
            text,
            "{}：{name}的“{element}”两次打开不一样，变的部分没有拿来对照",
            screen.yellow("易变内容")
        );
    }
    for note in &compared.notes {
        let _ = writeln!(text, "{}：{}", screen.yellow("说明"), printable(note));
    }
    let findings = &compared.survey.findings;
    text.push_str(&screen.strong(&format!("\n发现 {} 处问题\n", findings.len())));
    for (number, finding) in findings.iter().enumerate() {
        let severity = format!("[{}]", finding.severity.name());
        let _ = writeln!(text, "\n{}. {} {}", number + 1, screen.red(&severity), printable(&finding.message));
        for (channel, saying) in &finding.sayings {
            let odd = if finding.channels.contains(channel) { screen.red("▶") } else { " ".to_owned() };
            let _ = writeln!(
                text,
                "   {odd} {} {}",
                column(called(compared, channel), 8),
                shown(&saying.said, screen)
            );
        }
    }
    let same = rows(compared, Likeness::Same).count();
    let formal = rows(compared, Likeness::Formal).count();
    let _ = write!(text, "\n一致 {same} 项；只有写法不同（不算问题）{formal} 项");
    text
}

fn called<'a>(compared: &'a SideBySide, id: &'a ChannelId) -> &'a str {
    compared.channels.iter().find(|(known, _)| known == id).map_or(id.0.as_str(), |(_, name)| name.as_str())
}

fn shown(said: &Said, screen: &Screen) -> String {
    match said {
        Said::Text(text) => {
            let line = printable(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            fit(&line, screen.width.saturating_sub(14)).trim_end().to_owned()
        }
        Said::Nothing => screen.faint("（未载明）"),
        Said::Unseen => screen.faint("（未看到）"),
    }
}
