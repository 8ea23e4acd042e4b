//! `zoutong verify`: whether the evidence of a kept run is still what was kept.

use super::super::arguments::RunNameArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::store::{self, RunFolder, SEAL, SealCheck};

/// So many names of one kind are listed.
const LISTED: usize = 20;

pub(in super::super) fn run(arguments: &RunNameArguments, screen: &Screen) -> Result<Code, Failure> {
    let folder = RunFolder::open(&store::find_run(&arguments.reports, &arguments.run)?)?;
    let Some(check) = folder.check_seal()? else {
        screen.line(&format!(
            "无法核对：{} 里没有封存清单 {SEAL}（走访没有走完，或者是旧版本写的）",
            folder.path().display()
        ));
        return Ok(Code::Incomplete);
    };
    screen.line(&told(&check));
    Ok(if check.is_intact() { Code::Nothing } else { Code::Problems })
}

fn told(check: &SealCheck) -> String {
    let mut lines = vec![if check.is_intact() {
        format!("完好：{} 个文件都和封存时一样", check.files)
    } else {
        format!("不一致：封存时有 {} 个文件，现在和封存时不一样", check.files)
    }];
    for (what, names) in
        [("内容被改动", &check.changed), ("不见了", &check.missing), ("封存后多出来的", &check.added)]
    {
        if names.is_empty() {
            continue;
        }
        lines.push(format!("{what}（{} 个）：", names.len()));
        lines.extend(names.iter().take(LISTED).map(|name| format!("  {}", crate::text::printable(name))));
        if names.len() > LISTED {
            lines.push(format!("  …… 还有 {} 个", names.len() - LISTED));
        }
    }
    lines.push(format!("封存清单的指纹（SHA-256）：{}", check.fingerprint));
    lines.push(format!("没有本程序也能核对：在结果文件夹里运行 sha256sum -c {SEAL}"));
    lines.join("\n")
}
