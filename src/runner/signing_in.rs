//! Signing in: by what an earlier log-in left, else by walking the scenario that signs in, or by a person's own hands. A state is put back
//! only to be looked at: whether somebody is signed in is said by the page, not by us.

use std::time::{Duration, Instant};

use url::Url;

use super::keeping::Outcome;
use super::people::Question;
use super::stepping::blocked_by_template;
use super::walk::{Called, Errand, Tools, Walk, WalkError, Went};
use crate::browser::{Landing, Session};
use crate::model::{Account, Cookie, Ending, Obstacle, ObstacleKind, Scenario, Step, Visit, WebStore};
use crate::read;
use crate::scenario::HOME_PAGE;

/// The tag and the id of the scenario that signs in.
const LOGIN: &str = "login";
/// How long a page may take to say who is signed in, once it is still.
const SEEN_WITHIN: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(250);
/// How long a person has to sign in by hand.
const BY_HAND: Duration = Duration::from_mins(10);

/// What became of a kept state.
enum TakenUp {
    /// The account is signed in.
    SignedIn,
    /// The portal does not know it any more.
    Expired,
    /// There was none, or the browser can do nothing with it.
    Nothing,
}

impl<'a> Walk<'a> {
    /// Signs in with an account. `fresh` walks the log-in whatever was kept.
    pub(super) async fn login(
        &mut self,
        account: &str,
        fresh: bool,
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        let name = match self.rendered(account) {
            Ok(name) => name,
            Err(error) => return Ok(Some(self.in_the_way(step, blocked_by_template(&error)))),
        };
        let Some(account) = self.tools.accounts.iter().find(|account| account.name == name.trim()) else {
            let said = format!("没有叫“{}”的测试账号", name.trim());
            return Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::NoSecret, said))));
        };
        self.masker.add_account(account);
        self.known = true;
        if !fresh && self.take_up_and_record(account, step).await? {
            return Ok(None);
        }
        let Some(scenario) = self.scenario_that_signs_in() else {
            let said = "没有登录场景：给登录的场景写上 tags: [login]".to_owned();
            return Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::NotPossible, said))));
        };
        let params = scenario.params.clone();
        let obstacle = self.inside(Called { scenario, params, account: Some(account) }, step).await?;
        if obstacle.is_none() {
            self.keep_login(account).await?;
        }
        Ok(obstacle)
    }

    /// Takes up the state of an earlier log-in; says whether the account is signed in now. What came of it is in the step's record.
    async fn take_up_and_record(&mut self, account: &Account, step: &Step) -> Result<bool, WalkError> {
        let at = self.began.elapsed();
        let taken = self.take_up(account).await?;
        let remark = match taken {
            TakenUp::SignedIn => "沿用已有的登录状态",
            TakenUp::Expired => "登录状态已经失效，重新登录",
            TakenUp::Nothing => return Ok(false),
        };
        self.record(step, at, Outcome { remark: Some(remark), ..Outcome::default() }).await?;
        Ok(matches!(taken, TakenUp::SignedIn))
    }

    async fn take_up(&mut self, account: &Account) -> Result<TakenUp, WalkError> {
        let channel = &self.errand.channel.id;
        let Some(state) = self.tools.logins.kept(&account.name, channel) else { return Ok(TakenUp::Nothing) };
        let Some(url) = Url::parse(&state.page).ok().filter(|url| self.tools.guard.allows(url)) else {
            return Ok(TakenUp::Nothing);
        };
        self.masker.add_tokens(state.tokens().iter().map(String::as_str));
        self.framed = None;
        self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
        let taken = match self.session.restore(&state).await? {
            None => return Ok(TakenUp::Nothing),
            // A portal that does not answer says nothing about the state.
            Some(Landing::Unreachable(_)) => TakenUp::Nothing,
            Some(landing) if self.is_a_page(&landing) && self.page_of(account).await?.is_some() => {
                return Ok(TakenUp::SignedIn);
            }
            Some(Landing::Page { .. }) => TakenUp::Expired,
        };
        if let TakenUp::Expired = taken {
            self.tools.logins.expired(&account.name, channel);
        }
        // The log-in begins as a stranger.
        self.session.forget().await?;
        Ok(taken)
    }

    fn is_a_page(&self, landing: &Landing) -> bool {
        matches!(landing, Landing::Page { url, status }
            if self.tools.guard.allows_staying(url) && status.is_none_or(|status| status < 400))
    }

    /// The address of the page, when it shows that the account is signed in.
    async fn page_of(&mut self, account: &Account) -> Result<Option<String>, WalkError> {
        let until = Instant::now() + SEEN_WITHIN;
        loop {
            self.whole_page().await?;
            let page = self.session.snapshot().await?;
            if read::is_signed_in(&page, Some(&account.shown_name)) {
                return Ok(Some(page.url));
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Keeps what this log-in left, when it led in. Gives whether it did.
    async fn keep_login(&mut self, account: &Account) -> Result<bool, WalkError> {
        let signed_in = self.page_of(account).await?;
        let state = if signed_in.is_some() { self.session.state().await? } else { None };
        self.back_to_frame().await?;
        let (Some(page), Some(mut state)) = (signed_in, state) else { return Ok(false) };
        self.masker.add_tokens(state.tokens().iter().map(String::as_str));
        state.page = page;
        state.cookies.retain(|cookie| self.is_listed(cookie));
        state.stores.retain(|store| self.is_ours(store));
        if state.is_empty() {
            return Ok(false);
        }
        self.tools.logins.keep(&account.name, &self.errand.channel.id, &state);
        Ok(true)
    }

    /// After a walk of the scenario that signs in, for its account: the log-in was walked anyway.
    pub(super) async fn keep_own_login(&mut self) -> Result<(), WalkError> {
        let signs_in = self.scenario_that_signs_in().is_some_and(|found| found.id == self.errand.scenario.id);
        if let Some(account) = self.errand.account.filter(|_| signs_in) {
            self.keep_login(account).await?;
        }
        Ok(())
    }

    /// From the first log-in on, what portals know the visitor by may be new with every page: it is masked before the page is written
    /// down.
    pub(super) async fn learn_tokens(&mut self) -> Result<(), WalkError> {
        if self.known
            && let Some(state) = self.session.state().await?
        {
            self.masker.add_tokens(state.tokens().iter().map(String::as_str));
        }
        Ok(())
    }

    fn scenario_that_signs_in(&self) -> Option<&'a Scenario> {
        let channel = &self.errand.channel.id.0;
        let fits = |scenario: &&Scenario| scenario.channels.is_empty() || scenario.channels.contains(channel);
        let mut scenarios = self.tools.scenarios.iter().filter(fits);
        let tagged = scenarios.clone().find(|scenario| scenario.tags.iter().any(|tag| tag == LOGIN));
        tagged.or_else(|| scenarios.find(|scenario| scenario.id == LOGIN))
    }

    fn is_listed(&self, cookie: &Cookie) -> bool {
        self.tools.guard.knows_host(cookie.domain.trim_start_matches('.'), cookie.domain.starts_with('.'))
    }

    fn is_ours(&self, store: &WebStore) -> bool {
        Url::parse(&store.origin).is_ok_and(|origin| self.tools.guard.allows(&origin))
    }
}

/// Opens the channel's home page for a person who signs in by hand, and keeps what that left.
///
/// # Errors
/// When the browser is lost.
pub async fn sign_in_by_hand(
    errand: &Errand<'_>,
    session: &mut dyn Session,
    tools: &Tools<'_>,
) -> Result<Visit, WalkError> {
    session.guard(std::sync::Arc::new(tools.guard.clone())).await?;
    let mut walk = Walk::begin(errand, session, tools)?;
    let obstacle = walk.by_hand().await?;
    walk.end(obstacle.map_or(Ending::Completed, Ending::Blocked)).await
}

impl Walk<'_> {
    async fn by_hand(&mut self) -> Result<Option<Obstacle>, WalkError> {
        let obstacle = |kind, said| Some(Obstacle { kind, said, line: None, capture: None });
        if let Went::Blocked(kind, said) = self.open(HOME_PAGE).await? {
            return Ok(obstacle(kind, said));
        }
        let Some(account) = self.errand.account else { return Ok(None) };
        let ask = format!(
            "请在打开的浏览器窗口里，在“{}”用测试账号“{}”登录；登录好了再按回车",
            self.errand.channel.name, account.name
        );
        let question = Question { ask, answers: Vec::new() };
        if self.tools.people.ask(&question, BY_HAND).await.is_none() {
            return Ok(obstacle(ObstacleKind::NoAnswer, "没有等到人登录".to_owned()));
        }
        // The person may have gone on in another window.
        self.session.url().await?;
        if self.keep_login(account).await? {
            return Ok(None);
        }
        // What the guard held back may be why.
        Ok(match self.held_back().await? {
            Some(Went::Blocked(kind, said)) => obstacle(kind, self.masker.text(&said)),
            _ => None,
        })
    }
}
