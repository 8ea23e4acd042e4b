//! `zoutong lint --drift`: which locators of a step no longer matched in a kept run, and the files with those first that did.

use std::path::{Path, PathBuf};

use super::super::arguments::LintArguments;
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::Screen;
use crate::audit::{self, Drift, DriftAdvice, DriftReport};
use crate::scenario::drift::{Refused, replace};
use crate::settings::Values;
use crate::store::{self, LATEST, RunFolder};
use crate::text::printable;

/// Looks through the run `named`, and writes the files where that was asked for.
pub(super) fn run(
    named: &str,
    arguments: &LintArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let (named, paths) = run_and_paths(named, &arguments.paths);
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        return Err(Failure::Usage(format!("没有这个文件或文件夹：{}", missing.display())));
    }
    let folder = RunFolder::open(&store::find_run(&arguments.reports, &named)?)?;
    let report = audit::drift(&folder, &paths)?;
    screen.line(&format!("对照的走访：{}", folder.path().display()));
    for note in &report.notes {
        screen.line(&format!("{}{}", screen.yellow("说明："), printable(note)));
    }
    for drift in &report.drifts {
        screen.line(&format!("\n{}", shown(drift, screen)));
    }
    if report.drifts.is_empty() {
        let said = if report.notes.is_empty() {
            screen.green("各步骤的第一种写法都还找得到，次序不用动")
        } else {
            "看得到的步骤里，没有要调整次序的".to_owned()
        };
        screen.line(&said);
        return Ok(Code::Nothing);
    }
    for patch in &report.patches {
        screen.line(&format!("\n{}", colored(&patch.diff(), screen)));
    }
    if arguments.write {
        write(&report, &arguments.variables, values, screen)?;
    } else if !report.patches.is_empty() {
        screen.line("\n加上 --write 就照补丁修改文件：只改次序，注释和排版不动，检查无误才写入");
    }
    let mended = arguments.write && !report.drifts.iter().any(|drift| !is_proposed(drift));
    Ok(if mended { Code::Nothing } else { Code::Problems })
}

/// `--drift 文件夹` means the newest run and that folder: a run is called by its id, or is a folder with `run.json`.
fn run_and_paths(named: &str, paths: &[PathBuf]) -> (String, Vec<PathBuf>) {
    let path = Path::new(named);
    if path.exists() && !path.join("run.json").is_file() {
        let paths = std::iter::once(path.to_owned()).chain(paths.iter().cloned());
        return (LATEST.to_owned(), paths.collect());
    }
    (named.to_owned(), paths.to_vec())
}

fn is_proposed(drift: &Drift) -> bool {
    matches!(drift.advice, DriftAdvice::First(_))
}

fn shown(drift: &Drift, screen: &Screen) -> String {
    let place = format!("{}:{}:{}", drift.file, drift.line, drift.column);
    let mut lines = vec![format!("{}  {}", screen.strong(&printable(&place)), printable(&drift.what))];
    for (channel, matched) in &drift.matched {
        let found: Vec<String> = matched
            .iter()
            .map(|(alternative, times)| {
                format!("第 {} 种 {}（{times} 次）", alternative + 1, entry(drift, *alternative))
            })
            .collect();
        lines.push(format!("  {}：找到的是{}", printable(channel), found.join("、")));
    }
    lines.push(format!("  {}{}", screen.yellow("建议："), advised(drift)));
    lines.join("\n")
}

fn entry(drift: &Drift, number: usize) -> String {
    printable(drift.entries.get(number).map_or("", String::as_str))
}

fn advised(drift: &Drift) -> String {
    match drift.advice {
        DriftAdvice::First(number) => {
            format!("前面的写法已经找不到，把 {} 放到最前面（见下面的补丁）", entry(drift, number))
        }
        DriftAdvice::ByHand(number) => {
            let first = entry(drift, number);
            format!("前面的写法已经找不到，请手工把 {first} 放到最前面（这里的排版程序不敢动）")
        }
        DriftAdvice::ByChannel => {
            "各渠道找到的不一样，场景里只有一个次序，不作修改；可以在场景里只写一个词，把每个渠道的写法放进门户文件的 words"
                .to_owned()
        }
        DriftAdvice::Unsteady => "同一个渠道有时是这种、有时是那种，换次序没有用，请看看页面为什么变来变去".to_owned(),
    }
}

fn colored(diff: &str, screen: &Screen) -> String {
    let paint = |line: &str| {
        let shown = printable(line);
        if line.starts_with('+') {
            screen.green(&shown)
        } else if line.starts_with('-') {
            screen.red(&shown)
        } else {
            shown
        }
    };
    diff.lines().map(paint).collect::<Vec<_>>().join("\n")
}

fn write(
    report: &DriftReport,
    given: &[(String, String)],
    values: &Values,
    screen: &Screen,
) -> Result<(), Failure> {
    let variables = variables(values, given);
    for patch in &report.patches {
        replace(&patch.path, &patch.old, &patch.new, &variables).map_err(|refused| match refused {
            Refused::Wrong(errors) => Failure::Scenario(errors),
            Refused::Changed(_) => Failure::Usage(refused.to_string()),
            Refused::System { source, .. } => Failure::System { what: "修改场景文件", source },
        })?;
        screen.line(&screen.green(&format!("已修改：{}", patch.path.display())));
    }
    Ok(())
}
