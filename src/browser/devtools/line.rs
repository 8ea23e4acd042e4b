//! The line itself: one websocket, one task that reads and writes it. Commands carry an id and get their answer; events go to
//! the ledger, which may have something to say in return.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures::{SinkExt, StreamExt};
use serde_json::value::RawValue;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::ledger::Ledger;
use super::message::{Command, Incoming};

/// Largest message: a snapshot or a picture of a large page; anything larger is no page of a portal.
const LARGEST: usize = 128 << 20;

/// What a command came to: its result as written, or the browser's words.
pub(super) type Answer = Result<Box<RawValue>, String>;

/// A command and who waits for its answer.
pub(super) struct Order {
    pub(super) command: Command,
    pub(super) answer: oneshot::Sender<Answer>,
}

pub(super) struct Line {
    socket: WebSocketStream<TcpStream>,
    waiting: HashMap<u64, (Option<String>, oneshot::Sender<Answer>)>,
    last: u64,
    ledger: Arc<Mutex<Ledger>>,
    /// Rung after every change of the ledger.
    bell: watch::Sender<()>,
}

/// The line is broken; there is nobody to tell why.
struct Broken;

impl Line {
    /// Opens the websocket; `None` when there is none to open.
    pub(super) async fn open(
        host: &str,
        path: &str,
        ledger: Arc<Mutex<Ledger>>,
        bell: watch::Sender<()>,
    ) -> Option<Self> {
        let stream = TcpStream::connect(host).await.ok()?;
        stream.set_nodelay(true).ok()?;
        let limits = WebSocketConfig::default().max_message_size(Some(LARGEST)).max_frame_size(Some(LARGEST));
        let address = format!("ws://{host}{path}");
        let (socket, _) =
            tokio_tungstenite::client_async_with_config(address, stream, Some(limits)).await.ok()?;
        Some(Self { socket, waiting: HashMap::new(), last: 0, ledger, bell })
    }

    /// Serves the line until it breaks or nobody is left to give orders.
    pub(super) async fn serve(mut self, mut orders: mpsc::Receiver<Order>) {
        loop {
            let served = tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => self.order(order).await,
                    None => Err(Broken),
                },
                message = self.socket.next() => match message {
                    Some(Ok(Message::Text(text))) => self.hear(text.as_str()).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Broken),
                    Some(Ok(_)) => Ok(()),
                },
            };
            if served.is_err() {
                break;
            }
        }
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner).broken = true;
        // Nobody may be listening any more.
        let _ = self.bell.send(());
    }

    async fn order(&mut self, Order { command, answer }: Order) -> Result<(), Broken> {
        // Who asked may have given up since.
        if answer.is_closed() {
            return Ok(());
        }
        let id = self.say(&command).await?;
        self.waiting.insert(id, (command.session, answer));
        Ok(())
    }

    async fn say(&mut self, command: &Command) -> Result<u64, Broken> {
        self.last += 1;
        let text = command.written(self.last);
        self.socket.send(Message::text(text)).await.map_err(|_| Broken)?;
        Ok(self.last)
    }

    async fn hear(&mut self, text: &str) -> Result<(), Broken> {
        let Ok(incoming) = serde_json::from_str::<Incoming<'_>>(text) else { return Ok(()) };
        if let Some(id) = incoming.id {
            self.answer(id, incoming);
            return Ok(());
        }
        let Some(method) = incoming.method.as_deref() else { return Ok(()) };
        let params = incoming.params.map_or("{}", RawValue::get);
        let replies = {
            let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
            let replies = ledger.note(method, params, incoming.session.as_deref());
            let gone = std::mem::take(&mut ledger.gone);
            self.waiting.retain(|_, (session, _)| session.as_ref().is_none_or(|one| !gone.contains(one)));
            replies
        };
        let _ = self.bell.send(());
        for reply in replies {
            self.say(&reply).await?;
        }
        Ok(())
    }

    fn answer(&mut self, id: u64, incoming: Incoming<'_>) {
        let Some((_, answer)) = self.waiting.remove(&id) else { return };
        let said = match incoming.error {
            Some(refusal) => Err(refusal.message),
            None => Ok(incoming.result.map_or_else(|| RawValue::NULL.to_owned(), ToOwned::to_owned)),
        };
        // Who asked may have given up since.
        let _ = answer.send(said);
    }
}
