//! 附件与入口: the files and entries that a guide links, and what asking for them gave.

use serde::{Deserialize, Serialize};
use url::Url;

use super::guide::{Guide, MediumKind};

/// Endings of addresses that name a document rather than a page.
const DOCUMENT_ENDINGS: &[&str] = &[
    "doc", "docx", "wps", "rtf", "xls", "xlsx", "et", "pdf", "ofd", "zip", "rar", "7z", "jpg", "jpeg", "png",
    "gif", "bmp", "tif", "tiff", "webp",
];

/// 附件: an address that a guide links, and what asking for it gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The absolute address.
    pub url: String,
    /// What asking for it gave.
    pub download: Download,
}

/// What asking for a file gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Download {
    /// Not asked, why in Chinese (host not listed …).
    NotAsked(String),
    /// No answer, why in Chinese.
    Unreachable(String),
    /// The server answered with this status: an error instead of a file, or any answer of an address that was only
    /// knocked at.
    Status(u16),
    /// A file came.
    File(FileFacts),
}

/// What is known of a file; its bytes are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileFacts {
    /// Bytes that came.
    pub bytes: u64,
    /// Whether it came to its end; larger files are cut, slow ones break off.
    pub whole: bool,
    /// The type that the server declared (`application/pdf`), possibly empty.
    pub declared: String,
    /// What it is by its first bytes.
    pub kind: FileKind,
    /// Whether a program would open it, as far as its structure tells; `None` where that cannot be told.
    pub opens: Option<bool>,
}

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// A document that word processors and spreadsheets open (doc, docx, xls, xlsx, wps, rtf, ofd, HTML saved by Word).
    Office,
    /// A picture.
    Image,
    /// An archive.
    Archive,
    /// A web page.
    WebPage,
    /// A web page that says that something is not there or went wrong.
    ErrorPage,
    /// Plain text.
    Text,
    /// Something else.
    Unknown,
}

/// As what a guide links an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkRole {
    /// 空白表格.
    Blank,
    /// 示例样表.
    Sample,
    /// 审批结果样本.
    ResultSample,
    /// Another file, by the ending of its address.
    OtherFile,
    /// 流程图, where the page was not painted.
    Chart,
    /// 视频、音频, where the page was not painted.
    Film,
    /// 在线办理入口.
    ApplyOnline,
    /// 预约入口.
    Booking,
}

/// One address that a guide links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked<'a> {
    /// The absolute address.
    pub url: Url,
    /// As what it is linked.
    pub role: LinkRole,
    /// Id of the element it stands in (`materials` for those of a material).
    pub element: &'a str,
    /// 材料名称, empty outside the materials.
    pub material: &'a str,
}

impl FileKind {
    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF文件",
            Self::Office => "Word、Excel等文档",
            Self::Image => "图片",
            Self::Archive => "压缩包",
            Self::WebPage => "网页",
            Self::ErrorPage => "出错提示网页",
            Self::Text => "纯文本",
            Self::Unknown => "认不出格式的文件",
        }
    }
}

impl Linked<'_> {
    /// Whether it is a picture or film of the process, which `guide.process` judges.
    #[must_use]
    pub fn is_process(&self) -> bool {
        matches!(self.role, LinkRole::Chart | LinkRole::Film)
    }
}

impl LinkRole {
    /// Whether a file is to be fetched from there; at the others it is enough to knock.
    #[must_use]
    pub fn is_file(self) -> bool {
        !matches!(self, Self::ApplyOnline | Self::Booking | Self::Film)
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blank => "空白表格",
            Self::Sample => "示例样表",
            Self::ResultSample => "审批结果样本",
            Self::OtherFile => "附件",
            Self::Chart => "流程图",
            Self::Film => "视频或者音频",
            Self::ApplyOnline => "在线办理入口",
            Self::Booking => "预约入口",
        }
    }
}

