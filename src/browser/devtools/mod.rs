//! A line of our own to a Chromium on this machine, beside the WebDriver session that opened it: chromedriver makes five round
//! trips of every command, this line one. It also sees what WebDriver does not tell. Whatever it cannot do, and everything
//! once it is broken, is left to WebDriver.

mod eye;
mod fence;
mod ledger;
mod line;
mod message;
mod noise;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

pub(super) use self::ledger::Rules;
use self::ledger::{Ledger, Page, Stage, auto_attach, read};
use self::line::{Line, Order};
use self::message::Command;
use super::port::RequestGuard;
use crate::model::{Noise, Noticed};

/// How long reaching the browser may take before WebDriver alone has to do.
const REACH_LIMIT: Duration = Duration::from_secs(5);
/// Commands that may wait to be written.
const ORDERS: usize = 64;

/// The line to one browser.
pub(super) struct DevTools {
    orders: mpsc::Sender<Order>,
    ledger: Arc<Mutex<Ledger>>,
    bell: watch::Receiver<()>,
}

/// Why a command has no result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The line is down, or the window is gone or not known here.
    Gone,
    /// A dialogue box is open.
    Dialog,
    /// The browser's words.
    Refused(String),
    /// No answer in time.
    Slow,
}

/// What a document is asked while it is still coming: asked only when it has come, it would answer after the first picture is drawn.
pub(super) struct First {
    /// An expression that waits for what it needs.
    pub(super) expression: String,
    /// What it may take longer than the document takes to come.
    pub(super) patience: Duration,
}

/// How opening an address went.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Navigation {
    loader_id: Option<String>,
    error_text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evaluation {
    result: Remote,
    exception_details: Option<Exception>,
}

#[derive(Deserialize)]
struct Remote {
    value: Option<Value>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Exception {
    text: String,
    exception: Option<Remote>,
}

impl DevTools {
    /// Reaches the browser whose DevTools listen at `address` (`localhost:PORT`), and tells every window what `rules` say.
    /// `None` when it cannot be reached.
    pub(super) async fn reach(address: &str, rules: Rules) -> Option<Self> {
        timeout(REACH_LIMIT, Self::connect(address, rules)).await.ok().flatten()
    }

    async fn connect(address: &str, rules: Rules) -> Option<Self> {
        let port: u16 = address.rsplit_once(':')?.1.parse().ok()?;
        let said: Value = serde_json::from_str(&super::driver::ask(port, "/json/version").await?).ok()?;
        let websocket = url::Url::parse(said["webSocketDebuggerUrl"].as_str()?).ok()?;
        let ledger = Arc::new(Mutex::new(Ledger::new(rules)));
        let (ring, bell) = watch::channel(());
        let host = format!("127.0.0.1:{port}");
        let line = Line::open(&host, websocket.path(), ledger.clone(), ring).await?;
        let (orders, taken) = mpsc::channel(ORDERS);
        tokio::spawn(line.serve(taken));
        let devtools = Self { orders, ledger, bell };
        devtools.browser("Target.setAutoAttach", auto_attach()).await.ok()?;
        devtools.until(|ledger| !ledger.pages.is_empty()).await;
        for window in devtools.windows() {
            // Commands to one window are done in their order: after this one, it has been told everything.
            devtools.call(&window, "Page.getFrameTree", json!({})).await.ok()?;
        }
        Some(devtools)
    }

    /// Asks `guard` from now on about every request that could write or leave; false when the line is down.
    pub(super) async fn guard(&self, guard: Arc<dyn RequestGuard>) -> bool {
        let commands = self.look().obey(guard);
        self.all(commands).await
    }

    /// What was told since the last call; console lines and failed requests from the first call on.
    pub(super) async fn told(&self) -> Vec<Noise> {
        let commands = self.look().listen();
        self.all(commands).await;
        self.look().told()
    }

    /// Watches what a person does from now on by this script, in every document; false when the line is down.
    pub(super) async fn watch(&self, script: String) -> bool {
        let commands = self.look().watch(script);
        self.all(commands).await
    }

    /// What was noticed since the last call; `None` when no window is left or the line is down.
    pub(super) fn noticed(&self) -> Option<Vec<Noticed>> {
        let mut ledger = self.look();
        if ledger.broken { None } else { ledger.noticed() }
    }

    /// Says all of it, and waits until all of it is done; false when the line is down. Not every target knows every command.
    async fn all(&self, commands: Vec<Command>) -> bool {
        let answers = commands.into_iter().map(|command| self.send(command));
        let answers = timeout(REACH_LIMIT, futures::future::join_all(answers)).await;
        answers.is_ok() && !self.look().broken
    }

    /// The windows that are open, oldest first.
    pub(super) fn windows(&self) -> Vec<String> {
        let ledger = self.look();
        let mut open: Vec<_> =
            ledger.pages.iter().map(|(target, page)| (page.number, target.clone())).collect();
        open.sort_unstable();
        open.into_iter().map(|(_, target)| target).collect()
    }

    /// Whether a window can be reached by this line.
    pub(super) fn knows(&self, window: &str) -> bool {
        let ledger = self.look();
        !ledger.broken && ledger.pages.get(window).is_some_and(|page| !page.crashed && !page.dialog)
    }

    /// A command to a window.
    pub(super) async fn call(
        &self,
        window: &str,
        method: &'static str,
        params: Value,
    ) -> Result<Box<RawValue>, Fault> {
        let page = self.page(window).ok_or(Fault::Gone)?;
        if page.dialog {
            return Err(Fault::Dialog);
        }
        let answer = self.send(Command::to(&page.session, method, params));
        tokio::select! {
            answer = answer => answer,
            () = self.until(|ledger| ledger.pages.get(window).is_some_and(|page| page.dialog)) => Err(Fault::Dialog),
        }
    }

