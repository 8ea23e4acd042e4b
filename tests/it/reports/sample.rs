//! A rich outcome, written by hand: every kind of thing that a report must show, and strings that try to break it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use zoutong::model::{
    Capture, ChannelId, Checklist, Coverage, CoverageState, Issue, Item, Kind, Likeness, Method, Node,
    Outcome, ReadWhat, Rect, Run, RunId, Said, Saying, Severity, Sheet, SheetRow, Snapshot, Speed, Unseen,
};
use zoutong::report::Evidence;

use super::png;
use super::problems::{Problem, problems};

/// Short name and name of the four channels.
pub(super) const CHANNELS: [(&str, &str); 4] =
    [("pc", "PC端"), ("app", "晋来办APP"), ("mini", "小程序"), ("kiosk", "自助终端")];

/// An item name that tries everything a page can try.
pub(super) const HOSTILE_NAME: &str = "<script>alert(1)</script>\u{202e}居住证\"' onmouseover=x 🎈";
/// A value that a spreadsheet would run.
pub(super) const FORMULA: &str = "=cmd|' /C calc'!A0";
/// An address that must not become a link.
pub(super) const SCRIPT_URL: &str = "javascript:alert(document.domain)";

pub(super) fn said(text: &str) -> Said {
    Said::Text(text.to_owned())
}

/// What the four channels say, each with a capture named after the item's number and the channel.
pub(super) fn sayings(item: usize, said: [Said; 4]) -> BTreeMap<ChannelId, Saying> {
    let saying = |((id, _), said): ((&str, &str), Said)| {
        let capture = (said != Said::Unseen).then(|| format!("guide.{id}.{item:03}/1"));
        let node = capture.as_ref().map(|_| 5);
        (ChannelId::from(id), Saying { said, capture, node })
    };
    CHANNELS.into_iter().zip(said).map(saying).collect()
}

pub(super) fn ids(channels: &[&str]) -> Vec<ChannelId> {
    channels.iter().map(|id| ChannelId::from(*id)).collect()
}

pub(super) const CARD: (usize, &str) = (1, "居民身份证申领");
pub(super) const SHOP: (usize, &str) = (2, "食品经营许可（新办）");
pub(super) const HOUSE: (usize, &str) = (3, "不动产登记资料查询");
pub(super) const HOSTILE: (usize, &str) = (4, HOSTILE_NAME);
pub(super) const PORTAL: (usize, &str) = (9, "");

fn item(name: &str) -> Item {
    Item { name: name.to_owned(), ..Item::default() }
}

fn run(items: Vec<Item>) -> Run {
    Run {
        id: RunId("20261123-020000-demo".to_owned()),
        portal: "晋城市政务服务门户（演示数据）".to_owned(),
        started: DateTime::parse_from_rfc3339("2026-11-23T02:00:00+08:00").unwrap(),
        ended: Some(DateTime::parse_from_rfc3339("2026-11-23T02:12:30+08:00").unwrap()),
        version: "0.1.0".to_owned(),
        channels: CHANNELS.map(|(id, name)| (ChannelId::from(id), name.to_owned())).into(),
        items,
        scenarios: BTreeMap::from([("guide".to_owned(), "办事指南四端核验".to_owned())]),
        files: BTreeMap::new(),
        portal_file: None,
    }
}

/// States of the four channels for the checks that were walked; everything else has no scenario or waits for people.
fn coverage() -> Vec<Coverage> {
    use CoverageState::{AwaitingPeople, CannotTell, NotApplicable, Pass, Problem};
    let walked: BTreeMap<&str, [CoverageState; 4]> = BTreeMap::from([
        ("account.flow", [Pass, Pass, Problem, NotApplicable]),
        ("guide.consistency", [Problem, Problem, Problem, Problem]),
        ("guide.process", [Problem, Pass, Pass, CannotTell]),
        ("guide.navigation", [Pass, Pass, Pass, Pass]),
        ("bot.intent", [Pass, Problem, Pass, CannotTell]),
        ("rating.each-case", [Pass, Pass, CannotTell, CannotTell]),
    ]);
    let line = |item: &zoutong::model::ChecklistItem| {
        let channels: BTreeMap<ChannelId, CoverageState> = match walked.get(item.id.as_str()) {
            Some(states) => {
                CHANNELS.iter().zip(states).map(|((id, _), state)| (ChannelId::from(*id), *state)).collect()
            }
            None => BTreeMap::new(),
        };
        let states: Vec<_> = channels.values().copied().collect();
        let (state, why) = match item.method {
            Method::Manual => (AwaitingPeople, "待人工记录"),
            _ if states.is_empty() => (CannotTell, "尚无场景"),
            _ if states.contains(&Problem) => (Problem, ""),
            _ if states.contains(&CannotTell) => (CannotTell, "部分渠道没有看到"),
            _ => (Pass, ""),
        };
        Coverage { check: item.id.clone(), state, why: why.to_owned(), channels }
    };
    Checklist::official().items.iter().map(line).collect()
}

