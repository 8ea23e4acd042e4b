//! `zoutong demo`: serves the embedded portal, walks it, and holds what was found against the answer key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::super::arguments::{DemoArguments, FailOn};
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::Screen;
use super::run::{code, show, walk};
use super::{now, wait_for};
use crate::audit::{Order, RunSummary, Selection};
use crate::demo::{self, Expected, Portal};
use crate::model::{Audience, Finding, Item, Kind, Outcome};
use crate::settings::{Settings, Values};

/// The scenario files of the demo portal, so that the program can show itself anywhere.
const FILES: [(&str, &str); 7] = [
    ("portal.yaml", include_str!("../../../scenarios/demo/portal.yaml")),
    ("items.yaml", include_str!("../../../scenarios/demo/items.yaml")),
    ("accounts.yaml", include_str!("../../../scenarios/demo/accounts.yaml")),
    ("guide-consistency.yaml", include_str!("../../../scenarios/demo/guide-consistency.yaml")),
    ("login.yaml", include_str!("../../../scenarios/demo/login.yaml")),
    ("login-error.yaml", include_str!("../../../scenarios/demo/login-error.yaml")),
    ("bot-intent.yaml", include_str!("../../../scenarios/demo/bot-intent.yaml")),
];
/// Where the same files lie in a checkout; edits there are honoured.
const CHECKOUT: &str = "scenarios/demo";
/// The secret that the demo's accounts file asks for.
const PASSWORD_SECRET: &str = "DEMO_PASSWORD";

pub(in super::super) fn run(
    arguments: &DemoArguments,
    values: Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let settings = demo_settings(arguments)?;
    let began = Instant::now();
    let (summary, stopped) = wait_for(async {
        let portal = demo::serve(settings.clone()).await?;
        screen.line("演示门户已启动（全部内容都是演示数据），开始走访……");
        let scenarios = scenario_folder(&portal, arguments)?;
        let order = Order {
            scenarios: scenarios.path().to_owned(),
            selection: Selection::default(),
            variables: variables(&demo_values(&portal, values), &[]),
            scripts: false,
            people: std::sync::Arc::new(crate::runner::Nobody),
            settings: Settings { pictures: arguments.evidence.pictures(), ..arguments.technical.settings() },
            now,
        };
        let walked = walk(&order, screen).await;
        portal.close().await;
        walked
    })?;
    show(&summary, screen);
    if stopped {
        return Ok(Code::Stopped);
    }
    screen.line(&timing(&summary, began.elapsed()));
    if arguments.clean || !arguments.down.is_empty() {
        return Ok(code(&summary.outcome, FailOn::Minor));
    }
    Ok(verdict(&summary.outcome, &demo::answer_key(&settings), screen))
}

fn demo_settings(arguments: &DemoArguments) -> Result<demo::Settings, Failure> {
    if let Some(unknown) = arguments.down.iter().find(|channel| !demo::CHANNELS.contains(&channel.as_str())) {
        let known = demo::CHANNELS.join("、");
        return Err(Failure::Usage(format!("演示门户没有渠道“{unknown}”，可用的是：{known}")));
    }
    Ok(demo::Settings {
        clean: arguments.clean,
        items: arguments.items,
        seed: arguments.seed,
        down: arguments.down.iter().cloned().collect::<BTreeSet<_>>(),
        ports: None,
        latency: Duration::from_millis(50),
    })
}

/// The addresses of this portal and the password of its invented accounts.
fn demo_values(portal: &Portal, mut values: Values) -> Values {
    let addresses = portal.addresses().iter().map(|(channel, address)| (channel.clone(), address.clone()));
    values.variables.extend(addresses);
    let password = demo::TEST_ACCOUNTS[0].password.to_owned();
    values.secrets = BTreeMap::from([(PASSWORD_SECRET.to_owned(), password)]);
    values
}

/// The folder to walk: the checkout's own, or one written for this run.
enum Folder {
    Checkout(PathBuf),
    Written(tempfile::TempDir),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Checkout(path) => path,
            Self::Written(folder) => folder.path(),
        }
    }
}

