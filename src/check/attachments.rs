//! 附件: whether the forms and samples that a guide links can be had, and are what they say they are.

use std::collections::BTreeMap;

use crate::model::{
    Attachment, ChannelId, Download, FileFacts, FileKind, Kind, LinkRole, Linked, Severity, Unseen, ending,
};

use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::sides::{Side, Sides};

/// A whole file of fewer bytes holds nothing that could be filled in.
const NEARLY_EMPTY: u64 = 32;

/// One file that people cannot use.
struct Fault<'a> {
    kind: Kind,
    role: LinkRole,
    element: &'a str,
    /// “材料“申请表”的空白表格打不开（服务器返回404）”.
    words: String,
}

/// What asking for an address gave, where it was asked for.
pub(super) fn download_of<'a>(side: &Side<'a>, url: &str) -> Option<&'a Download> {
    let attachment: &Attachment = side.attachments.iter().find(|attachment| attachment.url == url)?;
    Some(&attachment.download)
}

/// Enters one finding for each element and kind of fault.
pub(super) fn judge(ledger: &mut Ledger<'_>, sides: &Sides<'_>) {
    let mut faults: BTreeMap<(&str, Kind), Vec<(ChannelId, Fault<'_>)>> = BTreeMap::new();
    for side in sides.seen.iter().filter(|side| !side.attachments.is_empty()) {
        for fault in faults_of(side) {
            faults.entry((fault.element, fault.kind)).or_default().push((side.channel.clone(), fault));
        }
    }
    for ((element, kind), faults) in faults {
        enter(ledger, sides, element, kind, &faults);
    }
}

fn faults_of<'a>(side: &Side<'a>) -> Vec<Fault<'a>> {
    let files =
        side.guide.linked().into_iter().filter(|linked| linked.role.is_file() && !linked.is_process());
    files.filter_map(|linked| fault(&linked, download_of(side, linked.url.as_str())?)).collect()
}

fn fault<'a>(linked: &Linked<'a>, download: &Download) -> Option<Fault<'a>> {
    let (kind, what) = match download {
        Download::File(file) => (Kind::BadFile, flaw(file, ending(&linked.url))?),
        other => (Kind::DeadFile, format!("打不开（{}）", why_dead(other)?)),
    };
    let name = linked.role.name();
    let words = match linked.material {
        "" => format!("{name}{what}"),
        material => format!("材料{}的{name}{what}", quote(material)),
    };
    Some(Fault { kind, role: linked.role, element: linked.element, words })
}

/// Why nothing is there for anybody; `None` where something is, or where that cannot be told.
pub(super) fn why_dead(download: &Download) -> Option<String> {
    match download {
        Download::Unreachable(why) => Some(why.clone()),
        Download::Status(status) if is_dead(*status) => Some(format!("服务器返回{status}")),
        _ => None,
    }
}

/// An error for everybody. That this program is turned away (401, 403, 429 …) does not say that people are.
pub(super) fn is_dead(status: u16) -> bool {
    status >= 400 && !turns_us_away(status)
}

fn turns_us_away(status: u16) -> bool {
    matches!(status, 401 | 403 | 407 | 408 | 412 | 418 | 429 | 451)
}

/// What makes a file that came useless.
fn flaw(file: &FileFacts, ending: Option<&str>) -> Option<String> {
    if file.bytes == 0 {
        return Some("是空文件".to_owned());
    }
    if file.kind == FileKind::ErrorPage {
        return Some("下载到的是出错提示网页，不是文件".to_owned());
    }
    if let Some(ending) = ending.filter(|ending| is_other(file.kind, ending)) {
        return Some(format!("写的是{ending}文件，下载到的却是{}", file.kind.name()));
    }
    if file.whole && file.bytes < NEARLY_EMPTY {
        return Some(format!("几乎是空的（只有{}字节）", file.bytes));
    }
    (file.whole && file.opens == Some(false)).then(|| "打不开，文件不完整或者已经损坏".to_owned())
}

