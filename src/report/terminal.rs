//! The summary on the terminal: what a technician wants to know before opening the report.

use std::fmt::Write as _;

use crate::model::{Issue, Outcome, Severity, Unseen};
use crate::text::{fit, printable, width, wrap};

use super::hitches;
use super::ink::{Ink, Pen};
use super::tally::{StageState, Tally, stage_cell, stages};
use super::wording::{aspect, channel_names, item_name, run_duration, stage_of};

/// Problems that the summary shows; the report has them all.
const SHOWN: usize = 12;

/// The outcome as lines of at most `columns` columns (at least 60 are assumed), with colours or without.
#[must_use]
pub fn terminal(outcome: &Outcome, columns: usize, color: bool) -> String {
    let page = Page(Pen { columns: columns.max(60), color });
    let tally = Tally::of(outcome);
    let mut text = String::new();
    page.heading(&mut text, outcome, &tally);
    page.stages(&mut text, outcome);
    page.problems(&mut text, outcome);
    page.gaps(&mut text, outcome);
    page.hitches(&mut text, outcome);
    text
}

/// The summary being drawn.
struct Page(Pen);

impl Page {
    fn heading(&self, text: &mut String, outcome: &Outcome, tally: &Tally) {
        let run = &outcome.run;
        let (planned, walked) = outcome.visits;
        let title = fit(&format!("{} · 核查结果", printable(&run.portal)), self.0.columns);
        let facts = format!(
            "{} · {} 个渠道 · {} 个事项 · 完成走访 {walked}/{planned} 次",
            run_duration(run),
            run.channels.len(),
            run.items.len()
        );
        line(text, &self.0.paint(&title, Ink::Bold));
        line(text, &self.0.paint(&fit(&facts, self.0.columns), Ink::Quiet));
        line(text, "");
        let graded = format!(
            "{}   {}   {}",
            self.counted("严重", tally.major, Ink::Bad),
            self.counted("一般", tally.minor, Ink::Warn),
            self.counted("提示", tally.note, Ink::Quiet)
        );
        line(text, &format!("问题      {:<5} {graded}", tally.problems()));
        line(text, &format!("未能核查  {}", self.counted("", tally.blocked, Ink::Unsure)));
        if tally.flaky + tally.soft > 0 {
            let soft = self.counted("步骤未通过", tally.soft, Ink::Bad);
            line(text, &format!("不稳定    {:<5} {soft}", tally.flaky));
        }
        let trend = format!("新增 {}   仍存在 {}   已整改 {}", tally.new, tally.standing, tally.fixed);
        line(text, &format!("与上次比  {trend}"));
        line(text, "");
    }

    /// A figure that is coloured only when there is something to see.
    fn counted(&self, name: &str, count: usize, ink: Ink) -> String {
        let words = format!("{name} {count}");
        let words = words.trim_start();
        if count == 0 { words.to_owned() } else { self.0.paint(words, ink) }
    }

    /// Channel x stage; stages that nobody looked at are counted in one line.
    fn stages(&self, text: &mut String, outcome: &Outcome) {
        let channels = &outcome.run.channels;
        let first = 22;
        let each = ((self.0.columns - first) / channels.len().max(1)).clamp(8, 16);
        let heads: String = channels.iter().map(|(_, name)| column(&printable(name), each)).collect();
        let heads = format!("{}{heads}", column("体验环节", first));
        line(text, &self.0.paint(heads.trim_end(), Ink::Bold));
        let mut unvisited = Vec::new();
        for stage in stages().iter().filter(|stage| stage.online) {
            let cells: Vec<_> = channels.iter().map(|(id, _)| stage_cell(outcome, stage, id)).collect();
            if cells.iter().all(|cell| cell.state == StageState::NotVisited) {
                unvisited.push(stage.name);
                continue;
            }
            let mut row = column(stage.name, first);
            for cell in &cells {
                let words = match cell.problems {
                    0 => format!("{} {}", cell.state.sign(), cell.state.name()),
                    problems => format!("{} {problems} 个问题", cell.state.sign()),
                };
                row.push_str(&self.0.paint(&column(&words, each), ink(cell.state)));
            }
            line(text, row.trim_end());
        }
        if !unvisited.is_empty() {
            let words = format!("尚未走访：{}", unvisited.join("、"));
            line(text, &self.0.paint(&fit(&words, self.0.columns), Ink::Quiet));
        }
    }

