//! `zoutong checks`: the 94 items of the official checklist, and what the program does about each.

use super::super::arguments::ChecksArguments;
use super::super::exit::Code;
use super::super::screen::{Screen, column};
use crate::check::{self, CheckDescription};
use crate::model::Method;

/// Columns of an id.
const ID: usize = 24;

pub(in super::super) fn run(arguments: &ChecksArguments, screen: &Screen) -> Code {
    let all = check::describe();
    if let Some(id) = &arguments.check {
        return one(&all, id, screen);
    }
    list(&all, screen);
    Code::Nothing
}

fn list(all: &[CheckDescription], screen: &Screen) {
    let mut stage = String::new();
    for check in all {
        let heading = format!("{} · {}", check.section, check.stage);
        if heading != stage {
            screen.line(&format!("\n{}", screen.strong(&heading)));
            stage = heading;
        }
        screen.line(&format!("  {} {} {}", state(check, screen), column(&check.id, ID), check.question));
    }
    let implemented = all.iter().filter(|check| check.implemented).count();
    screen.line(&format!(
        "\n共 {} 项：程序已能核查 {implemented} 项；其余线上项目报“未能核查（尚无场景）”，线下项目待人工记录。\n\
         查看某一项的依据和规则：zoutong checks 检查项编号",
        all.len()
    ));
}

fn state(check: &CheckDescription, screen: &Screen) -> String {
    match (check.implemented, check.method) {
        (true, _) => screen.green("已实现"),
        (false, Method::Manual) => screen.faint("人  工"),
        (false, _) => screen.yellow("未实现"),
    }
}

fn one(all: &[CheckDescription], id: &str, screen: &Screen) -> Code {
    let Some(check) = all.iter().find(|check| check.id == id) else {
        screen.error(&format!("错误：没有编号为“{id}”的检查项\n建议：运行 zoutong checks 查看全部编号"));
        return Code::Usage;
    };
    screen.line(&screen.strong(&format!("{}  {}", check.id, check.question)));
    screen.line(&format!("体验环节：{} · {}", check.section, check.stage));
    screen.line(&format!("核查方式：{}", method(check)));
    if check.implemented {
        screen.line(&format!("为什么查：{}\n需要看到：{}", check.why, check.needs));
    }
    for rule in &check.rules {
        screen.line(&format!(
            "  {}  [{}] {}（依据：{}）",
            rule.id,
            rule.severity.name(),
            rule.question,
            rule.source
        ));
        if !rule.judged_by.is_empty() {
            screen.line(&screen.faint(&format!("       {}", rule.judged_by)));
        }
    }
    Code::Nothing
}

fn method(check: &CheckDescription) -> &'static str {
    match (check.method, check.implemented) {
        (Method::Manual, _) => "由人到现场体验后记录",
        (_, true) => "由程序走访后判断",
        (Method::Auto, false) => "可由程序判断，目前尚无场景，报未能核查",
        (Method::Assisted, false) => "由程序取证、人确认，目前尚无场景，报未能核查",
    }
}
