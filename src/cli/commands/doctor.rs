//! `zoutong doctor`: whether this machine has what a walk needs, and whether the channels answer.

use std::path::{Path, PathBuf};
use std::process::Command;

use url::Url;

use super::super::arguments::DoctorArguments;
use super::super::exit::{Code, Failure};
use super::super::given::variables;
use super::super::screen::{Screen, column};
use super::wait_for;
use crate::browser::http::PlainHttp;
use crate::browser::{find_browser, find_driver};
use crate::model::LinkProbe;
use crate::scenario;
use crate::settings::{BrowserChoice, Values};

/// Columns of what is looked at.
const WHAT: usize = 22;
/// Where fonts lie on Debian.
const FONTS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// One line: what was looked at, whether it is well, what was seen.
struct Finding {
    what: String,
    well: bool,
    seen: String,
}

pub(in super::super) fn run(
    arguments: &DoctorArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let settings = arguments.technical.settings();
    let mut findings = match &settings.browser {
        BrowserChoice::Local { driver, browser, headed } => {
            machine(driver.as_deref(), browser.as_deref(), *headed)
        }
        BrowserChoice::Remote(address) => {
            vec![Finding { what: "远程 WebDriver".into(), well: true, seen: address.clone() }]
        }
    };
    findings.push(font());
    findings.push(writable(&settings.reports));
    if let Some(folder) = &arguments.scenarios {
        let library = scenario::load(folder, &variables(values, &[]))?;
        findings.extend(wait_for(doors(&library.portal))?);
    }
    for finding in &findings {
        let mark = if finding.well { screen.green("正常") } else { screen.red("有问题") };
        screen.line(&format!("{} {}  {}", column(&finding.what, WHAT), mark, finding.seen));
    }
    if findings.iter().all(|finding| finding.well) {
        screen.line("一切就绪");
        return Ok(Code::Nothing);
    }
    screen.line("建议：在 Debian 或 Ubuntu 上运行 make setup 可以补齐浏览器、驱动和字体");
    Ok(Code::CouldNotWork)
}

fn machine(driver: Option<&Path>, browser: Option<&Path>, headed: bool) -> Vec<Finding> {
    let driver = find_driver(driver).ok();
    let browser = find_browser(browser, headed).ok();
    let versions = (driver.as_deref().and_then(version), browser.as_deref().and_then(version));
    let mut findings = vec![
        program("chromedriver", driver.as_ref(), versions.0.as_deref()),
        program("浏览器", browser.as_ref(), versions.1.as_deref()),
    ];
    if let (Some(driver), Some(browser)) = versions {
        let well = major(&driver).is_some() && major(&driver) == major(&browser);
        let seen = if well {
            "主版本一致".to_owned()
        } else {
            format!("chromedriver {driver}，浏览器 {browser}，主版本不一致")
        };
        findings.push(Finding { what: "版本".into(), well, seen });
    }
    findings
}

fn program(what: &str, path: Option<&PathBuf>, version: Option<&str>) -> Finding {
    let seen = match path {
        Some(path) => format!("{}  {}", path.display(), version.unwrap_or("（版本不明）")),
        None => "没有找到".to_owned(),
    };
    Finding { what: what.into(), well: path.is_some(), seen }
}

/// The first word of `--version` that looks like one.
fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// Without a Chinese font screenshots show boxes, and text is measured wrongly.
fn font() -> Finding {
    let found = FONTS.iter().any(|folder| has_chinese_font(Path::new(folder), 4));
    let seen = if found { "已安装" } else { "没有找到，截图里的汉字会变成方框" };
    Finding { what: "中文字体".into(), well: found, seen: seen.to_owned() }
}

fn has_chinese_font(folder: &Path, depth: usize) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let named = ["cjk", "wqy", "sourcehan", "simsun", "simhei"].iter().any(|word| name.contains(word));
        named || (depth > 0 && entry.path().is_dir() && has_chinese_font(&entry.path(), depth - 1))
    })
}

fn writable(folder: &Path) -> Finding {
    let tried =
        std::fs::create_dir_all(folder).and_then(|()| tempfile::NamedTempFile::new_in(folder).map(|_| ()));
    let seen = if tried.is_ok() {
        folder.display().to_string()
    } else {
        format!("{} 写不进去", folder.display())
    };
    Finding { what: "结果文件夹".into(), well: tried.is_ok(), seen }
}

async fn doors(portal: &crate::model::Portal) -> Result<Vec<Finding>, Failure> {
    let http = PlainHttp::new().map_err(crate::audit::AuditError::from)?;
    let mut findings = Vec::new();
    for channel in &portal.channels {
        let what = format!("渠道 {}", channel.name);
        let finding = match channel.home.as_deref().map(Url::parse) {
            None => Finding { what, well: false, seen: "首页地址还没有填写".into() },
            Some(Err(_)) => Finding { what, well: false, seen: "首页地址不是网址".into() },
            Some(Ok(url)) => match http.probe(&url, channel.device.user_agent.as_deref()).await {
                LinkProbe::Status(status) => {
                    Finding { what, well: status < 500, seen: format!("{url} 返回 {status}") }
                }
                LinkProbe::Unreachable(why) => Finding { what, well: false, seen: format!("{url} {why}") },
                LinkProbe::NotAsked => Finding { what, well: false, seen: format!("{url} 没有访问") },
            },
        };
        findings.push(finding);
    }
    Ok(findings)
}
