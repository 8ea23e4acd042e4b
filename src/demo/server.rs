//! Opens the portal's doors on this machine and closes them again.

use super::channel::router;
use super::error::DemoError;
use super::settings::{CHANNELS, Settings};
use super::state::State;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// One item as an auditor's item list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCard {
    /// Official name (事项名称).
    pub name: String,
    /// Colloquial names (日常用语).
    pub daily: Vec<String>,
    /// 实施编码, 31 characters.
    pub code: String,
    /// `personal` or `enterprise`.
    pub audience: String,
    /// The certificate whose validity can be asked for, if the item has one.
    pub certificate: Option<String>,
}

/// A running demo portal; [`Portal::close`] it, or it ends with the runtime.
#[derive(Debug)]
pub struct Portal {
    state: Arc<State>,
    addresses: BTreeMap<String, String>,
    stop: watch::Sender<bool>,
    doors: Vec<JoinHandle<()>>,
}

/// Opens the portal on 127.0.0.1: pc, app, mini, kiosk and the message box `sms`.
pub async fn serve(settings: Settings) -> Result<Portal, DemoError> {
    let state = Arc::new(State::open(&settings)?);
    let (stop, stopped) = watch::channel(false);
    let mut portal = Portal { state, addresses: BTreeMap::new(), stop, doors: Vec::new() };
    for (index, channel) in CHANNELS.into_iter().chain(["sms"]).enumerate() {
        let port = settings.ports.map_or(0, |ports| ports[index]);
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await;
        let refused = |source| DemoError::Port { port, source };
        let listener = listener.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        portal.addresses.insert(channel.to_owned(), format!("http://{address}/"));
        if !settings.down.contains(channel) {
            let door = router(channel, Arc::clone(&portal.state));
            portal.doors.push(open_door(listener, door, stopped.clone()));
        }
    }
    Ok(portal)
}

fn open_door(
    listener: TcpListener,
    door: axum::Router,
    mut stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let closing = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        // Kept-alive browser connections would hold a graceful shutdown open for ever.
        tokio::select! {
            _ = axum::serve(listener, door) => {}
            () = closing => {}
        }
    })
}

impl Portal {
    /// Where the doors are: pc, app, mini, kiosk, sms -> `http://127.0.0.1:PORT/`.
    #[must_use]
    pub fn addresses(&self) -> &BTreeMap<String, String> {
        &self.addresses
    }

    /// The items that the portal offers.
    #[must_use]
    pub fn items(&self) -> Vec<ItemCard> {
        self.state
            .items
            .iter()
            .map(|item| ItemCard {
                name: item.name.clone(),
                daily: item.daily.clone(),
                code: item.code.clone(),
                audience: item.audience.word().to_owned(),
                certificate: item.certificate.as_ref().map(|certificate| certificate.name.clone()),
            })
            .collect()
    }

    /// How many real submissions (申报提交) have reached the portal; an auditor must leave it at 0.
    #[must_use]
    pub fn submissions(&self) -> u64 {
        self.state.submissions()
    }

    /// Channel and account of every log-in that was sent, oldest first, whatever came of it.
    #[must_use]
    pub fn log_ins(&self) -> Vec<(String, String)> {
        self.state.log_ins()
    }

    /// Ends all sessions, as a portal does over night.
    pub fn forget_sessions(&self) {
        self.state.forget_sessions();
    }

    /// Closes all doors and waits until they are closed.
    pub async fn close(self) {
        let _ = self.stop.send(true);
        for door in self.doors {
            let _ = door.await;
        }
    }
}
