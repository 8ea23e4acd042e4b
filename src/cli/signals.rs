//! A person or the system asks the program to stop: what was seen is kept, the browser is closed, the run ends.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::audit::Stop;

/// Turns true when SIGINT, SIGTERM or SIGHUP arrives. Must be called inside the runtime.
///
/// # Errors
/// When the system refuses to register a handler.
pub(super) fn stop_on_signal() -> std::io::Result<Stop> {
    let (tell, stop) = watch::channel(false);
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
        // The receivers may be gone already; then there is nothing left to stop.
        let _ = tell.send(true);
        tell.closed().await;
    });
    Ok(stop)
}
