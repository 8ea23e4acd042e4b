//! Sessions that are used again: opening one costs four to eight times what a page does.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::port::{Browser, BrowserError, Session};
use crate::model::{Device, Speed};

/// A session is replaced after so many visits, before its browser grows fat.
const MOST_VISITS: usize = 200;

/// A bounded number of sessions, kept by the kind of device that they show.
pub struct Pool {
    browser: Arc<dyn Browser>,
    places: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Kept>>>,
}

/// A session between two visits.
struct Kept {
    device: Device,
    speed: Speed,
    session: Box<dyn Session>,
    visits: usize,
}

/// A session, lent. Dropping it without giving it back leaves the session to the browser's owner to end.
pub struct Lease {
    kept: Option<Kept>,
    idle: Arc<Mutex<Vec<Kept>>>,
    _place: OwnedSemaphorePermit,
}

impl Pool {
    /// A pool of at most `size` sessions.
    #[must_use]
    pub fn new(browser: Arc<dyn Browser>, size: usize) -> Self {
        Self { browser, places: Arc::new(Semaphore::new(size.max(1))), idle: Arc::default() }
    }

    /// A session that shows pages as this device would; an idle one of another kind makes room for it.
    ///
    /// # Errors
    /// When none can be opened.
    pub async fn take(&self, device: &Device, speed: Speed) -> Result<Lease, BrowserError> {
        let place = self
            .places
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| BrowserError::Session { why: "会话池已经关闭".to_owned() })?;
        let (fitting, spare) = self.pick(device, speed);
        if let Some(spare) = spare {
            spare.session.close().await;
        }
        let kept = if let Some(kept) = fitting {
            kept
        } else {
            let session = self.browser.open(device, speed).await?;
            Kept { device: device.clone(), speed, session, visits: 0 }
        };
        Ok(Lease { kept: Some(kept), idle: self.idle.clone(), _place: place })
    }

    /// An idle session of this kind, or one of another kind that has to make room.
    fn pick(&self, device: &Device, speed: Speed) -> (Option<Kept>, Option<Kept>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        match idle.iter().position(|kept| &kept.device == device && kept.speed == speed) {
            Some(at) => (Some(idle.remove(at)), None),
            // Only when every place is taken (the free ones are those not lent): the one that has been idle longest.
            None if idle.len() > self.places.available_permits() => (None, Some(idle.remove(0))),
            None => (None, None),
        }
    }

    /// Closes every idle session and lends no more.
    pub async fn close(&self) {
        self.places.close();
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        for kept in idle {
            kept.session.close().await;
        }
    }
}

impl Lease {
    /// The session.
    ///
    /// # Errors
    /// When the lease is over already.
    pub fn session(&mut self) -> Result<&mut dyn Session, BrowserError> {
        match &mut self.kept {
            Some(kept) => Ok(kept.session.as_mut()),
            None => Err(BrowserError::Lost { why: "会话已经归还".to_owned() }),
        }
    }

    /// Gives a healthy session back, as a stranger to every portal.
    pub async fn give_back(mut self) {
        let Some(mut kept) = self.kept.take() else { return };
        kept.visits += 1;
        if kept.visits >= MOST_VISITS || kept.session.forget().await.is_err() {
            kept.session.close().await;
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
    }

    /// Gives a healthy session back as it is: for pages that anybody may read, on which nothing was typed.
    pub async fn keep(mut self) {
        let Some(mut kept) = self.kept.take() else { return };
        kept.visits += 1;
        if kept.visits >= MOST_VISITS {
            kept.session.close().await;
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
    }

    /// Ends a session that broke down.
    pub async fn broken(mut self) {
        if let Some(kept) = self.kept.take() {
            kept.session.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::fake::{Deed, FakeBrowser};

    fn phone() -> Device {
        Device { width: 390, mobile: true, ..Device::default() }
    }

    fn openings(browser: &FakeBrowser) -> usize {
        browser.deeds().iter().filter(|deed| matches!(deed, Deed::Opened(..))).count()
    }

    #[tokio::test]
    async fn two_devices_share_two_places_without_opening_anew() {
        let browser = Arc::new(FakeBrowser::new());
        let pool = Pool::new(browser.clone(), 2);
        for _ in 0..3 {
            for device in [Device::default(), phone()] {
                pool.take(&device, Speed::Painted).await.unwrap().give_back().await;
            }
        }
        assert_eq!(openings(&browser), 2);
    }

    #[tokio::test]
    async fn an_idle_session_of_another_device_makes_room_when_there_is_none() {
        let browser = Arc::new(FakeBrowser::new());
        let pool = Pool::new(browser.clone(), 1);
        pool.take(&Device::default(), Speed::Painted).await.unwrap().give_back().await;
        pool.take(&phone(), Speed::Painted).await.unwrap().give_back().await;
        assert_eq!(openings(&browser), 2);
        assert_eq!(browser.deeds().iter().filter(|deed| **deed == Deed::Closed).count(), 1);
    }

    #[tokio::test]
    async fn a_broken_session_is_not_lent_again() {
        let browser = Arc::new(FakeBrowser::new());
        let pool = Pool::new(browser.clone(), 1);
        pool.take(&Device::default(), Speed::Painted).await.unwrap().broken().await;
        pool.take(&Device::default(), Speed::Painted).await.unwrap().give_back().await;
        assert_eq!(openings(&browser), 2);
    }

    #[tokio::test]
    async fn a_lease_that_is_dropped_frees_its_place() {
        let pool = Pool::new(Arc::new(FakeBrowser::new()), 1);
        drop(pool.take(&Device::default(), Speed::Painted).await.unwrap());
        let device = Device::default();
        let again =
            tokio::time::timeout(std::time::Duration::from_secs(1), pool.take(&device, Speed::Painted));
        assert!(again.await.unwrap().is_ok());
    }
}
