//! `zoutong record`: a person does an errand in a visible browser; what is done becomes a scenario.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use url::Url;

use super::super::arguments::RecordArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::Screen;
use super::super::signals::stop_on_signal;
use super::{import, wait_for};
use crate::audit::{self, AuditError, RecordOrder, Recorded};
use crate::model::{Channel, Deed, Device, Noticed};
use crate::scenario;
use crate::settings::{BrowserChoice, Values};
use crate::text::printable;

pub(in super::super) fn run(
    arguments: &RecordArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let order = order(arguments, values)?;
    let file = arguments.output.clone();
    if let Some(file) = file.as_deref().filter(|file| file.exists() && !arguments.force) {
        return Err(Failure::Usage(format!(
            "{} 已经存在；换个名字，或者加 --force 覆盖",
            printable(&file.display().to_string())
        )));
    }
    let browser = audit::browser(&visible(arguments)).map_err(AuditError::from)?;
    screen.line("浏览器窗口打开后，像平时办事一样操作；右下角的小窗可以标记“这里必须看得到”“读取办事指南”。");
    screen.line("做完点“结束录制”，或者关掉窗口。密码不会被记录，但请不要真的提交。");
    let count = AtomicUsize::new(0);
    let heard = |noticed: &Noticed| {
        if let Some(said) = said(noticed) {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            screen.line(&format!("  {number:>3}  {}", printable(&said)));
        }
    };
    let recorded = wait_for(async {
        let stop =
            stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
        let recorded = audit::record(&order, &browser, &heard, stop).await;
        browser.close().await;
        Ok(recorded?)
    })?;
    write(&recorded, file, arguments.force, screen)
}

fn write(recorded: &Recorded, file: Option<PathBuf>, force: bool, screen: &Screen) -> Result<Code, Failure> {
    let Some(scenario) = &recorded.scenario else {
        screen.line("什么都没有做，没有写场景文件。");
        return Ok(Code::Nothing);
    };
    let file = file.unwrap_or_else(|| PathBuf::from(format!("{}.yaml", scenario.id)));
    import::write(&file, scenario.text.as_bytes(), force)?;
    let shown = printable(&file.display().to_string());
    screen.line(&format!(
        "{}  {shown}  {}，{} 步",
        screen.green("写好"),
        printable(&scenario.title),
        scenario.steps
    ));
    if !recorded.secrets.is_empty() {
        let names: Vec<String> =
            recorded.secrets.iter().map(|name| format!("zoutong secret set {name}")).collect();
        screen.line(&format!(
            "{}  {}（密码没有写进文件，走访前存一次）",
            screen.yellow("要设置"),
            names.join("、")
        ));
    }
    screen.line(&format!("检查一遍：zoutong lint {shown}"));
    Ok(Code::Nothing)
}

/// What a person reads while recording; nothing for what says nothing to them.
fn said(noticed: &Noticed) -> Option<String> {
    let target = noticed.places.first().map_or("", String::as_str);
    Some(match noticed.deed {
        Deed::Opened if noticed.top => {
            format!("打开 {}", if noticed.words.is_empty() { &noticed.url } else { &noticed.words })
        }
        Deed::Tapped => format!("点按 {target}"),
        Deed::Typed if noticed.secret => format!("在 {target} 输入密码（不记录）"),
        Deed::Typed => format!("在 {target} 输入"),
        Deed::Chosen => format!("在 {target} 选择 {}", noticed.value),
        Deed::Ticked => format!("{} {target}", if noticed.on { "勾选" } else { "取消勾选" }),
        Deed::Uploaded => format!("在 {target} 选择文件"),
        Deed::Pressed => format!("按 {}", noticed.value),
        Deed::Seen => format!("必须看得到 {target}"),
        Deed::Guide => "读取办事指南".to_owned(),
        Deed::Opened | Deed::Focused | Deed::Finished => return None,
    })
}

fn visible(arguments: &RecordArguments) -> BrowserChoice {
    match arguments.browser.choice() {
        BrowserChoice::Local { driver, browser, .. } => {
            BrowserChoice::Local { driver, browser, headed: true }
        }
        remote @ BrowserChoice::Remote(_) => remote,
    }
}

fn order(arguments: &RecordArguments, values: &Values) -> Result<RecordOrder, Failure> {
    let channel = arguments.portal.as_deref().map(|portal| channel(arguments, values, portal)).transpose()?;
    let home =
        channel.as_ref().and_then(|channel| channel.home.as_deref()).and_then(|home| Url::parse(home).ok());
    let url = match (&arguments.url, &home) {
        (Some(given), _) => Url::parse(given)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or_else(|| {
                Failure::Usage(format!("“{}”不是完整的网址，要以 http:// 或 https:// 开头", printable(given)))
            })?,
        (None, Some(home)) => home.clone(),
        (None, None) => {
            return Err(Failure::Usage(
                "写上从哪个网址开始，或者用 --portal 和 --channel 从渠道的首页开始".to_owned(),
            ));
        }
    };
    Ok(RecordOrder {
        url,
        device: channel
            .as_ref()
            .map_or_else(|| usual_device(arguments.channel.as_deref()), |channel| channel.device.clone()),
        channel: arguments.channel.clone(),
        home,
        title: arguments.title.clone().unwrap_or_default(),
        taken: Vec::new(),
    })
}

/// The channel of a portal file.
fn channel(arguments: &RecordArguments, values: &Values, portal: &Path) -> Result<Channel, Failure> {
    let variables = super::super::given::variables(values, &arguments.variables);
    let channels = scenario::load_portal(portal, &variables)?.portal.channels;
    let names: Vec<String> = channels.iter().map(|channel| channel.id.0.clone()).collect();
    let wanted = arguments.channel.as_deref();
    let found = channels.into_iter().find(|channel| wanted.is_none_or(|wanted| channel.id.0 == wanted));
    found.ok_or_else(|| Failure::Usage(format!("门户文件里没有这个渠道；可选：{}", names.join("、"))))
}

/// The screens of the four channels where no portal file says otherwise.
fn usual_device(channel: Option<&str>) -> Device {
    match channel {
        Some("app" | "mini") => {
            Device { width: 390, height: 844, pixel_ratio: 3.0, mobile: true, touch: true, user_agent: None }
        }
        Some("kiosk") => Device { width: 1080, height: 1920, touch: true, ..Device::default() },
        _ => Device::default(),
    }
}
