//! 登录: signs test accounts in on channels and keeps what that leaves for later runs. Nothing of it is evidence: no run folder is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset};

use super::error::AuditError;
use super::order::{Listener, Selection, Stop, new_run_id};
use crate::browser::download::Downloads;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::browser::{Browser, Picture};
use crate::model::{
    Account, Action, Channel, ChannelId, Ending, Event, LoginState, Run, Scenario, Snapshot, Speed, Step,
    VisitId,
};
use crate::runner::{
    Errand, Guard, Logins, People, RecordError, Recorder, Tools, Watcher, sign_in_by_hand, walk,
};
use crate::scenario::{Library, Variables};
use crate::settings::{Pictures, Settings};
use crate::vault::{KeptLogin, LoginFolder};

/// The id of the scenario that is nothing but a log-in.
const SCENARIO: &str = "sign-in";

/// An order to sign in.
pub struct LoginOrder {
    /// The portal, its accounts, and the scenario that signs in.
    pub library: Library,
    /// On which channels.
    pub selection: Selection,
    /// With which accounts, by name; all when empty.
    pub accounts: Vec<String>,
    /// Whether a person signs in with their own hands, and not the scenario.
    pub by_hand: bool,
    /// Variables and secrets.
    pub variables: Variables,
    /// Whether page code in scenario files may run.
    pub scripts: bool,
    /// Who answers what only a person can.
    pub people: Arc<dyn People>,
    /// Who may hold the walk up.
    pub watcher: Arc<dyn Watcher>,
    /// Technical settings; `private` says where log-ins are kept.
    pub settings: Settings,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// What came of one account on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// On which channel.
    pub channel: ChannelId,
    /// The channel's name.
    pub channel_name: String,
    /// The test account's name.
    pub account: String,
    /// Why it is not signed in; `None` when it is.
    pub failed: Option<String>,
}

/// Signs in, one account and channel after the other; `told` hears what came of each as it comes.
///
/// # Errors
/// When the selection fits nothing, no browser can be had, or what was left cannot be kept.
pub async fn login(
    order: &LoginOrder,
    browser: &Arc<dyn Browser>,
    listener: Arc<dyn Listener>,
    told: &(dyn Fn(&Signed) + Send + Sync),
    stop: Stop,
) -> Result<Vec<Signed>, AuditError> {
    order.selection.check_portal(&order.library.portal)?;
    let accounts = wanted_accounts(order)?;
    let desk = Desk {
        guard: Guard::of(&order.library.portal),
        pace: Pace::new(order.library.portal.pace.per_second),
        http: PlainHttp::new()?,
        downloads: Downloads::new()?,
        unkept: Unkept { listener },
    };
    desk.unkept.listener.heard(&Event::RunStarted { run: names(order), planned: 0 });
    let mut all = Vec::new();
    for number in order.selection.channel_numbers(&order.library.portal) {
        for account in &accounts {
            if *stop.borrow() {
                return Ok(all);
            }
            let channel = &order.library.portal.channels[number];
            let signed = sign_in(order, &desk, browser, channel, account, stop.clone()).await?;
            told(&signed);
            all.push(signed);
        }
    }
    Ok(all)
}

fn wanted_accounts(order: &LoginOrder) -> Result<Vec<&Account>, AuditError> {
    let known = &order.library.portal.accounts;
    let names: Vec<&str> = known.iter().map(|account| account.name.as_str()).collect();
    if known.is_empty() {
        return Err(AuditError::NothingToWalk("账号文件里还没有可以用的测试账号".to_owned()));
    }
    if let Some(unknown) = order.accounts.iter().find(|name| !names.contains(&name.as_str())) {
        let known = names.join("、");
        return Err(AuditError::NothingToWalk(format!("没有叫“{unknown}”的测试账号，可用的是：{known}")));
    }
    let wanted = |account: &&Account| order.accounts.is_empty() || order.accounts.contains(&account.name);
    Ok(known.iter().filter(wanted).collect())
}

/// What listeners call the channels and the scenario; nothing of it is kept.
fn names(order: &LoginOrder) -> Run {
    let started = (order.now)();
    let channels = &order.library.portal.channels;
    Run {
        id: new_run_id(started),
        portal: order.library.portal.name.clone(),
        started,
        ended: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        channels: channels.iter().map(|channel| (channel.id.clone(), channel.name.clone())).collect(),
        items: Vec::new(),
        scenarios: [(SCENARIO.to_owned(), "登录".to_owned())].into(),
        files: BTreeMap::new(),
        portal_file: None,
    }
}

/// What all log-ins of an order share.
struct Desk {
    guard: Guard,
    pace: Pace,
    http: PlainHttp,
    downloads: Downloads,
    unkept: Unkept,
}