    fn problems(&self, text: &mut String, outcome: &Outcome) {
        if outcome.issues.is_empty() {
            return;
        }
        let shown = outcome.issues.len().min(SHOWN);
        line(text, "");
        let title = match outcome.issues.len() {
            all if all > shown => format!("问题（前 {shown} 个，共 {all} 个）"),
            all => format!("问题（{all} 个）"),
        };
        line(text, &self.0.paint(&title, Ink::Bold));
        for (number, issue) in (1..).zip(outcome.issues.iter().take(SHOWN)) {
            self.problem(text, outcome, number, issue);
        }
    }

    fn problem(&self, text: &mut String, outcome: &Outcome, number: usize, issue: &Issue) {
        let finding = &issue.finding;
        let tone = match finding.severity {
            Severity::Major => Ink::Bad,
            Severity::Minor => Ink::Warn,
            Severity::Note => Ink::Quiet,
        };
        let what = match aspect(finding) {
            aspect if aspect.is_empty() => stage_of(&finding.check),
            aspect => aspect,
        };
        let head = format!(
            "{} · {what} · {}",
            item_name(&finding.item),
            channel_names(&outcome.run, &finding.channels)
        );
        let lead = format!("{number:>3} ");
        let badge = format!("{} {} ", finding.severity.name(), column(issue.trend.name(), 7));
        let room = self.0.columns - width(&lead) - width(&badge);
        line(text, &format!("{lead}{}{}", self.0.paint(&badge, tone), fit(&printable(&head), room)));
        line(text, &format!("    {}", fit(&printable(&finding.message), self.0.columns - 4)));
    }

    fn gaps(&self, text: &mut String, outcome: &Outcome) {
        let blocked: Vec<&Unseen> = outcome.unseen.iter().filter(|row| row.incomplete).collect();
        if blocked.is_empty() {
            return;
        }
        line(text, "");
        let title = format!("未能核查（{} 处，没有看到不等于没有问题）", blocked.len());
        line(text, &self.0.paint(&title, Ink::Bold));
        for row in blocked {
            let channel = row.channel.as_ref().map_or("全部渠道", |id| outcome.run.channel_name(id));
            let head = match row.items.len() {
                0 if row.checks.is_empty() => channel.to_owned(),
                items if row.checks.is_empty() => format!("{channel}：{items} 个事项"),
                0 => format!("{channel}：{} 项要点", row.checks.len()),
                items => format!("{channel}：{} 项要点、{items} 个事项", row.checks.len()),
            };
            let head = fit(&printable(&head), self.0.columns - 4);
            line(text, &format!("  {} {head}", self.0.paint("?", Ink::Unsure)));
            self.paragraph(text, &row.why);
        }
    }
}

impl Page {
    /// An indented text on at most three lines.
    fn paragraph(&self, text: &mut String, said: &str) {
        for part in wrap(&printable(said), self.0.columns - 4, 3) {
            line(text, &format!("    {part}"));
        }
    }

    fn hitches(&self, text: &mut String, outcome: &Outcome) {
        if outcome.hitches.is_empty() {
            return;
        }
        line(text, "");
        let shown = outcome.hitches.len().min(SHOWN);
        let title = match outcome.hitches.len() {
            all if all > shown => {
                format!("不稳定与未通过的步骤（前 {shown} 处，共 {all} 处，不算门户的问题）")
            }
            all => format!("不稳定与未通过的步骤（{all} 处，不算门户的问题）"),
        };
        line(text, &self.0.paint(&title, Ink::Bold));
        for hitch in outcome.hitches.iter().take(SHOWN) {
            let tone = if hitch.kind.is_flaky() { Ink::Warn } else { Ink::Bad };
            let badge = format!("  {} ", hitch.kind.name());
            let step = hitches::step(&outcome.run, hitch);
            let head = format!("{step} · {}", hitches::place(&outcome.run, hitch));
            let room = self.0.columns - width(&badge);
            line(text, &format!("{}{}", self.0.paint(&badge, tone), fit(&printable(&head), room)));
            self.paragraph(text, &hitches::told(hitch));
            if hitch.capture.is_some() {
                let way = format!("    当时的页面见报告；逐步看：zoutong trace --visit {}", hitch.visit);
                line(text, &self.0.paint(&fit(&printable(&way), self.0.columns), Ink::Quiet));
            }
        }
    }
}

fn ink(state: StageState) -> Ink {
    match state {
        StageState::Problem => Ink::Bad,
        StageState::Pass => Ink::Good,
        StageState::Partly => Ink::Warn,
        StageState::CannotTell => Ink::Unsure,
        StageState::NotApplicable | StageState::NotVisited => Ink::Quiet,
    }
}

/// The text in a column of this width, with a gap after it.
fn column(text: &str, columns: usize) -> String {
    let text = fit(text, columns.saturating_sub(1));
    let gap = columns.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(gap))
}

fn line(text: &mut String, content: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{content}");
}
