//! Exit codes, and the one place where a chain of errors is told: 错误, 原因, 建议.

use std::borrow::Cow;
use std::error::Error;

use super::screen::Screen;
use crate::audit::AuditError;
use crate::browser::BrowserError;
use crate::demo::DemoError;
use crate::scenario::recording::RecordingError;
use crate::scenario::{BaselineError, ScenarioErrors, StarterError};
use crate::store::StoreError;
use crate::vault::VaultError;

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// 0: everything was looked at and nothing bad enough was found.
    Nothing,
    /// 1: problems.
    Problems,
    /// 2: wrong usage, scenario or portal file.
    Usage,
    /// 3: we could not work.
    CouldNotWork,
    /// 4: incomplete; there may be problems too.
    Incomplete,
    /// 130: stopped by a person or the system.
    Stopped,
}

impl Code {
    /// The number that the shell sees.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Problems => 1,
            Self::Usage => 2,
            Self::CouldNotWork => 3,
            Self::Incomplete => 4,
            Self::Stopped => 130,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// An audit failed.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The embedded portal failed.
    #[error("演示门户启动不了")]
    Demo(#[from] DemoError),
    /// The scenario files are wrong.
    #[error("场景文件有错误")]
    Scenario(#[from] ScenarioErrors),
    /// A new project could not be written.
    #[error("新建场景文件夹没有成功")]
    Starter(#[from] StarterError),
    /// A run could not be found or read.
    #[error("走访结果读不出来")]
    Store(#[from] StoreError),
    /// The system refused something basic.
    #[error("系统不允许：{what}")]
    System {
        /// What was wanted.
        what: &'static str,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// An export of the office's database is wrong.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// A recording cannot be taken, or a scenario not given away.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// Something private could not be read or written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The words of the command fit nothing.
    #[error("{0}")]
    Usage(String),
}

/// Tells a failure and gives the exit code for it.
pub(super) fn explain(failure: &Failure, screen: &Screen) -> Code {
    if let Some(errors) = scenario_errors(failure) {
        screen.error(&errors.render(screen.color));
        return Code::Usage;
    }
    screen.error(&format!("{}{failure}", screen.red("错误：")));
    let mut source = failure.source();
    if matches!(failure, Failure::Audit(_)) {
        source = std::error::Error::source(failure);
    }
    while let Some(error) = source {
        screen.error(&format!("  原因：{}", crate::text::printable(&error.to_string())));
        source = error.source();
    }
    if let Some(advice) = advice(failure) {
        screen.error(&format!("{}{advice}", screen.yellow("建议：")));
    }
    match failure {
        Failure::Usage(_)
        | Failure::Vault(
            VaultError::SecretsFile { .. } | VaultError::OpenToOthers { .. } | VaultError::Value(_),
        )
        | Failure::Baseline(_)
        | Failure::Recording(_)
        | Failure::Audit(
            AuditError::NothingToWalk(_)
            | AuditError::Address(_)
            | AuditError::PageFile { .. }
            | AuditError::TruthFile { .. }
            | AuditError::NoPage(_)
            | AuditError::NoTruth(_),
        ) => Code::Usage,
        Failure::Audit(AuditError::Unreachable { .. }) => Code::Incomplete,
        _ => Code::CouldNotWork,
    }
}

fn scenario_errors(failure: &Failure) -> Option<&ScenarioErrors> {
    match failure {
        Failure::Scenario(errors) | Failure::Audit(AuditError::Scenario(errors)) => Some(errors),
        _ => None,
    }
}

fn advice(failure: &Failure) -> Option<Cow<'static, str>> {
    if let Failure::Vault(error) | Failure::Audit(AuditError::Vault(error)) = failure {
        return Some(error.advice().into());
    }
    Some(Cow::Borrowed(match failure {
        Failure::Audit(AuditError::Browser(error)) => browser_advice(error),
        Failure::Audit(AuditError::Store(_) | AuditError::Report(_) | AuditError::Record(_)) => {
            "看看磁盘是否已满、结果文件夹是否可写，或用 --reports 换一个文件夹"
        }
        Failure::Audit(AuditError::Unreachable { .. }) => "检查网址和网络；能用浏览器打开再试",
        Failure::Audit(AuditError::PageFile { .. }) => "检查文件名；网址要以 http:// 或 https:// 开头",
        Failure::Baseline(error) => error.advice(),
        Failure::Recording(error) => error.advice,
        Failure::Store(_) => "用 zoutong show 最近 查看最近一次走访，或用 --reports 指明结果文件夹",
        Failure::Demo(_) => "换一个端口，或不写 --port 让程序自己找空闲端口",
        _ => return None,
    }))
}

fn browser_advice(error: &BrowserError) -> &'static str {
    match error {
        BrowserError::NoDriver | BrowserError::NoBrowser => {
            "在 Debian 或 Ubuntu 上运行 make setup；别的系统请先安装 Chromium 和同版本的 chromedriver，再用 --browser、--driver 指明位置"
        }
        _ => "运行 zoutong doctor 看看缺什么；远程浏览器请检查 --webdriver 的地址",
    }
}
