//! Looking at each channel's door before walking: a channel that is down is one fact, not a hundred failed visits.

use std::collections::BTreeMap;

use url::Url;

use super::walk_all::Shared;
use crate::browser::http::PlainHttp;
use crate::browser::pace::Pace;
use crate::model::{Channel, LinkProbe, Obstacle, ObstacleKind};
use crate::runner::Guard;

/// A channel that fails this often in a row is left in peace for the rest of the run.
pub(super) const FAILURES_IN_A_ROW: usize = 3;

/// Channel index to what stands in its door; channels that answer are not in it.
pub(super) async fn closed_doors(shared: &Shared) -> BTreeMap<usize, Obstacle> {
    let wanted: std::collections::BTreeSet<usize> =
        shared.plan.visits.iter().map(|visit| visit.channel).collect();
    let mut closed = BTreeMap::new();
    for index in wanted {
        let channel = &shared.library.portal.channels[index];
        if let Some(obstacle) = door(&shared.guard, &shared.pace, &shared.http, channel).await {
            closed.insert(index, obstacle);
        }
    }
    closed
}

/// What stands in the door of one channel, if anything.
pub(super) async fn door(
    guard: &Guard,
    pace: &Pace,
    http: &PlainHttp,
    channel: &Channel,
) -> Option<Obstacle> {
    let Some(home) = channel.home.as_deref() else {
        return Some(obstacle(ObstacleKind::NoAddress, "门户文件里还没有填写这个渠道的首页地址".into()));
    };
    let Ok(url) = Url::parse(home) else {
        return Some(obstacle(ObstacleKind::NoAddress, format!("首页地址“{home}”不是网址")));
    };
    if !guard.allows(&url) {
        let said = format!("首页地址 {home} 不在门户文件列出的主机（hosts）之内，没有访问");
        return Some(obstacle(ObstacleKind::LeftHosts, said));
    }
    pace.wait(url.host_str().unwrap_or_default()).await;
    match http.probe(&url, channel.device.user_agent.as_deref()).await {
        LinkProbe::Unreachable(why) => {
            Some(obstacle(ObstacleKind::Unreachable, format!("渠道打不开：{home} {why}")))
        }
        LinkProbe::Status(status) if status >= 500 => {
            Some(obstacle(ObstacleKind::HttpStatus, format!("渠道打不开：{home} 返回错误状态 {status}")))
        }
        LinkProbe::Status(_) | LinkProbe::NotAsked => None,
    }
}

pub(super) fn obstacle(kind: ObstacleKind, said: String) -> Obstacle {
    Obstacle { kind, said, line: None, capture: None }
}
