//! Browsers driven over W3C WebDriver: a chromedriver of our own, or any endpoint (Selenium Grid, a device farm). The waiting
//! is done inside the page, one script a step; the client only sends and reads.

mod acts;
mod capabilities;
mod capture;
mod context;
mod deeds;
mod fault;
mod frame;
mod hands;
mod pressing;
mod reading;
mod script;
mod session;
mod state;
mod typing;
mod view;
mod visiting;
mod window;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use fantoccini::ClientBuilder;
use fantoccini::error::NewSessionError;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::sync::Mutex;

use self::capabilities::Wanted;
use self::fault::short;
use self::session::WebDriverSession;
use self::wire::Wire;
use super::devtools::{DevTools, Rules};
use super::driver::{Driver, find_browser, find_driver};
use super::port::{Browser, BrowserError, Session};
use crate::model::{Device, Speed};

/// How long a new session may take: a Grid keeps what it cannot serve waiting instead of refusing it.
const CONNECT_LIMIT: Duration = Duration::from_mins(1);

/// What to start on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalOptions {
    /// The chromedriver; sought on the search path when `None`.
    pub driver: Option<PathBuf>,
    /// The browser; sought on the search path when `None`, the headless shell first.
    pub browser: Option<PathBuf>,
    /// Whether the window is to be seen.
    pub headed: bool,
}

/// A browser over WebDriver.
pub struct WebDriver {
    place: Place,
}

enum Place {
    Local { program: PathBuf, browser: PathBuf, headed: bool, running: Mutex<Option<Running>> },
    Remote { address: String },
}

/// Our own chromedriver while it runs.
struct Running {
    driver: Driver,
    version: Option<u32>,
}

impl WebDriver {
    /// A browser on this machine. chromedriver is started with the first session, and again should it die.
    ///
    /// # Errors
    /// When there is no chromedriver or no Chromium.
    pub fn local(options: &LocalOptions) -> Result<Self, BrowserError> {
        let program = find_driver(options.driver.as_deref())?;
        let browser = find_browser(options.browser.as_deref(), options.headed)?;
        let place = Place::Local { program, browser, headed: options.headed, running: Mutex::new(None) };
        Ok(Self { place })
    }

    /// Browsers behind a WebDriver address (`http://grid:4444`); no process here is owned.
    #[must_use]
    pub fn remote(address: &str) -> Self {
        Self { place: Place::Remote { address: address.trim_end_matches('/').to_owned() } }
    }

    /// The browser's program, for people who ask what is used; `None` for a remote one.
    #[must_use]
    pub fn program(&self) -> Option<&std::path::Path> {
        match &self.place {
            Place::Local { browser, .. } => Some(browser),
            Place::Remote { .. } => None,
        }
    }

    /// The process group of chromedriver and its browsers while they run on this machine: what a supervisor may have to end.
    pub async fn process_group(&self) -> Option<u32> {
        match &self.place {
            Place::Local { running, .. } => {
                running.lock().await.as_ref().map(|running| running.driver.group())
            }
            Place::Remote { .. } => None,
        }
    }
}

#[async_trait]
impl Browser for WebDriver {
    async fn open(&self, device: &Device, speed: Speed) -> Result<Box<dyn Session>, BrowserError> {
        let wanted = Wanted { device, speed, program: None, version: None, headed: false };
        let (client, owned, agent) = match &self.place {
            Place::Remote { address } => (connect(address, &wanted).await?, false, device.user_agent.clone()),
            Place::Local { program, browser, headed, running } => {
                let (address, version) = running_driver(program, running).await?;
                let wanted = Wanted { program: Some(browser), version, headed: *headed, ..wanted };
                let client = match connect(&address, &wanted).await {
                    // A driver that has just been killed may look alive for a moment.
                    Err(_) if has_died(running).await => {
                        connect(&running_driver(program, running).await?.0, &wanted).await?
                    }
                    other => other?,
                };
                (client, true, wanted.user_agent())
            }
        };
        let mut wire = Wire::new(client, owned);
        if let Some(address) = wire.debugger().filter(|_| owned)
            && let Some(lane) = DevTools::reach(&address, Rules { preload: window::preload(speed) }).await
        {
            wire.take_lane(lane);
        }
        Ok(Box::new(WebDriverSession::start(wire, device.clone(), speed, agent.is_some()).await?))
    }

    async fn close(&self) {
        if let Place::Local { running, .. } = &self.place
            && let Some(running) = running.lock().await.take()
        {
            running.driver.stop().await;
        }
    }
}

/// The address and version of our chromedriver, started (again) when it does not run.
async fn running_driver(
    program: &std::path::Path,
    running: &Mutex<Option<Running>>,
) -> Result<(String, Option<u32>), BrowserError> {
    let mut running = running.lock().await;
    if let Some(kept) = running.as_mut()
        && kept.driver.is_running()
    {
        return Ok((kept.driver.address(), kept.version));
    }
    // What a dead driver left behind goes with it.
    drop(running.take());
    let driver = Driver::start(program).await?;
    let version = driver.version().await;
    let address = driver.address();
    *running = Some(Running { driver, version });
    Ok((address, version))
}

async fn has_died(running: &Mutex<Option<Running>>) -> bool {
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.lock().await.as_mut().is_none_or(|running| !running.driver.is_running())
}

async fn connect(address: &str, wanted: &Wanted<'_>) -> Result<fantoccini::Client, BrowserError> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted.capabilities());
    match tokio::time::timeout(CONNECT_LIMIT, builder.connect(address)).await {
        Ok(Ok(client)) => Ok(client),
        Ok(Err(error)) => Err(BrowserError::Session { why: refusal(&error) }),
        Err(_) => Err(BrowserError::Session {
            why: format!("{} 秒内没有可用的浏览器", CONNECT_LIMIT.as_secs()),
        }),
    }
}

fn refusal(error: &NewSessionError) -> String {
    match error {
        NewSessionError::BadWebdriverUrl(_) => "WebDriver 地址写得不对".to_owned(),
        NewSessionError::Failed(_) | NewSessionError::FailedC(_) | NewSessionError::Lost(_) => {
            "连接不上 WebDriver 服务".to_owned()
        }
        NewSessionError::SessionNotCreated(said) => short(&said.message),
        NewSessionError::NotW3C(value) => short(
            value.get("message").and_then(serde_json::Value::as_str).unwrap_or("对方不是 WebDriver 服务"),
        ),
        NewSessionError::UnexpectedError(error) => short(&error.to_string()),
    }
}
