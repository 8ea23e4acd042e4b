//! A scenario file.

use schemars::JsonSchema;
use serde::Deserialize;

use super::step::StepFile;
use crate::scenario::yaml::{Listed, Written};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Scenario", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ScenarioFile {
    #[schemars(description = "场景编号，用英文小写字母、数字和短横线，例如：guide-consistency")]
    pub(crate) scenario: Written<String>,
    #[schemars(description = "标题")]
    pub(crate) title: Written<String>,
    #[schemars(description = "看到的内容用来核查哪几项，例如：[guide.consistency]")]
    pub(crate) checks: Listed<Written<String>>,
    #[schemars(description = "只走这几个渠道；不写就是全部")]
    pub(crate) channels: Option<Listed<Written<String>>>,
    #[schemars(description = "items：每个事项走一遍；accounts：每个账号走一遍；不写就只走一遍")]
    pub(crate) for_each: Option<Written<ForEachWord>>,
    #[schemars(description = "步骤，从上到下做")]
    pub(crate) steps: Written<Listed<Written<StepFile>>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "ForEach", rename_all = "kebab-case")]
pub(crate) enum ForEachWord {
    Items,
    Accounts,
}
