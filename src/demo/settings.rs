//! How a demo portal is asked for: with or without planted faults, how many items, which doors are shut.

use std::collections::BTreeSet;
use std::time::Duration;

/// The four channels, in the order in which they are reported.
pub const CHANNELS: [&str; 4] = ["pc", "app", "mini", "kiosk"];

/// What kind of demo portal is wanted.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Without any planted fault (the harmless variations stay).
    pub clean: bool,
    /// How many service items the portal offers.
    pub items: usize,
    /// A seed plants pseudo-random faults instead of the hand-written ones.
    pub seed: Option<u64>,
    /// Channels whose port stays closed.
    pub down: BTreeSet<String>,
    /// Ports for pc, app, mini, kiosk, sms; any free ones when absent.
    pub ports: Option<[u16; 5]>,
    /// How long the app's JSON interface takes to answer.
    pub latency: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clean: false,
            items: 40,
            seed: None,
            down: BTreeSet::new(),
            ports: None,
            latency: Duration::from_millis(50),
        }
    }
}

/// A test account of the demo portal; invented, the same on all channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestAccount {
    /// What is typed into 账号.
    pub account: &'static str,
    /// What is typed into 密码.
    pub password: &'static str,
    /// The name that the portal shows after logging in.
    pub shown_name: &'static str,
    /// `personal` (个人登录) or `enterprise` (法人登录).
    pub audience: &'static str,
}

/// The test accounts that every channel of the demo portal knows.
pub const TEST_ACCOUNTS: [TestAccount; 2] = [
    TestAccount { account: "zhangsan", password: "Demo@2026", shown_name: "张三", audience: "personal" },
    TestAccount {
        account: "jcxx001",
        password: "Demo@2026",
        shown_name: "晋城演示商贸有限公司",
        audience: "enterprise",
    },
];
