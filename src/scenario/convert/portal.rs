//! The portal file, without the items and accounts that other files hold.

use super::channel::{Surroundings, channel};
use super::filled;
use super::people::later;
use super::standard::authority;
use crate::model::{Channel, Pace, Portal, Standard};
use crate::scenario::address::is_host_entry;
use crate::scenario::fault::Fault;
use crate::scenario::file::portal::{PaceFile, PortalFile};
use crate::scenario::margin::Margin;
use crate::scenario::template::{Scope, Variables};
use crate::scenario::vocabulary::SUBMIT_WORDS;
use crate::scenario::yaml::{Listed, Written};

/// One page opening a second, where the portal file says nothing: what one hurried person does.
const USUAL_PACE: Pace = Pace { per_second: 1 };

/// Converts the portal file; items, accounts and the baseline are still empty.
pub(in crate::scenario) fn portal(
    file: &PortalFile,
    variables: &Variables,
    margin: &mut Margin<'_>,
) -> Portal {
    let scope = Scope::new(variables);
    let (hosts, hosts_missing) = hosts(file, &scope, margin);
    let around = Surroundings { scope, hosts: &hosts, hosts_missing };
    let channels = channels(file, &around, margin);
    let declared = file.authority.as_ref();
    let authority = declared.and_then(|written| authority(written, &channels, margin));
    Portal {
        standard: Standard { authority, baseline: Vec::new() },
        name: filled(&file.portal, "门户的名字", margin),
        submit_words: submit_words(file, margin),
        forbidden_paths: paths(file.forbidden_paths.as_ref(), margin),
        allowed_paths: paths(file.allowed_paths.as_ref(), margin),
        pace: file.pace.as_ref().map_or(USUAL_PACE, |pace_file| pace(pace_file, margin)),
        channels,
        accounts: Vec::new(),
        items: Vec::new(),
        hosts,
    }
}

fn channels(file: &PortalFile, around: &Surroundings<'_>, margin: &mut Margin<'_>) -> Vec<Channel> {
    let entries = &file.channels.value.0;
    if entries.is_empty() && margin.errors.is_empty() {
        let fault = Fault::new(file.channels.key, "门户文件里一个渠道都没有");
        margin.wrong(fault.hint("在 channels: 下面至少写一个渠道，例如：pc:"));
    }
    entries.iter().filter_map(|(id, entry)| channel(id, entry, around, margin)).collect()
}

/// The hosts, and whether one is still to be filled in.
fn hosts(file: &PortalFile, scope: &Scope<'_>, margin: &mut Margin<'_>) -> (Vec<String>, bool) {
    let mut hosts = Vec::new();
    let mut missing = file.hosts.0.is_empty();
    for entry in &file.hosts.0 {
        let Some(written) = later(entry, "允许访问的主机", margin) else {
            missing = true;
            continue;
        };
        let Some(host) = margin.render(&written, scope) else { continue };
        if is_host_entry(&host) {
            hosts.push(host.to_lowercase());
        } else {
            margin
                .wrong(Fault::new(written.mark, format!("“{host}”不是主机名")).hint(
                    "只写主机，不写 https:// 和后面的路径，例如：www.example.gov.cn 或 127.0.0.1:8080",
                ));
        }
    }
    (hosts, missing)
}

fn submit_words(file: &PortalFile, margin: &mut Margin<'_>) -> Vec<String> {
    match &file.submit_words {
        None => SUBMIT_WORDS.iter().map(ToString::to_string).collect(),
        Some(words) => words.0.iter().map(|word| filled(word, "提交类按钮的字", margin)).collect(),
    }
}

/// Beginnings of paths.
fn paths(written: Option<&Listed<Written<String>>>, margin: &mut Margin<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in written.into_iter().flat_map(|listed| &listed.0) {
        let path = filled(entry, "路径", margin);
        if path.starts_with('/') {
            paths.push(path);
        } else {
            let fault = Fault::new(entry.mark, format!("“{path}”不是路径"));
            margin.wrong(fault.hint("只写主机后面的部分，以 / 开头，例如：/api/apply"));
        }
    }
    paths
}

fn pace(file: &PaceFile, margin: &mut Margin<'_>) -> Pace {
    let per_second = file.per_second.value;
    if !(1..=1000).contains(&per_second) {
        let fault = Fault::new(file.per_second.mark, format!("每秒不能打开 {per_second} 个页面"));
        margin.wrong(fault.hint("写 1 到 1000 之间的整数；真实门户建议 1 到 3"));
    }
    Pace { per_second }
}
