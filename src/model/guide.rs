//! 办事指南 as read off one page: elements, materials, media, each with where it was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// 办事指南: what one channel says about one item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Address of the page.
    pub url: String,
    /// The heading that names the item, or the document title.
    pub title: String,
    /// Element id to what was read. An element whose label is there without a value has an empty text.
    pub elements: BTreeMap<String, Reading>,
    /// 申请材料, one row each, in page order.
    pub materials: Vec<Material>,
    /// Element id to other values that the page gives for the same element, where they are no less sure; for elements
    /// whose value is one fact (a limit, a number, 是/否). At most three each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rivals: BTreeMap<String, Vec<String>>,
    /// Pictures and films that explain the process.
    pub media: Vec<Medium>,
    /// What the reader wants people to know (“有 3 张图片没有文字说明”), in Chinese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One element's value and how it was come by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The value as shown (white space collapsed, line breaks between blocks kept).
    pub text: String,
    /// The label as shown.
    pub label: String,
    /// In what structure it was found.
    pub place: Place,
    /// How sure the reading is.
    pub sure: Sureness,
    /// Whether a person saw it without pressing anything.
    pub visible: bool,
    /// Index of the value's node in the snapshot.
    pub node: u32,
    /// Addresses of links inside the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
}

/// The structure that a value was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// 表格: a label cell and the cell beside or under it.
    Table,
    /// 定义列表: dt and dd.
    DefinitionList,
    /// 标签与内容: two blocks side by side or one above the other.
    LabelValue,
    /// 标题下的内容: a heading and what follows it.
    Heading,
    /// 标签页: a tab and its panel.
    Tab,
    /// 折叠面板: a panel's head and its body.
    Panel,
    /// 文内标注: “标签：内容” inside one block of text.
    Inline,
    /// 列表.
    List,
    /// 页面标题.
    Title,
    /// 版面位置: the label stands left of or above the value.
    Geometry,
    /// 页面内嵌数据 (JSON).
    Data,
}

impl Place {
    /// The word that reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "表格",
            Self::DefinitionList => "定义列表",
            Self::LabelValue => "标签与内容",
            Self::Heading => "标题下的内容",
            Self::Tab => "标签页",
            Self::Panel => "折叠面板",
            Self::Inline => "文内标注",
            Self::List => "列表",
            Self::Title => "页面标题",
            Self::Geometry => "版面位置",
            Self::Data => "页面内嵌数据",
        }
    }
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// 存疑: a guess from layout or an ambiguous label.
    Doubtful,
    /// 较确定: a synonym in a clear structure, or the exact name in a loose one.
    Likely,
    /// 确定: a known label in a clear structure.
    Certain,
}

impl Sureness {
    /// The word that reports show.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Doubtful => "存疑",
            Self::Likely => "较确定",
            Self::Certain => "确定",
        }
    }
}

/// 申请材料: one row of the materials list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Field id (`name`, `need`, `form` … of the catalogue) to text.
    pub fields: BTreeMap<String, String>,
    /// Field id (`blank`, `sample`, or `name`) to addresses of the files linked there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, Vec<String>>,
    /// Index of the row's node in the snapshot.
    #[serde(default)]
    pub node: u32,
}

impl Material {
    /// 材料名称, empty when the row has none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.fields.get("name").map_or("", String::as_str)
    }
}

/// A picture, film or sound that belongs to the guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// What it is.
    pub kind: MediumKind,
    /// Its address.
    pub url: String,
    /// Its alternative text or caption, possibly empty.
    pub text: String,
    /// Whether it really loaded; `None` where that could not be seen (plain HTTP).
    pub loaded: Option<bool>,
    /// The element it stands in (`flow` …), empty when outside any.
    pub element: String,
    /// Index of its node in the snapshot.
    pub node: u32,
}

/// What kind of medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediumKind {
    /// 图片.
    Image,
    /// 视频.
    Video,
    /// 音频.
    Audio,
}
