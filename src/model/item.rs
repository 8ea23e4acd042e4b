//! 事项 and the accounts they are tried with.

use serde::{Deserialize, Serialize};

/// 事项: a public service on offer, as the audit knows it before looking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    /// 事项名称, official.
    pub name: String,
    /// 日常用语: what people call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colloquial: Vec<String>,
    /// 实施编码, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whom the item serves.
    #[serde(default)]
    pub audience: Audience,
    /// The certificate that the item issues or renews and that may expire (“居民身份证”), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

/// 服务对象, coarsely: which half of a portal shows the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// 个人.
    #[default]
    Personal,
    /// 企业、法人.
    Enterprise,
}

/// 测试账号: prepared by the office; the password is a secret and never serialised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name scenarios use (`个人账号`).
    pub name: String,
    /// Personal or enterprise.
    pub audience: Audience,
    /// What is typed into the account field.
    pub user: String,
    /// The name of the secret that holds the password (`DEMO_PASSWORD`), resolved at run time.
    pub password_secret: String,
    /// The name that a page shows once this account has signed in.
    pub shown_name: String,
}
