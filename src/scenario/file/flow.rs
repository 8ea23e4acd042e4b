//! Steps about windows, devices and the order of other steps.

use schemars::JsonSchema;
use serde::Deserialize;

use super::step::StepFile;
use super::target::{Places, allow_text};
use crate::scenario::yaml::{Anything, Listed, Named, Written};

/// A list of steps inside a step.
pub(crate) type Steps = Written<Listed<Written<StepFile>>>;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Viewport", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ViewportFile {
    #[schemars(description = "宽，像素")]
    pub(crate) width: Written<u32>,
    #[schemars(description = "高，像素")]
    pub(crate) height: Written<u32>,
    #[schemars(description = "像素密度，例如：2")]
    pub(crate) scale: Option<Written<f64>>,
    #[schemars(description = "是不是手机")]
    pub(crate) mobile: Option<Written<bool>>,
    #[schemars(description = "是不是触摸屏")]
    pub(crate) touch: Option<Written<bool>>,
    #[schemars(description = "是不是横屏")]
    pub(crate) landscape: Option<Written<bool>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Network", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "断网（offline）、恢复（online）或限速", transform = allow_text)]
pub(crate) struct NetworkFile {
    #[schemars(description = "offline 或 online")]
    pub(crate) state: Option<Written<String>>,
    #[schemars(description = "下载速度，字节每秒")]
    pub(crate) download: Option<Written<f64>>,
    #[schemars(description = "上传速度，字节每秒")]
    pub(crate) upload: Option<Written<f64>>,
    #[schemars(description = "延迟，毫秒")]
    pub(crate) latency: Option<Written<f64>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Switch", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct SwitchFile {
    #[schemars(description = "换到哪个窗口：main、new、网址或标题")]
    pub(crate) window: Option<Written<String>>,
    #[schemars(description = "换到哪个框架：top、parent、[1, 0] 或页面元素")]
    pub(crate) frame: Option<Written<Places>>,
    #[schemars(description = "换到 APP 的哪个环境")]
    pub(crate) context: Option<Written<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Alert", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "网页弹出的提示框：accept 确定，dismiss 取消", transform = allow_text)]
pub(crate) struct AlertFile {
    #[schemars(description = "accept 或 dismiss")]
    pub(crate) way: Option<Written<String>>,
    #[schemars(description = "在提示框里输入什么，再点确定")]
    pub(crate) answer: Option<Written<String>>,
    #[schemars(description = "提示框里必须是这几个字")]
    pub(crate) says: Option<Written<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Call", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "走另一个场景", transform = allow_text)]
pub(crate) struct CallFile {
    #[schemars(description = "那个场景的编号")]
    pub(crate) scenario: Written<String>,
    #[schemars(description = "给它的参数")]
    pub(crate) with: Option<Named<Written<String>>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Login", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "用测试账号登录", transform = allow_text)]
pub(crate) struct LoginFile {
    #[schemars(description = "账号的名称")]
    pub(crate) account: Written<String>,
    #[schemars(description = "true：登录过也重新登录一遍（核查登录本身的场景要写）")]
    pub(crate) fresh: Option<Written<bool>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Group", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct GroupFile {
    #[schemars(description = "这几步合起来叫什么")]
    pub(crate) title: Written<String>,
    #[schemars(description = "步骤")]
    pub(crate) steps: Steps,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "If", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct IfFile {
    #[schemars(description = "什么情况下，例如：item.certificate")]
    pub(crate) when: Option<Written<String>>,
    #[schemars(description = "网页代码的结果为真时（要 --allow-scripts）")]
    pub(crate) script: Option<Written<String>>,
    #[schemars(description = "成立时做这些步骤")]
    pub(crate) then: Steps,
    #[schemars(description = "不成立时做这些步骤")]
    pub(crate) r#else: Option<Steps>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Repeat", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct RepeatFile {
    #[schemars(description = "重复几遍")]
    pub(crate) times: Option<Written<String>>,
    #[schemars(description = "成立就再做一遍，例如：left != '0'")]
    pub(crate) r#while: Option<Written<String>>,
    #[schemars(description = "网页代码的结果为真就再做一遍（要 --allow-scripts）")]
    pub(crate) while_script: Option<Written<String>>,
    #[schemars(description = "做到网页代码的结果为真（要 --allow-scripts）")]
    pub(crate) until_script: Option<Written<String>>,
    #[schemars(description = "最多几遍，不写是 1000")]
    pub(crate) at_most: Option<Written<u32>>,
    #[schemars(description = "步骤")]
    pub(crate) steps: Steps,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "ForEachStep", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ForEachStepFile {
    #[serde(rename = "in")]
    #[schemars(description = "对哪几个内容，例如：item.colloquial")]
    pub(crate) list: Option<Written<String>>,
    #[schemars(description = "对表格文件的每一行，例如：材料.csv")]
    pub(crate) rows: Option<Written<String>>,
    #[schemars(description = "每个内容叫什么名字，后面用 {{ 名字 }}")]
    pub(crate) r#as: Written<String>,
    #[schemars(description = "步骤")]
    pub(crate) steps: Steps,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Person", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "请人来看或来做", transform = allow_text)]
pub(crate) struct PersonFile {
    #[schemars(description = "问什么")]
    pub(crate) ask: Written<String>,
    #[schemars(description = "可以怎么回答，例如：[是, 否]；不写就由人输入")]
    pub(crate) answers: Option<Listed<Written<String>>>,
    #[schemars(description = "回答叫什么名字，后面用 {{ 名字 }}")]
    pub(crate) keep: Option<Written<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Unknown", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "导入时没有看懂的一步，不会执行", transform = allow_text)]
pub(crate) struct UnknownFile {
    #[schemars(description = "原来的文字")]
    pub(crate) text: Written<String>,
    #[schemars(description = "原来的内容")]
    pub(crate) raw: Option<Anything>,
}
