//! portal.yaml: the portal, its channels and their words.

use schemars::JsonSchema;
use serde::Deserialize;

use super::target::Places;
use crate::scenario::yaml::{Later, Listed, Named, Written};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Portal", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PortalFile {
    #[schemars(description = "门户的名字")]
    pub(crate) portal: Written<String>,
    #[schemars(description = "允许访问的主机，别的一律不访问，例如：www.example.gov.cn")]
    pub(crate) hosts: Listed<Later>,
    #[schemars(description = "访问得多快")]
    pub(crate) pace: Option<PaceFile>,
    #[schemars(description = "带这些字的按钮不会去按；不写就用内置的一套（提交、支付……）")]
    pub(crate) submit_words: Option<Listed<Written<String>>>,
    #[schemars(
        description = "网页不许向这些路径发请求（写开头即可），例如：/api/apply；不写也会拦截看起来像提交的请求"
    )]
    pub(crate) forbidden_paths: Option<Listed<Written<String>>>,
    #[schemars(
        description = "看起来像提交、其实只是查询或登录的路径（写开头即可），例如：/api/saveSearch；写了就放行"
    )]
    pub(crate) allowed_paths: Option<Listed<Written<String>>>,
    #[schemars(description = "事项文件，一般是 items.yaml")]
    pub(crate) items: Option<Written<String>>,
    #[schemars(description = "账号文件，一般是 accounts.yaml")]
    pub(crate) accounts: Option<Written<String>>,
    #[schemars(description = "权威渠道的代号，例如 pc：各渠道说法不一时以它为准；不写就少数服从多数")]
    pub(crate) authority: Option<Written<String>>,
    #[schemars(
        description = "事项库导出的文件（XLSX、CSV 或 JSON），和门户文件放在一起，例如：事项库.xlsx；写了就拿各渠道与它对照"
    )]
    pub(crate) baseline: Option<Written<String>>,
    #[schemars(description = "渠道：PC端、APP、小程序、自助终端……")]
    pub(crate) channels: Written<Named<ChannelFile>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Pace", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PaceFile {
    #[schemars(description = "每秒最多打开几个页面")]
    pub(crate) per_second: Written<u32>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Channel", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ChannelFile {
    #[schemars(description = "渠道的名字，例如：PC端（政务服务网）")]
    pub(crate) name: Written<String>,
    #[schemars(description = "首页网址，还没有就写“待填写”")]
    pub(crate) home: Option<Later>,
    #[serde(default)]
    #[schemars(description = "其他页面的名字和网址，场景里用“open: 名字”打开")]
    pub(crate) pages: Named<Later>,
    #[schemars(
        description = "办事指南的网址规律，例如：https://www.example.gov.cn/guide/{{ item.code }}；不写就自己去找"
    )]
    pub(crate) guide: Option<Later>,
    #[schemars(description = "用多大的屏幕、什么样的设备看")]
    pub(crate) device: Option<DeviceFile>,
    #[schemars(
        description = "怎么取页面：painted（像人看到的一样）、light（不显示图片）、http（不运行脚本）"
    )]
    pub(crate) speed: Option<SpeedWord>,
    #[schemars(description = "怎么输入文字；不写就是普通键盘")]
    pub(crate) typing: Option<TypingFile>,
    #[serde(default)]
    #[schemars(description = "词汇表：场景里的词在这个渠道里是页面上的什么")]
    pub(crate) words: Named<Places>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Device", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct DeviceFile {
    #[schemars(description = "页面宽度（像素）", range(min = 1, max = 10000))]
    pub(crate) width: Written<u32>,
    #[schemars(description = "页面高度（像素）", range(min = 1, max = 10000))]
    pub(crate) height: Written<u32>,
    #[schemars(description = "屏幕像素比，手机一般是 2 或 3")]
    pub(crate) pixel_ratio: Option<Written<f64>>,
    #[schemars(description = "是不是手机")]
    pub(crate) mobile: Option<bool>,
    #[schemars(description = "是不是触摸屏")]
    pub(crate) touch: Option<bool>,
    #[schemars(description = "完整的 User-Agent，渠道要求时才写")]
    pub(crate) user_agent: Option<Written<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "Speed", rename_all = "kebab-case")]
pub(crate) enum SpeedWord {
    Painted,
    Light,
    Http,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Typing", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct TypingFile {
    #[schemars(description = "屏幕键盘：页面上画出来的键盘")]
    pub(crate) on_screen: OnScreenFile,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "OnScreen", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct OnScreenFile {
    #[schemars(description = "键盘在页面上的什么地方")]
    pub(crate) keyboard: Places,
    #[schemars(description = "切换大写的那个键上的字")]
    pub(crate) capitals: Option<Written<String>>,
    #[schemars(description = "收起键盘的那个键上的字")]
    pub(crate) done: Option<Written<String>>,
}
