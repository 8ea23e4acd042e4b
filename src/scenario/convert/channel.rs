//! One channel of the portal file.

use std::collections::BTreeMap;

use super::{filled, is_id, locator, people::later};
use crate::model::{Channel, ChannelId, Device, Item, Speed, Typing};
use crate::scenario::address::{host_is_listed, http_address};
use crate::scenario::fault::Fault;
use crate::scenario::file::portal::{ChannelFile, DeviceFile, SpeedWord, TypingFile};
use crate::scenario::margin::Margin;
use crate::scenario::template::Scope;
use crate::scenario::yaml::{Later, Written};

/// What the channels of one portal share.
pub(super) struct Surroundings<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) hosts: &'a [String],
    /// Whether a host is still to be filled in, so that addresses cannot be held against the list.
    pub(super) hosts_missing: bool,
}

/// Converts one channel; `None` when too much is wrong, which is then noted.
pub(super) fn channel(
    id: &Written<String>,
    file: &ChannelFile,
    around: &Surroundings<'_>,
    margin: &mut Margin<'_>,
) -> Option<Channel> {
    if !is_id(&id.value) {
        margin.wrong(
            Fault::new(id.mark, format!("渠道的代号“{}”写法不对", id.value))
                .hint("用英文小写字母、数字和短横线，例如：pc、app、mini、kiosk"),
        );
    }
    let name = filled(&file.name, "渠道的名字", margin);
    let home = if let Some(home) = &file.home {
        address(home, &format!("“{name}”的首页网址"), around, margin)
    } else {
        margin.missing(Fault::new(id.mark, format!("“{name}”的首页网址还没有填")));
        None
    };
    let mut pages = BTreeMap::new();
    for (page, place) in &file.pages.0 {
        let found = address(place, &format!("“{name}”的“{}”网址", page.value), around, margin);
        pages.extend(found.map(|found| (page.value.clone(), found)));
    }
    let mut words = BTreeMap::new();
    for (word, places) in &file.words.0 {
        let found = locator::locators(places, None, margin);
        words.extend(found.map(|found| (word.value.clone(), found)));
    }
    Some(Channel {
        id: ChannelId(id.value.clone()),
        home,
        pages,
        guide: file.guide.as_ref().and_then(|guide| guide_address(guide, &name, around, margin)),
        name,
        device: file.device.as_ref().map_or_else(Device::default, |file| device(file, margin)),
        words,
        typing: typing(file.typing.as_ref(), margin)?,
        speed: speed(file.speed),
    })
}

fn speed(word: Option<SpeedWord>) -> Speed {
    match word {
        None | Some(SpeedWord::Painted) => Speed::Painted,
        Some(SpeedWord::Light) => Speed::Light,
        Some(SpeedWord::Http) => Speed::Http,
    }
}

/// An address on a listed host; `None` while it is missing or when it is wrong, either of which is noted.
fn address(value: &Later, what: &str, around: &Surroundings<'_>, margin: &mut Margin<'_>) -> Option<String> {
    let written = later(value, what, margin)?;
    let text = margin.render(&written, &around.scope)?;
    listed(&text, &written, what, around, margin)
}

/// The address, when it is one and on a listed host; otherwise that is noted.
fn listed(
    text: &str,
    written: &Written<String>,
    what: &str,
    around: &Surroundings<'_>,
    margin: &mut Margin<'_>,
) -> Option<String> {
    match http_address(text) {
        Err((message, hint)) => {
            margin.wrong(Fault::new(written.mark, message).hint(hint));
            None
        }
        Ok(found) if !around.hosts_missing && !host_is_listed(around.hosts, &found) => {
            let host = text.split('/').nth(2).unwrap_or_default();
            let fault = Fault::new(written.mark, format!("{what}不在 hosts 名单里"));
            margin.wrong(
                fault.hint(format!("名单外的主机不会访问；确实是这个门户的，请在 hosts 里加上 {host}")),
            );
            None
        }
        Ok(_) => Some(text.to_owned()),
    }
}

/// The template of an item's guide address: it must name the item, and lead to a listed host whatever the item.
fn guide_address(
    value: &Later,
    name: &str,
    around: &Surroundings<'_>,
    margin: &mut Margin<'_>,
) -> Option<String> {
    let what = format!("“{name}”的办事指南网址");
    let written = later(value, &what, margin)?;
    let sample = Item { name: "事项".to_owned(), code: Some("0".repeat(31)), ..Item::default() };
    let text = margin.render(&written, &around.scope.with_item(&sample))?;
    if !written.value.contains("item.") {
        margin.wrong(
            Fault::new(written.mark, format!("{what}里没有写事项是哪一个")).hint(
                "用 {{ item.code }} 表示实施编码，例如：https://www.example.gov.cn/guide/{{ item.code }}",
            ),
        );
        return None;
    }
    listed(&text, &written, &what, around, margin).map(|_| written.value)
}

fn device(file: &DeviceFile, margin: &mut Margin<'_>) -> Device {
    let mobile = file.mobile.unwrap_or(false);
    Device {
        width: pixels(&file.width, "宽度", margin),
        height: pixels(&file.height, "高度", margin),
        pixel_ratio: file.pixel_ratio.as_ref().map_or(1.0, |ratio| pixel_ratio(ratio, margin)),
        mobile,
        touch: file.touch.unwrap_or(mobile),
        user_agent: file.user_agent.as_ref().map(|agent| user_agent(agent, margin)),
    }
}

fn pixels(written: &Written<u32>, what: &str, margin: &mut Margin<'_>) -> u32 {
    if !(1..=10_000).contains(&written.value) {
        let fault = Fault::new(written.mark, format!("屏幕{what}不能是 {}", written.value));
        margin.wrong(fault.hint("写 1 到 10000 之间的像素数，例如：电脑 1280 × 900，手机 390 × 844"));
    }
    written.value
}

fn pixel_ratio(written: &Written<f64>, margin: &mut Margin<'_>) -> f64 {
    if !(0.5..=5.0).contains(&written.value) {
        let fault = Fault::new(written.mark, "屏幕像素比不在 0.5 到 5 之间");
        margin.wrong(fault.hint("电脑一般是 1，手机一般是 2 或 3"));
    }
    written.value
}

/// A header line; a line break in it would begin another header.
fn user_agent(written: &Written<String>, margin: &mut Margin<'_>) -> String {
    if written.value.chars().any(|letter| !letter.is_ascii() || letter.is_ascii_control()) {
        margin.wrong(Fault::new(written.mark, "User-Agent 只能用一行英文字母、数字和符号"));
    }
    filled(written, "User-Agent ", margin)
}

fn typing(file: Option<&TypingFile>, margin: &mut Margin<'_>) -> Option<Typing> {
    let Some(TypingFile { on_screen }) = file else { return Some(Typing::Keyboard) };
    let mut key = |written: &Option<Written<String>>| {
        written.as_ref().map(|written| filled(written, "键上的字", margin))
    };
    let (capitals, done) = (key(&on_screen.capitals), key(&on_screen.done));
    Some(Typing::OnScreen { keyboard: locator::locators(&on_screen.keyboard, None, margin)?, capitals, done })
}