/// Whether a file surely is not what its address says.
fn is_other(kind: FileKind, ending: &str) -> bool {
    let good: &[FileKind] = match ending {
        "pdf" => &[FileKind::Pdf],
        "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff" | "webp" => &[FileKind::Image],
        "zip" | "rar" | "7z" => &[FileKind::Archive, FileKind::Office],
        // A text file opens in any word processor.
        _ => &[FileKind::Office, FileKind::Text],
    };
    kind != FileKind::Unknown && !good.contains(&kind)
}

fn enter(
    ledger: &mut Ledger<'_>,
    sides: &Sides<'_>,
    element: &str,
    kind: Kind,
    faults: &[(ChannelId, Fault<'_>)],
) {
    let mut channels: Vec<ChannelId> = faults.iter().map(|(channel, _)| channel.clone()).collect();
    channels.sort_by_key(|channel| ledger.roll().rank(channel));
    channels.dedup();
    let without_form = faults.iter().any(|(_, fault)| fault.role == LinkRole::Blank);
    let advice = match kind {
        Kind::DeadFile => "请技术人员检查附件地址，重新上传可以下载的文件。",
        _ => "重新上传完整、格式正确的文件，上传后自己下载打开看一遍。",
    };
    ledger.enter(Draft {
        element,
        kind,
        rule: None,
        severity: if without_form { Severity::Major } else { Severity::Minor },
        message: format!("{}。", told(ledger, faults)),
        advice: advice.to_owned(),
        channels,
        sayings: sides.sayings(|side| match element {
            "materials" => super::materials::saying(side),
            _ => side.saying(element),
        }),
    });
}

/// The faults, each with the channels that share it; a page full of dead links is cut short.
fn told(ledger: &Ledger<'_>, faults: &[(ChannelId, Fault<'_>)]) -> String {
    const MOST: usize = 5;
    let mut by_words: Vec<(&str, Vec<&ChannelId>)> = Vec::new();
    for (channel, fault) in faults {
        match by_words.iter_mut().find(|(words, _)| *words == fault.words) {
            Some((_, channels)) => channels.push(channel),
            None => by_words.push((&fault.words, vec![channel])),
        }
    }
    let shown: Vec<String> = by_words
        .iter()
        .take(MOST)
        .map(|(words, channels)| format!("{}：{words}", ledger.roll().names(channels.iter().copied())))
        .collect();
    let more = if by_words.len() > MOST { format!("；共{}处", by_words.len()) } else { String::new() };
    format!("{}{more}", shown.join("；"))
}

/// 未能核查: files that nobody could look at. They leave the channel's guide complete.
pub(super) fn unseen(sides: &Sides<'_>, check: &str, item: &str) -> Vec<Unseen> {
    let rows = sides.seen.iter().flat_map(|side| {
        let mut reasons: Vec<String> = side
            .guide
            .linked()
            .iter()
            .filter_map(|linked| unjudged(download_of(side, linked.url.as_str())?))
            .collect();
        reasons.sort();
        reasons.dedup();
        reasons.into_iter().map(|why| Unseen {
            checks: vec![check.to_owned()],
            channel: Some(side.channel.clone()),
            items: Some(item.to_owned()).filter(|item| !item.is_empty()).into_iter().collect(),
            why,
            incomplete: false,
            capture: side.evidence(),
        })
    });
    rows.collect()
}

