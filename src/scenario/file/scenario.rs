//! A scenario file.

use schemars::{JsonSchema, Schema};
use serde::Deserialize;

use super::flow::Steps;
use super::target::allow_text;
use crate::scenario::yaml::{Extra, Listed, Named, Written};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Scenario", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = allow_extra)]
pub(crate) struct ScenarioFile {
    #[schemars(description = "场景编号，用英文小写字母、数字和短横线，例如：guide-consistency")]
    pub(crate) scenario: Written<String>,
    #[schemars(description = "标题")]
    pub(crate) title: Written<String>,
    #[schemars(description = "看到的内容用来核查哪几项，例如：[guide.consistency]；可以不写")]
    pub(crate) checks: Option<Listed<Written<String>>>,
    #[schemars(description = "只走这几个渠道；不写就是全部")]
    pub(crate) channels: Option<Listed<Written<String>>>,
    #[schemars(
        description = "items：每个事项走一遍；accounts：每个账号走一遍；{ rows: 表.csv }：表格每行走一遍；不写就只走一遍"
    )]
    pub(crate) for_each: Option<Written<ForEachFile>>,
    #[schemars(description = "标签，例如：[login]")]
    pub(crate) tags: Option<Listed<Written<String>>>,
    #[schemars(description = "call 可以给的参数，和不给时用的内容，例如：{ 关键词: 身份证 }")]
    pub(crate) params: Option<Named<Written<String>>>,
    #[schemars(description = "渠道没有首页时，open 的相对网址接在这个网址后面")]
    pub(crate) base: Option<Written<String>>,
    #[schemars(description = "先做的步骤")]
    pub(crate) before: Option<Steps>,
    #[schemars(description = "步骤，从上到下做")]
    pub(crate) steps: Steps,
    #[schemars(description = "最后做的步骤，前面没走完也做")]
    pub(crate) after: Option<Steps>,
    #[serde(rename = "x-…", default)]
    #[schemars(skip)]
    pub(crate) extra: Extra,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "ForEach", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(transform = allow_text)]
pub(crate) struct ForEachFile {
    #[schemars(description = "items 或 accounts")]
    pub(crate) over: Option<Written<String>>,
    #[schemars(description = "场景文件旁边的表格文件，例如：样例.csv")]
    pub(crate) rows: Option<Written<String>>,
}

fn allow_extra(schema: &mut Schema) {
    schema.insert("patternProperties".to_owned(), serde_json::json!({ "^x-": {} }));
}
