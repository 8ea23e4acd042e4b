//! Windows, frames, dialogs and the page as a whole.

use super::super::names::variable;
use super::super::tree::{Map, Tree, one};
use super::Command;
use super::locator;
use super::text::Words;

/// The steps for a command about windows, frames or dialogs; `None` when it is about something else.
///
/// # Errors
/// Why it cannot be done.
pub(super) fn window(
    command: &Command,
    base: Option<&str>,
    words: &mut Words<'_>,
) -> Option<Result<Vec<Map>, String>> {
    let done = |step: Map| Some(Ok(vec![step]));
    match command.name.as_str() {
        "open" => Some(address(&words.text(&command.target), base).map(|address| vec![one("open", address)])),
        "goBack" => done(one("back", Tree::Null)),
        "close" => done(one("close", Tree::Null)),
        "setWindowSize" => Some(size(&command.target)),
        "selectWindow" => Some(switch(&command.target, words)),
        "selectFrame" => {
            let frames = locator::frames(&command.target, &command.targets, words);
            Some(
                frames.map(|frames| {
                    frames.into_iter().map(|frame| one("switch", one("frame", frame))).collect()
                }),
            )
        }
        "captureEntirePageScreenshot" | "captureScreenshot" => done(one("shot", Tree::Null)),
        "acceptAlert" | "acceptConfirmation" | "webdriverChooseOkOnVisibleConfirmation" => {
            done(one("alert", "accept"))
        }
        "dismissConfirmation"
        | "dismissPrompt"
        | "webdriverChooseCancelOnVisibleConfirmation"
        | "webdriverChooseCancelOnVisiblePrompt" => done(one("alert", "dismiss")),
        "answerPrompt" | "webdriverAnswerOnVisiblePrompt" => {
            let answer = words.text(&command.target);
            done(if answer.is_empty() { one("alert", "accept") } else { one("alert", one("answer", answer)) })
        }
        _ => None,
    }
}

fn address(target: &str, base: Option<&str>) -> Result<String, String> {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    match scheme.as_deref() {
        Some("javascript" | "file" | "data" | "vbscript" | "blob" | "chrome") => {
            Err("不打开这种地址，只打开 http 和 https 网址".to_owned())
        }
        Some("http" | "https") => Ok(target.to_owned()),
        _ if target.is_empty() => Ok("/".to_owned()),
        _ if base.is_none() => Err("地址不完整，录制文件里也没有网站地址".to_owned()),
        _ => Ok(target.to_owned()),
    }
}

fn size(target: &str) -> Result<Vec<Map>, String> {
    let sides = target.trim().split_once(['x', 'X']).and_then(|(width, height)| {
        let side = |text: &str| text.trim().parse::<u16>().ok().filter(|side| *side > 0).map(f64::from);
        Some((side(width)?, side(height)?))
    });
    let (width, height) = sides.ok_or_else(|| format!("窗口大小“{target}”要写成 1280x800"))?;
    Ok(vec![one("viewport", one("width", width).with("height", height))])
}

fn switch(target: &str, words: &mut Words<'_>) -> Result<Vec<Map>, String> {
    let target = target.trim();
    let window = if let Some(handle) = target.strip_prefix("handle=") {
        words.text(handle)
    } else if let Some(title) = target.strip_prefix("title=") {
        words.text(title)
    } else if target.is_empty() || target == "null" || target == "main" {
        "main".to_owned()
    } else {
        return Err("窗口要写成 handle=${变量}（原文：Invalid window handle given）".to_owned());
    };
    Ok(vec![one("switch", one("window", window))])
}

/// The steps around a command that opens a window: its handle is kept; the page in front stays, unless `goes` there next.
pub(super) fn around(command: &Command, steps: Vec<Map>, goes: bool) -> Vec<Map> {
    let Some(name) = command.opens.as_deref().filter(|name| !name.trim().is_empty()) else { return steps };
    let keep = |name: &str| one("set", one("name", name).with("what", "window"));
    let name = variable(name);
    let mut to_new = one("switch", one("window", "new"));
    if let Some(limit) = command.opens_within.filter(|limit| (1.0..=600_000.0).contains(limit)) {
        to_new.set("timeout", format!("{limit:.0}ms"));
    }
    if goes {
        return steps.into_iter().chain([to_new, keep(&name)]).collect();
    }
    let before = format!("{name}_before");
    let mut all = vec![keep(&before)];
    all.extend(steps);
    all.extend([to_new, keep(&name), one("switch", one("window", format!("{{{{ {before} }}}}")))]);
    all
}
