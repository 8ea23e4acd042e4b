//! One mistake in the shape of a file, worded for the person who wrote it.

use std::fmt;

use serde::de::Unexpected;

use super::node::Content;
use crate::scenario::fault::Mark;
use crate::scenario::nearest::allowed;

/// What a shape is called in messages, and what it makes of something that is not “键: 值”.
pub(super) struct Noun {
    pub(super) name: &'static str,
    /// What it is.
    pub(super) word: &'static str,
    /// What has to be written for one.
    pub(super) wanted: &'static str,
    /// What its keys are.
    pub(super) keys: &'static str,
}

/// Shapes by their serde name.
const NOUNS: &[Noun] = &[
    Noun { name: "Step", word: "步骤", wanted: "一个步骤，例如：{ tap: 登录 }", keys: "步骤" },
    Noun { name: "Scenario", word: "场景文件", wanted: "“键: 值”", keys: "键" },
    Noun { name: "Portal", word: "门户文件", wanted: "“键: 值”", keys: "键" },
    Noun { name: "Channel", word: "渠道", wanted: "“键: 值”", keys: "键" },
    Noun { name: "Item", word: "事项", wanted: "“键: 值”", keys: "键" },
    Noun { name: "Account", word: "账号", wanted: "“键: 值”", keys: "键" },
    Noun { name: "Tap", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Hover", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Wait", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Expect", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Scroll", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Download", word: "", wanted: PLACE, keys: "键" },
    Noun { name: "Press", word: "", wanted: "一个键，例如：Enter", keys: "键" },
];

/// What has to be written for a target.
const PLACE: &str = "页面上的文字，或几个依次试的写法";

pub(super) fn noun(name: &str) -> &'static Noun {
    const OTHER: Noun = Noun { name: "", word: "", wanted: "“键: 值”", keys: "键" };
    NOUNS.iter().find(|noun| noun.name == name).unwrap_or(&OTHER)
}

/// Keys of a step that only say more about it.
pub(super) const MODIFIERS: [&str; 8] =
    ["label", "when", "timeout", "retry", "soft", "page", "frame", "disabled"];

/// Keys that must be there, with a line that has one.
const EXAMPLES: &[(&str, &str)] = &[
    ("scenario", "scenario: guide-consistency"),
    ("title", "title: 办事指南核验"),
    ("checks", "checks: [guide.consistency]"),
    ("steps", "steps: 下面一行写“- open: 首页”"),
    ("portal", "portal: 某某市政务服务平台"),
    ("hosts", "hosts: [www.example.gov.cn]"),
    ("channels", "channels: 下面一行写“pc:”"),
    ("name", "name: 居民身份证换领"),
    ("audience", "audience: personal"),
    ("user", "user: 待填写"),
    ("password", "password: \"{{ secret.DEMO_PASSWORD }}\""),
    ("shown-name", "shown-name: 待填写"),
    ("into", "into: 账号"),
    ("in", "in: row.materials"),
    ("as", "as: 材料"),
    ("file", "file: 材料.pdf"),
    ("date", "date: 2026-11-25"),
    ("of", "of: 滑块"),
    ("ask", "ask: 请输入图上的验证码"),
    ("download", "download: 50000"),
    ("upload", "upload: 20000"),
    ("latency", "latency: 200"),
    ("then", "then: 下面一行写“- tap: 登录”"),
    ("text", "text: 要输入的文字"),
    ("option", "option: 法人"),
    ("from", "from: 用户类型"),
    ("keep", "keep: code"),
    ("width", "width: 1280"),
    ("height", "height: 900"),
    ("per-second", "per-second: 1"),
    ("on-screen", "on-screen: { keyboard: css=#keys }"),
    ("keyboard", "keyboard: css=#keys"),
];

/// One mistake on its way up to the entry that it spoils.
#[derive(Debug)]
pub(super) struct Misread {
    pub(super) mark: Option<Mark>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// Whether it has been written down already.
    pub(super) told: bool,
}

impl Misread {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { mark: None, message: message.into(), hint: None, told: false }
    }

    pub(super) fn told() -> Self {
        Self { told: true, ..Self::new("") }
    }

    pub(super) fn at(mut self, mark: Mark) -> Self {
        self.mark.get_or_insert(mark);
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Misread {}

impl serde::de::Error for Misread {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::new(format!("这里要写{expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self::new("这里的数值不在允许的范围内")
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self::new("这里的项数不对")
    }

    fn unknown_variant(word: &str, words: &'static [&'static str]) -> Self {
        Self::new(format!("不认识的词“{word}”")).hint(allowed("词", word, words))
    }

    fn unknown_field(key: &str, keys: &'static [&'static str]) -> Self {
        Self::new(format!("不认识的键“{key}”")).hint(allowed("键", key, keys))
    }

    fn missing_field(key: &'static str) -> Self {
        let missing = Self::new(format!("缺少“{key}”"));
        match EXAMPLES.iter().find(|(name, _)| *name == key) {
            Some((_, example)) => missing.hint(format!("请补上，例如：{example}")),
            None => missing,
        }
    }

    fn duplicate_field(key: &'static str) -> Self {
        Self::new(format!("“{key}”写了两次"))
    }
}

/// An unquoted `{{ item.name }}` reads as a map whose key is a map.
pub(super) fn is_template(content: &Content) -> bool {
    matches!(content, Content::Map(pairs) if pairs.iter().any(|(key, _)| key.text.is_none()))
}

pub(super) fn unquoted_template() -> Misread {
    Misread::new("{{ }} 没有加引号").hint("在两边加上英文引号，例如：search: \"{{ item.name }}\"")
}