fn unjudged(download: &Download) -> Option<String> {
    match download {
        Download::NotAsked(why) => Some(format!("有附件或者入口没有核查：{why}")),
        Download::Status(status) if turns_us_away(*status) => {
            Some(format!("有附件或者入口没有核查：服务器拒绝访问（状态{status}）"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, material, reading};
    use super::*;
    use crate::model::{CoverageState, Guide};

    const FORM: &str = "https://pc.example/file/form.doc";

    fn with_form(guide: &mut Guide) {
        let mut row = material("申请表");
        row.links.insert("blank".to_owned(), vec![FORM.to_owned()]);
        guide.materials.push(row);
    }

    fn came(kind: FileKind) -> FileFacts {
        FileFacts { bytes: 5000, whole: true, declared: String::new(), kind, opens: None }
    }

    /// The form as one channel got it.
    fn trial(channel: &str, download: &Download) -> Trial {
        Trial::new().guide_everywhere(with_form).visit_on(channel, |witness| {
            witness.visit.attachments = vec![Attachment { url: FORM.to_owned(), download: download.clone() }];
        })
    }

    fn found(download: &Download) -> Vec<String> {
        trial("app", download).found("guide.consistency")
    }

    #[test]
    fn a_form_that_cannot_be_had_is_severe_and_named() {
        for dead in [Download::Status(404), Download::Status(500), Download::Unreachable("连不上".into())]
        {
            let findings = trial("app", &dead).findings("guide.consistency");
            assert_eq!(findings.len(), 1);
            assert_eq!((findings[0].kind, findings[0].severity), (Kind::DeadFile, Severity::Major));
            assert!(findings[0].message.starts_with("APP：材料“申请表”的空白表格打不开"));
        }
    }

    #[test]
    fn an_empty_a_foreign_and_a_broken_file_are_bad() {
        let bad = ["app materials bad-file"];
        let empty = FileFacts { bytes: 0, ..came(FileKind::Unknown) };
        assert_eq!(found(&Download::File(empty)), bad);
        let tiny = FileFacts { bytes: 9, ..came(FileKind::Unknown) };
        assert_eq!(found(&Download::File(tiny)), bad);
        for kind in [FileKind::WebPage, FileKind::ErrorPage, FileKind::Pdf, FileKind::Image] {
            assert_eq!(found(&Download::File(came(kind))), bad, "{kind:?}");
        }
        let broken = FileFacts { opens: Some(false), ..came(FileKind::Office) };
        assert_eq!(found(&Download::File(broken)), bad);
    }

    #[test]
    fn a_good_an_unknown_and_a_cut_file_hold() {
        for file in [
            came(FileKind::Office),
            came(FileKind::Text),
            came(FileKind::Unknown),
            FileFacts { opens: Some(true), ..came(FileKind::Office) },
            FileFacts { opens: Some(false), whole: false, ..came(FileKind::Office) },
        ] {
            assert!(found(&Download::File(file.clone())).is_empty(), "{file:?}");
        }
    }

    #[test]
    fn a_page_behind_an_address_that_names_no_file_type_is_a_viewer() {
        let viewer = "https://pc.example/preview?id=1";
        let trial = Trial::new().visit_on("app", |witness| {
            let (_, guide) = witness.facts.guide.as_mut().unwrap();
            let mut sample = reading("result_sample", "查看样本");
            sample.links.push(viewer.to_owned());
            guide.elements.insert("result_sample".to_owned(), sample);
            let download = Download::File(came(FileKind::WebPage));
            witness.visit.attachments = vec![Attachment { url: viewer.to_owned(), download }];
        });
        assert!(trial.found("guide.consistency").is_empty());
    }

    #[test]
    fn what_was_not_asked_for_is_listed_as_unseen_and_the_channel_passes() {
        for unasked in [Download::NotAsked("主机没有列出".into()), Download::Status(403)] {
            let judged = trial("app", &unasked).judged("guide.consistency");
            assert!(judged.findings.is_empty());
            assert_eq!(judged.unseen.len(), 1);
            assert!(!judged.unseen[0].incomplete);
            assert_eq!(judged.channels[&"app".into()], CoverageState::Pass);
        }
    }

    #[test]
    fn the_same_fault_on_several_channels_is_one_finding() {
        let dead = Download::Status(404);
        let trial = trial("app", &dead).visit_on("pc", |witness| {
            witness.visit.attachments = vec![Attachment { url: FORM.to_owned(), download: dead.clone() }];
        });
        let findings = trial.findings("guide.consistency");
        assert_eq!(trial.found("guide.consistency"), ["pc+app materials dead-file"]);
        assert!(findings[0].message.starts_with("PC端、APP：材料"), "{}", findings[0].message);
    }
}
