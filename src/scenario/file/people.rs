//! items.yaml and accounts.yaml.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::yaml::{Later, Listed, Written};

/// items.yaml: a list of service items.
pub(crate) type ItemsFile = Listed<ItemFile>;

/// accounts.yaml: a list of test accounts.
pub(crate) type AccountsFile = Listed<AccountFile>;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Item", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ItemFile {
    #[schemars(description = "事项名称（官方全称）")]
    pub(crate) name: Written<String>,
    #[serde(default)]
    #[schemars(description = "日常用语：老百姓怎么叫它")]
    pub(crate) colloquial: Listed<Written<String>>,
    #[schemars(description = "实施编码，还不知道就写“待填写”")]
    pub(crate) code: Option<Later>,
    #[schemars(description = "服务对象：personal（个人）或 enterprise（企业、法人）")]
    pub(crate) audience: Option<AudienceWord>,
    #[schemars(description = "办成后发的、会到期的证件，例如：居民身份证")]
    pub(crate) certificate: Option<Written<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Account", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct AccountFile {
    #[schemars(description = "这个账号在场景里叫什么，例如：个人账号")]
    pub(crate) name: Written<String>,
    #[schemars(description = "personal（个人）或 enterprise（企业、法人）")]
    pub(crate) audience: AudienceWord,
    #[schemars(description = "登录时输入的账号，还没有就写“待填写”")]
    pub(crate) user: Later,
    #[schemars(description = "密码只能写成密钥的名字，例如：\"{{ secret.DEMO_PASSWORD }}\"")]
    pub(crate) password: Later,
    #[schemars(description = "登录后页面上显示的名字")]
    pub(crate) shown_name: Later,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "Audience", rename_all = "kebab-case")]
pub(crate) enum AudienceWord {
    Personal,
    Enterprise,
}