    /// Commands of the hand, one right after the other; waits until all of them are done.
    pub(super) async fn input(
        &self,
        window: &str,
        commands: Vec<(&'static str, Value)>,
    ) -> Result<(), Fault> {
        // Few enough at once to be said in their order.
        const AT_ONCE: usize = 24;
        for some in commands.chunks(AT_ONCE) {
            let said = some.iter().map(|(method, params)| self.call(window, method, params.clone()));
            futures::future::try_join_all(said).await?;
        }
        Ok(())
    }

    /// Runs an expression in a window's page and gives its value, awaited.
    pub(super) async fn evaluate(
        &self,
        window: &str,
        expression: &str,
        limit: Duration,
    ) -> Result<Value, Fault> {
        self.steady(window, limit).await?;
        timeout(limit, self.value(window, expression)).await.map_err(|_| Fault::Slow)?
    }

    async fn value(&self, window: &str, expression: &str) -> Result<Value, Fault> {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call(window, "Runtime.evaluate", params).await?;
        let said: Evaluation = parse(&answer)?;
        match said.exception_details {
            Some(wrong) => Err(Fault::Refused(
                wrong.exception.and_then(|exception| exception.description).unwrap_or(wrong.text),
            )),
            None => Ok(said.result.value.unwrap_or(Value::Null)),
        }
    }

    /// Opens an address in a window and waits until its document has been parsed; gives what `first` comes to there, which is asked
    /// while the document is still coming. `None` where that gave nothing.
    pub(super) async fn open(
        &self,
        window: &str,
        address: &str,
        first: &First,
        limit: Duration,
    ) -> Result<Option<Value>, Fault> {
        let before = self.page(window).ok_or(Fault::Gone)?.loads;
        let asked = json!({ "url": address });
        let answer = timeout(limit, self.call(window, "Page.navigate", asked)).await;
        let Ok(answer) = answer else { return Err(self.give_up(window).await) };
        let Navigation { loader_id, error_text } = parse(&answer?)?;
        if let Some(error) = error_text {
            return Err(Fault::Refused(error));
        }
        // Another place of the same document.
        let Some(loader) = loader_id else { return Ok(None) };
        let there = |page: &Page| page.loader == loader || page.loads > before + 1;
        let begun = |ledger: &Ledger| ledger.pages.get(window).is_none_or(|page| page.dialog || there(page));
        if timeout(limit, self.until(begun)).await.is_err() {
            return Err(self.give_up(window).await);
        }
        let loads = || self.page(window).map(|page| page.loads);
        let document = loads();
        let said = timeout(limit + first.patience, self.value(window, &first.expression));
        let arrived = timeout(limit, self.arrived(window, there));
        let both = async { tokio::try_join!(said, arrived) };
        match both.await {
            // A document that led on at once was not the one that was asked for.
            Ok((said, arrived)) => arrived.map(|()| said.ok().filter(|_| loads() == document)),
            Err(_) => Err(self.give_up(window).await),
        }
    }

    /// Waits until a window is not on its way to another document.
    pub(super) async fn steady(&self, window: &str, limit: Duration) -> Result<(), Fault> {
        match timeout(limit, self.arrived(window, |_| true)).await {
            Ok(arrived) => arrived,
            // It is asked in the document that is there.
            Err(_) => Ok(()),
        }
    }

    async fn arrived(&self, window: &str, there: impl Fn(&Page) -> bool + Send + Sync) -> Result<(), Fault> {
        let done = |ledger: &Ledger| {
            ledger
                .pages
                .get(window)
                .is_none_or(|page| page.dialog || page.crashed || (there(page) && page.stage == Stage::There))
        };
        self.until(done).await;
        match self.page(window) {
            None => Err(Fault::Gone),
            Some(page) if page.crashed => Err(Fault::Gone),
            Some(page) if page.dialog => Err(Fault::Dialog),
            Some(_) => Ok(()),
        }
    }

    async fn give_up(&self, window: &str) -> Fault {
        const PATIENCE: Duration = Duration::from_secs(2);
        // Whether it stops or not, this page took too long.
        let _ = timeout(PATIENCE, self.call(window, "Page.stopLoading", json!({}))).await;
        Fault::Slow
    }

    /// A command to the browser itself.
    async fn browser(&self, method: &'static str, params: Value) -> Result<Box<RawValue>, Fault> {
        self.send(Command { method, params, session: None }).await
    }

    async fn send(&self, command: Command) -> Result<Box<RawValue>, Fault> {
        let (answer, answered) = oneshot::channel();
        self.orders.send(Order { command, answer }).await.map_err(|_| Fault::Gone)?;
        answered.await.map_err(|_| Fault::Gone)?.map_err(Fault::Refused)
    }

    /// Waits until the ledger says so, or the line breaks.
    async fn until(&self, done: impl Fn(&Ledger) -> bool + Send + Sync) {
        let mut bell = self.bell.clone();
        loop {
            bell.mark_unchanged();
            {
                let ledger = self.look();
                if ledger.broken || done(&ledger) {
                    return;
                }
            }
            if bell.changed().await.is_err() {
                return;
            }
        }
    }

    fn page(&self, window: &str) -> Option<Page> {
        let ledger = self.look();
        if ledger.broken { None } else { ledger.pages.get(window).cloned() }
    }

    fn look(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn parse<T: for<'de> Deserialize<'de>>(answer: &RawValue) -> Result<T, Fault> {
    read(answer.get()).ok_or_else(|| Fault::Refused("浏览器的回答读不懂".to_owned()))
}