/// A portal of another size has other items; its list is written beside copies of the scenarios.
fn scenario_folder(portal: &Portal, arguments: &DemoArguments) -> Result<Folder, Failure> {
    let checkout = Path::new(CHECKOUT);
    let usual = arguments.items == demo::Settings::default().items;
    if usual && checkout.join("portal.yaml").is_file() {
        return Ok(Folder::Checkout(checkout.to_owned()));
    }
    let refused = |source| Failure::System { what: "写临时的场景文件", source };
    let folder = tempfile::Builder::new().prefix("zoutong-demo-").tempdir().map_err(refused)?;
    for (name, text) in FILES {
        let text = if name == "items.yaml" && !usual { items_file(portal)? } else { text.to_owned() };
        std::fs::write(folder.path().join(name), text).map_err(refused)?;
    }
    Ok(Folder::Written(folder))
}

/// JSON is YAML, and quotes every name safely.
fn items_file(portal: &Portal) -> Result<String, Failure> {
    let items: Vec<Item> = portal
        .items()
        .into_iter()
        .map(|card| Item {
            name: card.name,
            colloquial: card.daily,
            code: Some(card.code),
            audience: if card.audience == "enterprise" { Audience::Enterprise } else { Audience::Personal },
            certificate: card.certificate,
        })
        .collect();
    serde_json::to_string_pretty(&items)
        .map_err(|source| Failure::System { what: "写临时的事项清单", source: source.into() })
}

fn timing(summary: &RunSummary, took: Duration) -> String {
    let (_, walked) = summary.outcome.visits;
    format!(
        "用时 {:.1} 秒，走访 {walked} 次，平均每秒 {:.1} 次",
        took.as_secs_f64(),
        walked as f64 / took.as_secs_f64()
    )
}

/// Check, item, channels, element and kind: what makes a planted fault and a finding the same.
type Mark = (String, String, BTreeSet<String>, String, String);

fn expected_mark(expected: &Expected) -> Mark {
    let channels = expected.channels.iter().cloned().collect();
    // A rule speaks of several elements at once; which one is put right is a matter of taste.
    let element = if expected.kind.starts_with("rule:") { String::new() } else { expected.element.clone() };
    (expected.check.clone(), expected.item.clone(), channels, element, expected.kind.clone())
}

fn found_mark(finding: &Finding) -> Mark {
    let channels = finding.channels.iter().map(|channel| channel.0.clone()).collect();
    let (element, kind) = match (&finding.rule, finding.kind) {
        (Some(rule), Kind::Rule) => (String::new(), format!("rule:{rule}")),
        _ => (finding.element.clone(), finding.kind.slug().to_owned()),
    };
    (finding.check.clone(), finding.item.clone(), channels, element, kind)
}

/// Holds the issue list against the answer key, both ways.
fn verdict(outcome: &Outcome, key: &[Expected], screen: &Screen) -> Code {
    let expected: BTreeMap<Mark, &Expected> = key.iter().map(|entry| (expected_mark(entry), entry)).collect();
    let found: BTreeMap<Mark, &Finding> =
        outcome.issues.iter().map(|issue| (found_mark(&issue.finding), &issue.finding)).collect();
    let missed: Vec<&Expected> =
        expected.iter().filter(|(mark, _)| !found.contains_key(*mark)).map(|(_, entry)| *entry).collect();
    let invented: Vec<&Finding> =
        found.iter().filter(|(mark, _)| !expected.contains_key(*mark)).map(|(_, finding)| *finding).collect();
    for entry in &missed {
        screen.line(&format!("{}  {} {}：{}", screen.red("漏报"), entry.fault, entry.item, entry.note));
    }
    for finding in &invented {
        screen.line(&format!(
            "{}  {}：{}",
            screen.red("误报"),
            finding.item,
            crate::text::printable(&finding.message)
        ));
    }
    let counts = format!(
        "答案核对：预埋 {} 项，找到 {} 项，漏报 {} 项，误报 {} 项",
        expected.len(),
        expected.len() - missed.len(),
        missed.len(),
        invented.len()
    );
    if missed.is_empty() && invented.is_empty() {
        screen.line(&screen.green(&format!("{counts}，与标准答案完全一致")));
        return code_unless_problems(outcome);
    }
    screen.line(&screen.red(&counts));
    Code::Problems
}

/// Planted faults that were all found are what a demonstration is for; an incomplete one is not.
fn code_unless_problems(outcome: &Outcome) -> Code {
    code(outcome, FailOn::Never)
}