fn unseen() -> Vec<Unseen> {
    let row = |checks: &[&str],
               channel: Option<&str>,
               items: &[&str],
               why: &str,
               incomplete,
               capture: Option<&str>| Unseen {
        checks: checks.iter().map(|check| (*check).to_owned()).collect(),
        channel: channel.map(ChannelId::from),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        why: why.to_owned(),
        incomplete,
        capture: capture.map(str::to_owned),
    };
    let open: Vec<String> =
        coverage().into_iter().filter(|line| line.why == "尚无场景").map(|line| line.check).collect();
    let open: Vec<&str> = open.iter().map(String::as_str).collect();
    vec![
        row(
            &["bot.intent", "guide.process"],
            Some("kiosk"),
            &[],
            "自助终端的智能客服打不开：连接被拒绝（127.0.0.1:4104）。",
            true,
            None,
        ),
        row(
            &["guide.consistency"],
            Some("mini"),
            &[HOUSE.1, HOSTILE_NAME],
            "点按“办事指南”后 20 秒内没有出现内容 <b>加粗</b>。",
            true,
            Some("guide.mini.004/1"),
        ),
        row(&open, None, &[], "尚无场景", false, None),
    ]
}

/// The rows of one sheet.
fn rows(item: usize) -> Vec<SheetRow> {
    let row = |element: &str, label: &str, said: [Said; 4], likeness, odd: &[&str]| SheetRow {
        element: element.to_owned(),
        label: label.to_owned(),
        material: None,
        sayings: sayings(item, said),
        likeness,
        odd: ids(odd),
    };
    let all = |text: &str| [said(text), said(text), said(text), said(text)];
    let long = "凭本人有效身份证件办理。".repeat(250);
    vec![
        row("item_name", "事项名称", all("居民身份证申领"), Likeness::Same, &[]),
        row(
            "promise_limit",
            "承诺办结时限",
            [said("5个工作日"), said("20个工作日"), said("五个工作日"), said("5个工作日")],
            Likeness::Differs,
            &["app"],
        ),
        row("legal_limit", "法定办结时限", all("60个工作日"), Likeness::Same, &[]),
        row(
            "fee_flag",
            "是否收费",
            [said("不收费"), said("免费"), said("否"), said("不收费")],
            Likeness::Formal,
            &[],
        ),
        row(
            "place",
            "办理地点",
            [
                said("泽州路1号政务大厅二层"),
                said("泽州路1号政务大厅二层"),
                said("泽州路1号政务大厅2层"),
                Said::Nothing,
            ],
            Likeness::Missing,
            &["kiosk"],
        ),
        row(
            "condition",
            "受理条件",
            [said(&long), said(&long), said(&format!("{long}另须预约。")), Said::Unseen],
            Likeness::Differs,
            &["mini"],
        ),
        row("materials", "材料：居民户口簿", all("原件 1份 必要"), Likeness::Same, &[]),
        row(
            "daily_name",
            "日常用语",
            [Said::Nothing, Said::Nothing, said("办身份证 <u>x</u>"), Said::Unseen],
            Likeness::Alone,
            &[],
        ),
        row("consult", "咨询方式", all("0356-2026101"), Likeness::Same, &[]),
    ]
}

fn sheet((number, name): (usize, &str)) -> Sheet {
    let url = |(id, _): (&str, &str)| {
        (ChannelId::from(id), format!("http://127.0.0.1:4101/{id}/guide?id={number}&x=<y>"))
    };
    let mut urls: BTreeMap<ChannelId, String> = CHANNELS.into_iter().map(url).collect();
    if number == HOSTILE.0 {
        urls.insert(ChannelId::from("app"), SCRIPT_URL.to_owned());
        urls.remove(&ChannelId::from("kiosk"));
    }
    Sheet { item: name.to_owned(), channels: ids(&["pc", "app", "mini", "kiosk"]), urls, rows: rows(number) }
}

