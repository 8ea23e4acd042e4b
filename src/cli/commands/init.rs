//! `zoutong init`: writes a commented portal file and a first scenario.

use super::super::arguments::InitArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use crate::scenario;

pub(in super::super) fn run(arguments: &InitArguments, screen: &Screen) -> Result<Code, Failure> {
    let files = scenario::new_project(&arguments.folder)?;
    screen.line("已写好：");
    for file in &files {
        screen.line(&format!("  {}", file.display()));
    }
    screen.line(&format!(
        "\n接下来：\n  1. 打开 portal.yaml，填写各渠道的地址\n  2. zoutong lint {0}\n  3. zoutong run {0}",
        arguments.folder.display()
    ));
    Ok(Code::Nothing)
}
