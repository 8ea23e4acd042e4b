//! The scenario library that ships with the program, and its schemas.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zoutong::model::{Action, ForEach, ReadWhat};
use zoutong::scenario::{Library, NoteKind, Variables, lint, load, portal_schema, schema};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn demo_variables() -> Variables {
    ["pc", "app", "mini", "kiosk", "sms"]
        .iter()
        .zip(8101..)
        .fold(Variables::new(), |all, (name, port)| all.with(*name, format!("http://127.0.0.1:{port}/")))
}

fn demo() -> Library {
    load(&folder("demo"), &demo_variables()).unwrap_or_else(|errors| panic!("{}", errors.render(false)))
}

#[test]
fn the_demo_scenarios_are_clean() {
    let report = lint(&folder("demo"), &demo_variables());
    assert!(report.errors.is_empty() && report.notes.is_empty(), "{}", report.render(false));
}

#[test]
fn the_demo_portal_has_four_channels_forty_items_and_two_accounts() {
    let Library { portal, scenarios, notes, .. } = demo();
    let channels: Vec<_> = portal.channels.iter().map(|channel| channel.id.0.as_str()).collect();
    assert_eq!(channels, ["pc", "app", "mini", "kiosk"]);
    assert_eq!(portal.channels[2].home.as_deref(), Some("http://127.0.0.1:8103/"));
    assert_eq!((portal.items.len(), portal.accounts.len()), (40, 2));
    let codes: BTreeSet<_> = portal.items.iter().filter_map(|item| item.code.as_ref()).collect();
    assert!(codes.len() == 40 && codes.iter().all(|code| code.len() == 31));
    assert!(portal.accounts.iter().all(|account| account.password_secret == "DEMO_PASSWORD"));
    let ids: Vec<_> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    assert_eq!(ids, ["bot-intent", "guide-consistency", "login-error", "login", "practice"]);
    assert!(notes.is_empty());
}

#[test]
fn a_step_keeps_its_line_and_its_modifiers() {
    let library = demo();
    let login = library.scenarios.iter().find(|scenario| scenario.id == "login").unwrap();
    assert_eq!(login.for_each, ForEach::Accounts);
    let text = std::fs::read_to_string(folder("demo").join("login.yaml")).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert!(login.steps.iter().all(|step| lines[step.line - 1].trim_start().starts_with("- ")));
    let maybe: Vec<_> = login.steps.iter().filter(|step| step.maybe).collect();
    assert_eq!(maybe.len(), 2);
    assert_eq!(maybe[1].timeout, Some(std::time::Duration::from_secs(5)));
    assert_eq!(login.steps.last().unwrap().action, Action::Read(ReadWhat::LoginResult));
}

#[test]
fn the_real_portal_only_has_gaps_to_fill() {
    let report = lint(&folder("jincheng"), &Variables::new());
    assert!(report.is_clean(), "{}", report.render(false));
    assert!(report.notes.iter().all(|note| note.kind == NoteKind::Missing && note.place.line > 0));
    let library = load(&folder("jincheng"), &Variables::new()).unwrap();
    assert!(library.portal.channels.iter().all(|channel| channel.home.is_none()));
    assert!(library.portal.hosts.is_empty() && library.portal.accounts.is_empty());
}

/// The schemas lie beside the scenarios for editors; `BLESS=1 cargo test` writes them anew.
#[test]
fn the_schemas_for_editors_are_fresh() {
    for (name, schema) in [("schema.json", schema()), ("portal.schema.json", portal_schema())] {
        let fresh = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(folder(name), &fresh).unwrap();
        }
        assert_eq!(std::fs::read_to_string(folder(name)).unwrap(), fresh, "{name}: run BLESS=1 cargo test");
    }
}

#[test]
fn every_scenario_file_names_its_schema_on_the_first_line() {
    for name in ["demo", "jincheng"] {
        for entry in std::fs::read_dir(folder(name)).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let is_yaml = path.extension().is_some_and(|end| end == "yaml");
            if !is_yaml || ["items", "accounts"].contains(&stem.as_str()) {
                continue;
            }
            let schema = if stem == "portal" { "portal.schema.json" } else { "schema.json" };
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with(&format!("# yaml-language-server: $schema=../{schema}\n")), "{path:?}");
        }
    }
}

/// The volunteers' page may not teach what the program refuses.
#[test]
fn every_step_that_the_volunteers_page_shows_is_accepted() {
    let page = include_str!("../../docs/SCENARIOS.zh-CN.md");
    let steps: Vec<_> = page
        .lines()
        .filter_map(|line| line.split('|').nth(2)?.trim().strip_prefix("`- ")?.strip_suffix('`'))
        .map(|step| format!("  - {step}\n"))
        .collect();
    assert!(steps.len() >= 40, "{steps:?}");
    let world = tempfile::tempdir().unwrap();
    let portal = "portal: 试验\nhosts: [portal.test]\naccounts: accounts.yaml\nchannels:\n  pc: { name: PC端, home: http://portal.test/ }\n";
    std::fs::write(world.path().join("portal.yaml"), portal).unwrap();
    let accounts = "- name: 个人账号\n  audience: personal\n  user: ceshi01\n  password: \"{{ secret.TEST }}\"\n  shown-name: 测试用户\n";
    std::fs::write(world.path().join("accounts.yaml"), accounts).unwrap();
    std::fs::write(world.path().join("样例.png"), "x").unwrap();
    let other = "scenario: other\ntitle: 另一个\nchecks: [guide.consistency]\nsteps:\n  - open: 首页\n  - read: guide\n";
    std::fs::write(world.path().join("other.yaml"), other).unwrap();
    let head = "scenario: page\ntitle: 说明里的例子\nchecks: [guide.consistency]\nsteps:\n";
    std::fs::write(world.path().join("page.yaml"), format!("{head}{}", steps.concat())).unwrap();
    let report = lint(world.path(), &demo_variables());
    assert!(report.errors.is_empty() && report.notes.is_empty(), "{}", report.render(false));
}