/// The rich outcome.
pub(super) fn outcome() -> Outcome {
    let issues: Vec<Issue> =
        problems().into_iter().map(|(problem, trend)| Issue { finding: problem.finding(), trend }).collect();
    let fixed = Problem {
        check: "guide.consistency",
        item: SHOP,
        channels: &["app"],
        element: "complain",
        kind: Kind::Empty,
        severity: Severity::Minor,
        message: "监督投诉方式有标签，没有内容。",
        advice: "",
        said: [Said::Nothing, Said::Nothing, Said::Nothing, Said::Nothing],
    };
    Outcome {
        run: run([CARD, SHOP, HOUSE, HOSTILE].map(|(_, name)| item(name)).into()),
        coverage: coverage(),
        issues,
        fixed: vec![fixed.finding()],
        unseen: unseen(),
        hitches: Vec::new(),
        sheets: [CARD, SHOP, HOUSE, HOSTILE].map(sheet).into(),
        visits: (24, 22),
    }
}

/// An outcome without any problem or gap.
pub(super) fn clean_outcome() -> Outcome {
    let mut outcome = outcome();
    outcome.issues.clear();
    outcome.fixed.clear();
    outcome.unseen.retain(|row| !row.incomplete);
    outcome.visits = (24, 24);
    for line in &mut outcome.coverage {
        for state in line.channels.values_mut() {
            *state = CoverageState::Pass;
        }
        if !line.channels.is_empty() {
            line.state = CoverageState::Pass;
        }
    }
    outcome
}

/// Forty items of fifty rows each, every tenth row different: as large as a night gets.
pub(super) fn large_outcome() -> Outcome {
    let mut outcome = outcome();
    let name = |number: usize| format!("第{number}号政务服务事项办理");
    outcome.run.items = (1..=40).map(|number| item(&name(number))).collect();
    outcome.sheets = (1..=40)
        .map(|number| {
            let mut sheet = sheet((number, "x"));
            sheet.item = name(number);
            sheet.rows = (0..50)
                .map(|at| {
                    let mut row = rows(number)[usize::from(at % 10 == 0)].clone();
                    for saying in row.sayings.values_mut() {
                        if let Said::Text(text) = &mut saying.said {
                            text.push_str(&"各渠道都应当写清楚的内容".repeat(8));
                        }
                    }
                    row.label = format!("要素{at}");
                    row
                })
                .collect();
            sheet
        })
        .collect();
    let pattern = outcome.issues[0].clone();
    outcome.issues = (1..=40)
        .map(|number| {
            let mut issue = pattern.clone();
            issue.finding.item = name(number);
            let said = [said("5个工作日"), said("20个工作日"), said("5个工作日"), said("5个工作日")];
            issue.finding.sayings = sayings(number, said);
            issue
        })
        .collect();
    outcome
}

/// Evidence for every capture that the samples name.
pub(super) struct SampleEvidence {
    picture: Vec<u8>,
}

impl SampleEvidence {
    pub(super) fn new() -> Self {
        Self { picture: png::page(1280, 1500) }
    }

    /// With pictures as small as compressed ones are, about 70 kB each.
    pub(super) fn small() -> Self {
        Self { picture: png::page(640, 900) }
    }
}

impl Evidence for SampleEvidence {
    fn capture(&self, id: &str) -> Option<Capture> {
        let (visit, number) = id.split_once('/')?;
        let hostile = visit.ends_with("004");
        let known: BTreeSet<&str> = CHANNELS.iter().map(|(id, _)| *id).collect();
        known.contains(visit.split('.').nth(1)?).then(|| Capture {
            id: id.to_owned(),
            what: ReadWhat::Guide,
            url: if hostile {
                SCRIPT_URL.to_owned()
            } else {
                format!("http://127.0.0.1:4101/{visit}?a=1&b=\"x\"")
            },
            at_ms: 1200,
            snapshot: format!("{visit}/{number}.json"),
            screenshot: Some(format!("{visit}/{number}.png")),
        })
    }

    fn screenshot(&self, capture: &Capture) -> Option<Vec<u8>> {
        (!capture.id.ends_with("003/1")).then(|| self.picture.clone())
    }

    fn snapshot(&self, capture: &Capture) -> Option<Snapshot> {
        let node = |parent, tag: &str, text: &str, rect| Node {
            parent,
            tag: tag.into(),
            text: text.to_owned(),
            rect,
            ..Node::default()
        };
        Some(Snapshot {
            url: capture.url.clone(),
            title: "办事指南".to_owned(),
            data: Vec::new(),
            speed: Speed::Painted,
            nodes: vec![
                node(0, "body", "", Some(Rect(0.0, 0.0, 1280.0, 1500.0))),
                node(0, "tr", "", Some(Rect(160.0, 420.0, 960.0, 40.0))),
                node(1, "th", "", None),
                node(2, "#text", "承诺办结时限", None),
                node(1, "td", "", Some(Rect(400.0, 424.0, 720.0, 32.0))),
                node(4, "#text", "20个工作日</script><i>", None),
            ],
            notes: Vec::new(),
        })
    }
}