async fn sign_in(
    order: &LoginOrder,
    desk: &Desk,
    browser: &Arc<dyn Browser>,
    channel: &Channel,
    account: &Account,
    mut stop: Stop,
) -> Result<Signed, AuditError> {
    // Without a browser nobody can sign in; what that leaves is of use without one, too.
    let speed = if channel.speed == Speed::Http { Speed::Painted } else { channel.speed };
    let mut session = browser.open(&channel.device, speed).await?;
    let caught = Caught::default();
    let tools = Tools {
        guard: &desk.guard,
        pace: &desk.pace,
        http: &desk.http,
        downloads: &desk.downloads,
        recorder: &desk.unkept,
        variables: &order.variables,
        scenarios: &order.library.scenarios,
        accounts: &order.library.portal.accounts,
        logins: &caught,
        scripts: order.scripts,
        people: &*order.people,
        watcher: &*order.watcher,
        patience: order.settings.patience,
        pictures: Pictures::None,
        now: order.now,
    };
    let scenario = scenario(account);
    let errand = Errand {
        id: VisitId(format!("{}.{}", scenario.id, channel.id)),
        scenario: &scenario,
        channel,
        item: None,
        account: Some(account),
        row: None,
        given_up: 0,
    };
    let walked = async {
        if order.by_hand {
            sign_in_by_hand(&errand, session.as_mut(), &tools).await
        } else {
            walk(&errand, session.as_mut(), &tools).await
        }
    };
    let walked = tokio::select! {
        walked = walked => Some(walked),
        _ = stop.changed() => None,
    };
    session.close().await;
    let failed = match walked {
        None => Some("被中断".to_owned()),
        Some(visit) => match (visit?.ending, caught.taken()) {
            (Ending::Blocked(obstacle), _) => Some(obstacle.said),
            (Ending::Completed, None) => Some("走完了登录，但页面上看不出已经登录".to_owned()),
            (Ending::Completed, Some(state)) => {
                keep(order, channel, account, state)?;
                None
            }
        },
    };
    Ok(Signed {
        channel: channel.id.clone(),
        channel_name: channel.name.clone(),
        account: account.name.clone(),
        failed,
    })
}

fn keep(
    order: &LoginOrder,
    channel: &Channel,
    account: &Account,
    state: LoginState,
) -> Result<(), AuditError> {
    let Some(private) = &order.settings.private else { return Ok(()) };
    let login = KeptLogin {
        portal: order.library.portal.name.clone(),
        channel: channel.id.clone(),
        account: account.name.clone(),
        since: (order.now)(),
        state,
    };
    Ok(LoginFolder::below(private).keep(&login)?)
}

/// Every log-in that the settings' private folder keeps.
///
/// # Errors
/// When others can read what is kept, or nobody can.
pub fn kept_logins(settings: &Settings) -> Result<Vec<KeptLogin>, AuditError> {
    let folder = settings.private.as_deref().map(LoginFolder::below);
    Ok(folder.map_or(Ok(Vec::new()), |folder| folder.all())?)
}

/// Forgets the kept log-ins that `wanted` picks; gives those that were.
///
/// # Errors
/// When what is kept cannot be read or removed.
pub fn forget_logins(
    settings: &Settings,
    wanted: impl Fn(&KeptLogin) -> bool,
) -> Result<Vec<KeptLogin>, AuditError> {
    let Some(private) = &settings.private else { return Ok(Vec::new()) };
    let folder = LoginFolder::below(private);
    let mut forgotten = folder.all()?;
    forgotten.retain(|login| wanted(login));
    for login in &forgotten {
        folder.forget(login)?;
    }
    Ok(forgotten)
}

/// Nothing but the log-in of one account.
fn scenario(account: &Account) -> Scenario {
    let action = Action::Login { account: account.name.clone(), fresh: true };
    Scenario {
        id: SCENARIO.to_owned(),
        title: "登录".to_owned(),
        steps: vec![Step::of(action, 0)],
        ..Scenario::default()
    }
}

/// Catches what the log-in leaves.
#[derive(Default)]
struct Caught(Mutex<Option<LoginState>>);

impl Caught {
    fn taken(&self) -> Option<LoginState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Logins for Caught {
    fn kept(&self, _account: &str, _channel: &ChannelId) -> Option<LoginState> {
        None
    }

    fn keep(&self, _account: &str, _channel: &ChannelId, state: &LoginState) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(state.clone());
    }

    fn expired(&self, _account: &str, _channel: &ChannelId) {}
}

/// Tells what happens and keeps none of it.
struct Unkept {
    listener: Arc<dyn Listener>,
}

impl Recorder for Unkept {
    fn note(&self, event: &Event) -> Result<(), RecordError> {
        self.listener.heard(event);
        Ok(())
    }

    fn snapshot(&self, _: &VisitId, _: usize, _: &Snapshot) -> Result<String, RecordError> {
        Ok(String::new())
    }

    fn picture(&self, _: &VisitId, _: usize, _: &Picture) -> Result<String, RecordError> {
        Ok(String::new())
    }

    fn file(&self, _: &VisitId, _: usize, _: &str, _: &[u8]) -> Result<String, RecordError> {
        Ok(String::new())
    }
}
