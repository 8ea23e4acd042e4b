//! What the channels are measured against: the declared channel, and the office's database.

use std::path::Path;

use crate::model::{Channel, ChannelId, Guide};
use crate::scenario::baseline::{BaselineError, read_baseline};
use crate::scenario::fault::Fault;
use crate::scenario::margin::Margin;
use crate::scenario::nearest::{allowed, nearest};
use crate::scenario::yaml::Written;

/// Endings of exports, for advice when the file that is named is not there.
const ENDINGS: [&str; 5] = ["xlsx", "csv", "json", "xls", "ods"];

/// The channel that is declared to be right; it must be one of the portal's.
pub(super) fn authority(
    written: &Written<String>,
    channels: &[Channel],
    margin: &mut Margin<'_>,
) -> Option<ChannelId> {
    let id = ChannelId(written.value.trim().to_owned());
    if channels.iter().any(|channel| channel.id == id) {
        return Some(id);
    }
    let known: Vec<&str> = channels.iter().map(|channel| channel.id.0.as_str()).collect();
    let fault = Fault::new(written.mark, format!("没有代号为“{id}”的渠道，不能以它为准"));
    margin.wrong(fault.hint(allowed("渠道代号", &id.0, &known)));
    None
}

/// What the export says of the items; what is not used of it is remarked.
pub(in crate::scenario) fn baseline(
    written: &Written<String>,
    path: &Path,
    margin: &mut Margin<'_>,
) -> Vec<Guide> {
    match read_baseline(path) {
        Ok(read) => {
            for note in read.notes {
                margin.remark(Fault::new(written.mark, note));
            }
            read.items
        }
        Err(error) => {
            margin.wrong(fault(written, path, &error));
            Vec::new()
        }
    }
}

fn fault(written: &Written<String>, path: &Path, error: &BaselineError) -> Fault {
    if !matches!(error, BaselineError::Absent { .. }) {
        return Fault::new(written.mark, error.to_string()).hint(error.advice());
    }
    let name = written.value.trim();
    let beside = exports_beside(path);
    let hint = match nearest(name, beside.iter().map(String::as_str)) {
        Some(near) => format!("是不是想写 {near}？"),
        None if beside.is_empty() => "把事项库导出成 XLSX、CSV 或 JSON，放在门户文件旁边".to_owned(),
        None => format!("旁边的表格文件有：{}", beside.join("、")),
    };
    Fault::new(written.mark, format!("门户文件旁边没有事项库文件“{name}”")).hint(hint)
}

/// The files beside the portal file that may be exports, by name.
fn exports_beside(path: &Path) -> Vec<String> {
    let entries = path.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
    let is_export = |name: &String| {
        !name.starts_with('.')
            && !name.ends_with(".schema.json")
            && name.rsplit_once('.').is_some_and(|(_, end)| ENDINGS.contains(&end))
    };
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(is_export).collect();
    names.sort();
    names
}
