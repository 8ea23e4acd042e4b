//! `zoutong portal`: serves the embedded demo portal alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use super::super::arguments::PortalArguments;
use super::super::exit::{Code, Failure};
use super::super::screen::{Screen, column};
use super::super::signals::stop_on_signal;
use super::wait_for;
use crate::demo::{self, Portal};

/// The channels of the demo portal, with what to know about each.
const DOORS: [(&str, &str); 5] = [
    ("pc", "PC端（政务服务网）"),
    ("app", "APP（手机宽度查看）"),
    ("mini", "小程序（只在微信里打开）"),
    ("kiosk", "自助终端（1080×1920）"),
    ("sms", "短信箱（登录验证码在这里）"),
];

pub(in super::super) fn run(arguments: &PortalArguments, screen: &Screen) -> Result<Code, Failure> {
    let ports = arguments.port.map(|first| [0, 1, 2, 3, 4].map(|next| first.saturating_add(next)));
    let settings = demo::Settings {
        clean: arguments.clean,
        items: arguments.items,
        seed: arguments.seed,
        down: BTreeSet::new(),
        ports,
        latency: Duration::from_millis(50),
    };
    wait_for(async {
        let mut stop =
            stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
        let portal = demo::serve(settings).await?;
        screen.line(&describe(&portal));
        // The sender lives as long as the program does.
        let _ = stop.wait_for(|stopped| *stopped).await;
        portal.close().await;
        Ok(Code::Nothing)
    })
}

fn describe(portal: &Portal) -> String {
    let mut text = "演示门户已启动（全部内容都是演示数据），按 Ctrl+C 结束：\n".to_owned();
    for (id, name) in DOORS {
        if let Some(address) = portal.addresses().get(id) {
            let _ = writeln!(text, "  {}{address}", column(name, 30));
        }
    }
    for account in demo::TEST_ACCOUNTS {
        let _ = writeln!(
            text,
            "  测试账号 {}，密码 {}（{}）",
            account.account, account.password, account.shown_name
        );
    }
    text
}