impl Guide {
    /// The files and entries that the guide links, in page order, each address once a role. Relative addresses are
    /// resolved against the guide's own; what then is no web address is left out.
    #[must_use]
    pub fn linked(&self) -> Vec<Linked<'_>> {
        let of_materials = self.materials.iter().flat_map(|material| {
            let links =
                material.links.iter().flat_map(|(field, links)| links.iter().map(move |link| (field, link)));
            links.map(move |(field, link)| (material_role(field), "materials", material.name(), link))
        });
        let of_elements =
            self.elements.iter().filter(|(id, _)| *id != "materials").flat_map(|(id, reading)| {
                reading.links.iter().map(move |link| (element_role(id), id.as_str(), "", link))
            });
        let unpainted = self.media.iter().filter(|medium| medium.loaded.is_none());
        let of_media =
            unpainted.map(|medium| (medium_role(medium.kind), medium.element.as_str(), "", &medium.url));
        let mut linked: Vec<Linked<'_>> = Vec::new();
        for (role, element, material, link) in of_materials.chain(of_elements).chain(of_media) {
            let Some(url) = self.absolute(link) else { continue };
            let taken = role != LinkRole::OtherFile || ending(&url).is_some();
            let known = linked.iter().any(|known| known.url == url && known.role == role);
            if taken && !known {
                linked.push(Linked { url, role, element, material });
            }
        }
        linked
    }

    /// A link of the guide as a full web address without its fragment; `None` where it is none.
    #[must_use]
    pub fn absolute(&self, link: &str) -> Option<Url> {
        let link = link.trim();
        let url = match Url::parse(&self.url) {
            _ if link.is_empty() => return None,
            Ok(base) => base.join(link),
            Err(_) => Url::parse(link),
        };
        let mut url = url.ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        url.set_fragment(None);
        Some(url)
    }
}

fn medium_role(kind: MediumKind) -> LinkRole {
    match kind {
        MediumKind::Image => LinkRole::Chart,
        MediumKind::Video | MediumKind::Audio => LinkRole::Film,
    }
}

fn material_role(field: &str) -> LinkRole {
    match field {
        "blank" => LinkRole::Blank,
        "sample" => LinkRole::Sample,
        _ => LinkRole::OtherFile,
    }
}

fn element_role(id: &str) -> LinkRole {
    match id {
        "result_sample" => LinkRole::ResultSample,
        "online_url" => LinkRole::ApplyOnline,
        "booking" => LinkRole::Booking,
        _ => LinkRole::OtherFile,
    }
}

/// The ending of an address that names a document (`pdf`), in lower case. A download address often carries the file's
/// name as its last parameter.
#[must_use]
pub fn ending(url: &Url) -> Option<&'static str> {
    let known = |text: &str| {
        let (_, ending) = text.rsplit_once('.')?;
        DOCUMENT_ENDINGS.iter().find(|known| ending.eq_ignore_ascii_case(known)).copied()
    };
    known(url.path()).or_else(|| url.query_pairs().find_map(|(_, value)| known(&value)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Material, Place, Reading, Sureness};

    fn guide(element: &str, links: &[&str]) -> Guide {
        let reading = Reading {
            text: "样本".to_owned(),
            label: String::new(),
            place: Place::Table,
            sure: Sureness::Certain,
            visible: true,
            node: 0,
            links: links.iter().map(|&link| link.to_owned()).collect(),
        };
        Guide {
            url: "https://pc.example/guide/1".to_owned(),
            elements: BTreeMap::from([(element.to_owned(), reading)]),
            ..Guide::default()
        }
    }

    fn roles(guide: &Guide) -> Vec<(String, LinkRole)> {
        guide.linked().into_iter().map(|linked| (linked.url.to_string(), linked.role)).collect()
    }

    #[test]
    fn links_of_a_row_are_its_forms_and_samples_and_each_is_listed_once() {
        let links = |list: &[&str]| list.iter().map(|&link| link.to_owned()).collect::<Vec<_>>();
        let row = Material {
            fields: BTreeMap::from([("name".to_owned(), "申请表".to_owned())]),
            links: BTreeMap::from([
                ("blank".to_owned(), links(&["/file/1", "/file/1", "javascript:void(0)"])),
                ("name".to_owned(), links(&["/material/7", "表.DOC"])),
            ]),
            node: 0,
        };
        let guide = Guide { materials: vec![row], ..guide("place", &["/map"]) };
        let shown = roles(&guide);
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert_eq!(shown[0], ("https://pc.example/file/1".to_owned(), LinkRole::Blank));
        assert_eq!(shown[1].1, LinkRole::OtherFile);
    }

    #[test]
    fn entries_and_samples_are_told_by_their_element() {
        assert_eq!(
            roles(&guide("booking", &["/b#top"])),
            [("https://pc.example/b".to_owned(), LinkRole::Booking)]
        );
        assert_eq!(roles(&guide("result_sample", &["/r"]))[0].1, LinkRole::ResultSample);
        assert!(roles(&guide("online_url", &["weixin://apply"])).is_empty());
    }

    #[test]
    fn an_ending_may_stand_in_the_query() {
        let of = |url: &str| ending(&Url::parse(url).unwrap());
        assert_eq!(of("https://a.example/x/表.docx?v=1"), Some("docx"));
        assert_eq!(of("https://a.example/download?id=1&name=a.PDF"), Some("pdf"));
        assert_eq!(of("https://a.example/download.do?id=1"), None);
    }
}
