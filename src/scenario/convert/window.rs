//! Steps about windows, frames, dialogue boxes and the device.

use super::said::{Context, frame, said, text, word};
use super::step::Found;
use super::touch::{neither, one_only};
use crate::model::{Action, Answer, Network, Switch, Viewport};
use crate::scenario::fault::Fault;
use crate::scenario::file::flow::{AlertFile, NetworkFile, SwitchFile, ViewportFile};
use crate::scenario::file::step::StepFile;
use crate::scenario::margin::Margin;
use crate::scenario::yaml::Written;

pub(super) fn find(file: &StepFile, context: &Context<'_>, margin: &mut Margin<'_>, found: &mut Found) {
    if let Some(written) = &file.close {
        found.add(written.key, Some(Action::Close));
    }
    if let Some(file) = &file.viewport {
        found.add(file.key, viewport(&file.value, margin).map(Action::Viewport));
    }
    if let Some(file) = &file.network {
        found.add(file.key, network(file, margin).map(Action::Network));
    }
    if let Some(file) = &file.switch {
        found.add(file.key, switch(file, context, margin).map(Action::Switch));
    }
    if let Some(file) = &file.alert {
        found.add(file.key, alert(file, context, margin).map(Action::Alert));
    }
}

fn viewport(file: &ViewportFile, margin: &mut Margin<'_>) -> Option<Viewport> {
    for side in [&file.width, &file.height] {
        if !(1..=10_000).contains(&side.value) {
            margin.wrong(Fault::new(side.mark, "屏幕的宽和高是 1 到 10000 像素"));
            return None;
        }
    }
    let scale = file.scale.as_ref().map_or(1.0, |scale| scale.value);
    if let Some(written) = file.scale.as_ref().filter(|scale| !(0.1..=10.0).contains(&scale.value)) {
        margin.wrong(Fault::new(written.mark, "像素密度是 0.1 到 10"));
        return None;
    }
    let is = |written: &Option<Written<bool>>| written.as_ref().is_some_and(|written| written.value);
    Some(Viewport {
        width: file.width.value,
        height: file.height.value,
        scale,
        mobile: is(&file.mobile),
        touch: is(&file.touch),
        landscape: is(&file.landscape),
    })
}

fn network(file: &Written<NetworkFile>, margin: &mut Margin<'_>) -> Option<Network> {
    let shape = &file.value;
    if let Some(state) = &shape.state {
        return word(
            state,
            "网络状态",
            &[("offline", Network::Offline), ("online", Network::Online)],
            margin,
        );
    }
    let (Some(download), Some(upload), Some(latency)) = (&shape.download, &shape.upload, &shape.latency)
    else {
        return neither(
            file.key,
            "network: offline，或 network: { download: 50000, upload: 20000, latency: 200 }",
            margin,
        );
    };
    if let Some(wrong) =
        [download, upload, latency].into_iter().find(|number| !(number.value >= 0.0 && number.value < 1e12))
    {
        margin.wrong(Fault::new(wrong.mark, "这里要写不小于 0 的数"));
        return None;
    }
    Some(Network::Slow { download: download.value, upload: upload.value, latency: latency.value })
}

fn switch(file: &Written<SwitchFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Switch> {
    let shape = &file.value;
    match (&shape.window, &shape.frame, &shape.context) {
        (Some(window), None, None) => said(window, "窗口", context, margin).map(Switch::Window),
        (None, Some(places), None) => frame(places, context, margin).map(Switch::Frame),
        (None, None, Some(app)) => said(app, "环境", context, margin).map(Switch::Context),
        (None, None, None) => neither(file.key, "switch: { window: new }", margin),
        _ => one_only(file.key, "window、frame 和 context", margin),
    }
}

fn alert(file: &Written<AlertFile>, context: &Context<'_>, margin: &mut Margin<'_>) -> Option<Answer> {
    let shape = &file.value;
    match (&shape.way, &shape.answer, &shape.says) {
        (Some(way), None, None) => {
            let ways = [("accept", false), ("dismiss", true)];
            let dismiss = word(way, "处理方法", &ways, margin)?;
            Some(if dismiss { Answer::Dismiss } else { Answer::Accept })
        }
        (None, Some(answer), None) => Some(Answer::Text(text(answer, context, margin))),
        (None, None, Some(says)) => said(says, "提示框里的字", context, margin).map(Answer::Says),
        (None, None, None) => neither(file.key, "alert: accept", margin),
        _ => one_only(file.key, "accept、answer 和 says", margin),
    }
}
