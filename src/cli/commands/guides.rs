//! `zoutong guides`: finds and reads the guides of all items on every channel, and judges them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::arguments::GuidesArguments;
use super::super::crawl_progress::CrawlProgress;
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::{Screen, column};
use super::super::signals::stop_on_signal;
use super::run::{code, show};
use super::{now, wait_for};
use crate::audit::{self, ChannelSummary, GuidesOrder, RunSummary, Selection, ToConfirm};
use crate::model::CrawlWish;
use crate::settings::Values;
use crate::store::{self, RunFolder};
use crate::text::{fit, printable};

pub(in super::super) fn run(
    arguments: &GuidesArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let order = order(arguments, values)?;
    let (summary, stopped) = wait_for(read(&order, arguments.json, screen))?;
    if arguments.json {
        screen.line(&json(&summary, stopped));
    } else {
        show(&summary, screen);
        screen.line(&channels(&summary.channels, screen));
        screen.line(&to_confirm(&summary.to_confirm, screen));
    }
    if stopped {
        let run = &summary.outcome.run.id;
        screen.error(&format!("被中断：已经读到的都保存了。接着做：zoutong guides --resume {run}"));
        return Ok(Code::Stopped);
    }
    Ok(code(&summary.outcome, arguments.fail_on))
}

async fn read(order: &GuidesOrder, quiet: bool, screen: &Screen) -> Result<(RunSummary, bool), Failure> {
    let stop = stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
    let browser = audit::browser(&order.settings.browser).map_err(audit::AuditError::from)?;
    let progress = Arc::new(CrawlProgress::new(screen, quiet));
    let summary = audit::guides(order, browser, progress, stop.clone()).await?;
    let stopped = *stop.borrow();
    Ok((summary, stopped))
}

fn order(arguments: &GuidesArguments, values: &Values) -> Result<GuidesOrder, Failure> {
    let settings = arguments.technical.settings();
    let resume = match &arguments.resume {
        Some(name) => Some(store::find_run(&settings.reports, name)?),
        None => None,
    };
    let wish = match &resume {
        Some(path) => audit::kept_wish(&RunFolder::open(path)?)?,
        None => CrawlWish::default(),
    };
    let portal = match (&arguments.portal, wish.portal.as_str()) {
        (Some(portal), _) => portal.clone(),
        (None, "") => {
            return Err(Failure::Usage(
                "没有写要读哪个门户，例如：--portal scenarios/demo/portal.yaml".into(),
            ));
        }
        (None, kept) => PathBuf::from(kept),
    };
    if !Path::new(&portal).exists() {
        return Err(Failure::Usage(format!("没有这个门户文件：{}", portal.display())));
    }
    let or = |given: &[String], kept: Vec<String>| if given.is_empty() { kept } else { given.to_vec() };
    Ok(GuidesOrder {
        portal,
        selection: Selection {
            scenarios: Vec::new(),
            channels: or(&arguments.channels, wish.channels),
            items: or(&arguments.items, wish.items),
        },
        limit: arguments.limit.or(wish.limit),
        speed: arguments.speed.speed().or(wish.speed),
        attachments: !arguments.no_attachments,
        resume,
        variables: variables(values, &arguments.variables),
        settings,
        now,
    })
}

/// One block a channel: how it was read and why so, how much, and why not more.
fn channels(summaries: &[ChannelSummary], screen: &Screen) -> String {
    let mut text = format!("\n{}\n", screen.strong("各渠道"));
    let name =
        summaries.iter().map(|summary| crate::text::width(&summary.name)).max().unwrap_or(8).clamp(8, 30);
    let (how, read) = (column("取页面的方式", 13), column("读到指南", 9));
    let _ = writeln!(text, "  {} {how} {read} 平均要素", column("渠道", name));
    for summary in summaries {
        let speed = summary.speed.as_ref().map_or("—", |(speed, _)| speed.name());
        let elements =
            if summary.guides == 0 { "—".to_owned() } else { format!("{:.1}", summary.elements) };
        let _ = writeln!(
            text,
            "  {} {} {} {elements}",
            column(&printable(&summary.name), name),
            column(speed, 13),
            column(&summary.guides.to_string(), 9)
        );
        let room = screen.width.saturating_sub(6);
        if let Some((_, why)) = &summary.speed {
            let _ = writeln!(text, "    {}", screen.faint(&fit(&printable(why), room)));
        }
        for (why, count) in &summary.unread {
            let line = format!("没有读到 {count} 个：{why}");
            let _ = writeln!(text, "    {}", screen.yellow(&fit(&printable(&line), room)));
        }
    }
    text
}

/// Pairs that are shown apart; the rest is only counted.
const MOST_PAIRS: usize = 20;

/// 请确认: nothing where there is nothing.
fn to_confirm(pairs: &[ToConfirm], screen: &Screen) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let mut text = screen.strong(&format!("请确认：下面 {} 对可能是同一事项，没有对照", pairs.len()));
    for ToConfirm { pair: [left, right], clues } in pairs.iter().take(MOST_PAIRS) {
        let line = format!("{}“{}” 与 {}“{}”（{}）", left.0, left.1, right.0, right.1, clues.join("、"));
        let _ = write!(text, "\n  {}", fit(&printable(&line), screen.width.saturating_sub(2)));
    }
    if pairs.len() > MOST_PAIRS {
        let _ = write!(text, "\n  另有 {} 对，用 --json 看全部", pairs.len() - MOST_PAIRS);
    }
    text
}

/// The contract of `guides --json`, version 1.
fn json(summary: &RunSummary, stopped: bool) -> String {
    let channels: Vec<_> = summary
        .channels
        .iter()
        .map(|channel| {
            serde_json::json!({
                "channel": channel.channel,
                "name": channel.name,
                "speed": channel.speed.as_ref().map(|(speed, _)| speed),
                "why": channel.speed.as_ref().map(|(_, why)| why),
                "guides": channel.guides,
                "elements": (channel.elements * 10.0).round() / 10.0,
                "unread": channel.unread,
            })
        })
        .collect();
    let whole = serde_json::json!({
        "version": 1,
        "run": summary.outcome.run.id,
        "stopped": stopped,
        "channels": channels,
        "to_confirm": summary.to_confirm.iter().map(|proposal| serde_json::json!({
            "channels": [proposal.pair[0].0, proposal.pair[1].0],
            "items": [proposal.pair[0].1, proposal.pair[1].1],
            "clues": proposal.clues,
        })).collect::<Vec<_>>(),
        "issues": summary.outcome.issues,
        "unseen": summary.outcome.unseen,
        "folder": summary.folder,
        "files": summary.files,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
