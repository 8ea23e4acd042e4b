//! Steps that touch a page: press, type, choose, drag, scroll.

use schemars::JsonSchema;
use serde::Deserialize;

use super::target::{Places, aimed, allow_target, allow_text};
use crate::scenario::yaml::{Listed, Written};

/// Two numbers: across and down.
pub(crate) type Pair = Written<Listed<Written<f64>>>;

aimed! {
    #[schemars(description = "点一下；只写点什么，或加上怎么点", transform = allow_target)]
    TapFile as "Tap" {
        #[schemars(description = "连点几下，2 就是双击")]
        times: Option<Written<u32>>,
        #[schemars(description = "用鼠标哪个键：left、middle、right、back、forward")]
        button: Option<Written<String>>,
        #[schemars(description = "按住多久，例如：800ms")]
        hold: Option<Written<String>>,
        #[schemars(description = "点在哪里：离左上角向右、向下多少像素")]
        at: Option<Pair>,
        #[schemars(description = "写 script 就由网页自己的代码来点，一般不用写")]
        by: Option<Written<String>>,
    }
}

aimed! {
    #[schemars(description = "把鼠标移到上面", transform = allow_target)]
    HoverFile as "Hover" {
        #[schemars(description = "移到哪里：离左上角向右、向下多少像素")]
        at: Option<Pair>,
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Type", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct TypeFile {
    #[schemars(description = "哪个输入框")]
    pub(crate) into: Written<Places>,
    #[schemars(description = "输入什么")]
    pub(crate) text: Written<String>,
    #[schemars(description = "true：接在原来的文字后面；不写就先清空")]
    pub(crate) add: Option<Written<bool>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Fill", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FillFile {
    #[schemars(description = "哪一项")]
    pub(crate) into: Written<Places>,
    #[schemars(description = "设成什么值")]
    pub(crate) value: Written<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Choose", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ChooseFile {
    #[schemars(description = "选哪一项：看得到的字，或 value=…、index=…（从 1 数起）、id=…")]
    pub(crate) option: Written<String>,
    #[schemars(description = "从哪个下拉框里选")]
    pub(crate) from: Written<Places>,
    #[schemars(description = "可以选几项的框：true 再选上这一项，false 取消这一项")]
    pub(crate) more: Option<Written<bool>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Upload", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct UploadFile {
    #[schemars(description = "哪个上传框或上传按钮")]
    pub(crate) into: Written<Places>,
    #[schemars(description = "场景文件旁边的文件，例如：材料/样例.pdf")]
    pub(crate) file: Written<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "PickDate", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PickDateFile {
    #[schemars(description = "哪个日期框")]
    pub(crate) into: Written<Places>,
    #[schemars(description = "哪一天，例如：2026-11-25")]
    pub(crate) date: Written<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Slide", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SlideFile {
    #[schemars(description = "哪个滑块")]
    pub(crate) of: Written<Places>,
    #[schemars(description = "拖到百分之几，例如：60%")]
    pub(crate) to: Option<Written<String>>,
    #[schemars(description = "向右、向下拖多少像素")]
    pub(crate) by: Option<Pair>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Drag", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct DragFile {
    #[schemars(description = "拖什么")]
    pub(crate) from: Written<Places>,
    #[schemars(description = "拖到什么上面")]
    pub(crate) to: Option<Written<Places>>,
    #[schemars(description = "向右、向下拖多少像素")]
    pub(crate) by: Option<Pair>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Press", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "按键盘上的一个键", transform = allow_text)]
pub(crate) struct PressFile {
    #[schemars(description = "哪个键，例如：Enter、Control+A")]
    pub(crate) key: Written<String>,
    #[schemars(description = "先点到哪个输入框")]
    pub(crate) on: Option<Written<Places>>,
    #[schemars(description = "down 只按下，up 只松开；不写就按一下")]
    pub(crate) action: Option<Written<String>>,
    #[schemars(description = "按几下")]
    pub(crate) times: Option<Written<u32>>,
}

aimed! {
    #[schemars(description = "滚动：写要看到什么，或 down、up、end，或 { to: [0, 500] }", transform = allow_target)]
    ScrollFile as "Scroll" {
        #[schemars(description = "滚动到哪里：横向、纵向多少像素")]
        to: Option<Pair>,
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Swipe", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "手指滑动：up、down、left、right", transform = allow_text)]
pub(crate) struct SwipeFile {
    #[schemars(description = "往哪边滑：up、down、left、right")]
    pub(crate) to: Written<String>,
    #[serde(rename = "in")]
    #[schemars(description = "在哪个区域里滑")]
    pub(crate) within: Option<Written<Places>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Download", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "点一下，把下载的文件留作证据", transform = allow_target)]
pub(crate) struct DownloadFile {
    #[schemars(description = "点什么")]
    pub(crate) tap: Written<Places>,
    #[schemars(description = "文件在证据里叫什么")]
    pub(crate) name: Option<Written<String>>,
}
