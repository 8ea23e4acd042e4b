//! Politeness: page openings a second and host, over all sessions.

use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// The pace at which hosts are visited.
pub struct Pace {
    limiter: DefaultKeyedRateLimiter<String>,
}

impl Pace {
    /// So many openings a second for each host, without bursts; zero counts as one.
    #[must_use]
    pub fn new(per_second: u32) -> Self {
        let per_second = NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(per_second).allow_burst(NonZeroU32::MIN);
        Self { limiter: RateLimiter::keyed(quota) }
    }

    /// Waits until the host may be visited again.
    pub async fn wait(&self, host: &str) {
        self.limiter.until_key_ready(&host.to_owned()).await;
    }
}
