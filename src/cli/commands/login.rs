//! `zoutong login`: signs test accounts in, keeps what that leaves, and tells who is signed in where, and for how long.

use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;

use super::super::asking::people;
use super::super::exit::{Code, Failure};
use super::super::given::{variables, with_secrets};
use super::super::private::LoginArguments;
use super::super::replaying::Steps;
use super::super::screen::Screen;
use super::super::signals::stop_on_signal;
use super::{now, wait_for};
use crate::audit::{self, LoginOrder, Selection, Signed};
use crate::runner::Unwatched;
use crate::scenario::{self, secrets_named};
use crate::settings::{Pictures, Settings, Values};
use crate::text::printable;
use crate::vault::KeptLogin;

/// What the portal said about how long a log-in lasts, where it said nothing.
const NOBODY_KNOWS: &str = "门户没有说能用多久，失效了会自动重新登录";

pub(in super::super) fn run(
    arguments: &LoginArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    let settings = settings(arguments);
    if arguments.forget {
        return forget(arguments, &settings, screen);
    }
    if arguments.list {
        list(&settings, screen)?;
        return Ok(Code::Nothing);
    }
    let order = order(arguments, settings, values, screen)?;
    let (signed, stopped) = wait_for(sign_in(&order, screen))?;
    screen.line("");
    list(&order.settings, screen)?;
    Ok(match signed.iter().any(|one| one.failed.is_some()) {
        _ if stopped => Code::Stopped,
        true => Code::Incomplete,
        false => Code::Nothing,
    })
}

fn settings(arguments: &LoginArguments) -> Settings {
    Settings {
        reports: std::path::PathBuf::new(),
        private: Some(arguments.private.private.clone()),
        browser: arguments.browser.choice(),
        sessions: 1,
        patience: Duration::from_secs(arguments.patience.clamp(1, 600)),
        pictures: Pictures::None,
    }
}

fn order(
    arguments: &LoginArguments,
    settings: Settings,
    values: &Values,
    screen: &Screen,
) -> Result<LoginOrder, Failure> {
    let missing = || Failure::Usage("还要写上场景文件夹，例如：zoutong login scenarios/我的门户".to_owned());
    let folder = arguments.folder.as_deref().ok_or_else(missing)?;
    let given = variables(values, &arguments.variables);
    let library = scenario::load(folder, &given)?;
    Ok(LoginOrder {
        library,
        selection: Selection { channels: arguments.channels.clone(), ..Selection::default() },
        accounts: arguments.accounts.clone(),
        by_hand: arguments.by_hand,
        variables: with_secrets(given, &secrets_named(folder), &arguments.private, screen)?,
        scripts: arguments.allow_scripts,
        people: people(),
        watcher: Arc::new(Unwatched),
        settings,
        now,
    })
}

async fn sign_in(order: &LoginOrder, screen: &Screen) -> Result<(Vec<Signed>, bool), Failure> {
    let stop = stop_on_signal().map_err(|source| Failure::System { what: "接收中断信号", source })?;
    let browser = audit::browser(&order.settings.browser).map_err(audit::AuditError::from)?;
    let steps = Arc::new(Steps::new(screen, true));
    let told = |signed: &Signed| screen.line(&result(signed, screen));
    let signed = audit::login(order, &browser, steps, &told, stop.clone()).await;
    browser.close().await;
    Ok((signed?, *stop.borrow()))
}

fn result(signed: &Signed, screen: &Screen) -> String {
    let whose = format!("{}  {}", signed.channel_name, signed.account);
    match &signed.failed {
        None => format!("{}  {whose}", screen.green("已登录")),
        Some(why) => format!("{}  {whose}：{}", screen.red("没有登录"), printable(why)),
    }
}

fn list(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let kept = audit::kept_logins(settings)?;
    if kept.is_empty() {
        screen.line("没有保存着的登录状态。登录一次：zoutong login 场景文件夹");
        return Ok(());
    }
    screen.line("保存着的登录状态：");
    for login in kept {
        let since = login.since.format("%Y-%m-%d %H:%M");
        screen.line(&format!("  {}  {since} 登录，{}", printable(&whose(&login)), lasts(&login)));
    }
    Ok(())
}

fn whose(login: &KeptLogin) -> String {
    format!("{} · {} · {}", login.portal, login.channel, login.account)
}

/// How long it will probably last: until the first of its cookies ends.
fn lasts(login: &KeptLogin) -> String {
    let now = now();
    let ends = login.state.expires().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    match ends.map(|ends| ends.with_timezone(now.offset())) {
        None => NOBODY_KNOWS.to_owned(),
        Some(ends) if ends <= now => "可能已经失效".to_owned(),
        Some(ends) => format!("大约能用到 {}", ends.format("%Y-%m-%d %H:%M")),
    }
}

fn forget(arguments: &LoginArguments, settings: &Settings, screen: &Screen) -> Result<Code, Failure> {
    let portal = match &arguments.folder {
        Some(folder) => {
            let given = variables(&Values::default(), &arguments.variables);
            Some(scenario::load_portal(folder, &given)?.portal.name)
        }
        None => None,
    };
    let forgotten = audit::forget_logins(settings, |login| {
        portal.as_ref().is_none_or(|portal| *portal == login.portal)
            && (arguments.channels.is_empty() || arguments.channels.contains(&login.channel.0))
            && (arguments.accounts.is_empty() || arguments.accounts.contains(&login.account))
    })?;
    for login in &forgotten {
        screen.line(&format!("已忘掉：{}", printable(&whose(login))));
    }
    if forgotten.is_empty() {
        screen.line("没有符合的登录状态，什么也没有忘掉");
    }
    Ok(Code::Nothing)
}
