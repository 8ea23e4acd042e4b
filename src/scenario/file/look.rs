//! Steps that look: wait, expect, keep a value, fetch.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use super::target::{Places, aimed, allow_target};
use crate::scenario::yaml::{Anything, Named, Written};

aimed! {
    #[schemars(description = "等到页面上出现；或等一段时间，例如：2s", transform = allow_target)]
    WaitFile as "Wait" {
        #[serde(rename = "for")]
        #[schemars(description = "等什么出现")]
        awaited: Option<Written<Places>>,
        #[schemars(description = "true：等它消失")]
        gone: Option<Written<bool>>,
        #[schemars(description = "等到网页代码的结果为真（要 --allow-scripts）")]
        script: Option<Written<String>>,
    }
}

// What stands directly behind `expect:` is what must be present; the reader makes it `present:` first.
aimed! {
    #[schemars(description = "页面上必须有的东西，或写 absent 表示不能有", transform = allow_target)]
    ExpectFile as "Expect" {
        #[schemars(description = "页面上必须有")]
        present: Option<Written<Places>>,
        #[schemars(description = "页面上不能有")]
        absent: Option<Written<Places>>,
        #[schemars(description = "有几个，例如：3 或 \">= 2\"")]
        count: Option<Written<String>>,
        #[schemars(description = "是不是看得到")]
        visible: Option<Written<bool>>,
        #[schemars(description = "文字正好是")]
        text: Option<Written<String>>,
        #[schemars(description = "文字里有")]
        contains: Option<Written<String>>,
        #[schemars(description = "输入框里的内容是")]
        value: Option<Written<String>>,
        #[schemars(description = "是不是勾上了")]
        checked: Option<Written<bool>>,
        #[schemars(description = "是不是可用")]
        enabled: Option<Written<bool>>,
        #[schemars(description = "选中的是哪一项")]
        selected: Option<Written<String>>,
        #[schemars(description = "网页元素的属性，例如：{ href: /guide }")]
        attributes: Option<Named<Written<String>>>,
        #[schemars(description = "网页元素的性质，例如：{ tagName: BUTTON }")]
        properties: Option<Named<Anything>>,
        #[schemars(description = "true：上面说的都不能成立")]
        not: Option<Written<bool>>,
        #[schemars(description = "页面标题是")]
        title: Option<Written<String>>,
        #[schemars(description = "页面网址是")]
        address: Option<Written<String>>,
        #[schemars(description = "一个要成立的表达式，例如：count > 2")]
        that: Option<Written<String>>,
    }
}

/// Values to keep: each name with its text, or one name with where it is read.
#[derive(Debug)]
pub(crate) struct SetFile(pub(crate) Named<Written<Places>>);

impl<'de> Deserialize<'de> for SetFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Named::deserialize(deserializer).map(Self)
    }
}

impl JsonSchema for SetFile {
    fn schema_name() -> Cow<'static, str> {
        "Set".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "记下内容：{ 名字: 文字 }，或 { name: 名字, from: 页面元素, what: text }",
            "type": "object",
            "properties": {
                "name": { "description": "起什么名字，后面用 {{ 名字 }}" },
                "from": { "description": "从哪个页面元素取" },
                "what": { "description": "取什么：text、value、count、attribute=…；不写 from 时是 title、address、window" },
                "script": { "description": "网页代码的结果（要 --allow-scripts）" }
            }
        })
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Fetch", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FetchFile {
    #[schemars(description = "从哪个网址取")]
    pub(crate) from: Written<String>,
    #[schemars(description = "取来的文字叫什么名字，后面用 {{ 名字 }}")]
    pub(crate) keep: Written<String>,
}
