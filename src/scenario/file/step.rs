//! One step of a scenario: a word for what is done, and the modifiers that any step may have.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::scenario::yaml::{Nothing, Written};

/// One entry of `steps`: exactly one action, any modifiers. A step without content may be a bare word (`- unfold`); the
/// reader makes it `unfold:` first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Step", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "一个步骤，后面可以加 label、when、timeout", transform = allow_bare_words)]
pub(crate) struct StepFile {
    #[schemars(description = "打开页面：首页、词汇表 pages 里的名字，或网址")]
    pub(crate) open: Option<Written<String>>,
    #[schemars(description = "点一下")]
    pub(crate) tap: Option<Written<Places>>,
    #[schemars(description = "在输入框里输入文字")]
    pub(crate) r#type: Option<Written<TypeFile>>,
    #[schemars(description = "在下拉框里选一项")]
    pub(crate) choose: Option<Written<ChooseFile>>,
    #[schemars(description = "按键盘上的一个键，例如：Enter")]
    pub(crate) press: Option<Written<String>>,
    #[schemars(description = "在搜索框里输入并搜索")]
    pub(crate) search: Option<Written<String>>,
    #[schemars(description = "展开页面上所有折叠的内容")]
    pub(crate) unfold: Option<Written<Nothing>>,
    #[schemars(description = "等到页面上出现")]
    pub(crate) wait: Option<Written<Places>>,
    #[schemars(description = "页面上必须有（或用 absent 表示不能有），否则到此为止")]
    pub(crate) expect: Option<Written<ExpectFile>>,
    #[schemars(description = "读取页面：guide、login-form、login-result、login-error")]
    pub(crate) read: Option<Written<String>>,
    #[schemars(description = "向智能客服提一个问题，记下回答")]
    pub(crate) ask: Option<Written<String>>,
    #[schemars(description = "从短信箱之类的地址取一段文字，起个名字留着用")]
    pub(crate) fetch: Option<Written<FetchFile>>,
    #[schemars(description = "返回上一页")]
    pub(crate) back: Option<Written<Nothing>>,
    #[schemars(description = "留一张截图作证据")]
    pub(crate) shot: Option<Written<Nothing>>,
    #[schemars(description = "有就做，没有就跳过")]
    pub(crate) maybe: Option<Box<Written<StepFile>>>,
    #[schemars(description = "给这一步起个名字，显示在报告里")]
    pub(crate) label: Option<Written<String>>,
    #[schemars(description = "什么情况下才做这一步，例如：item.certificate")]
    pub(crate) when: Option<Written<String>>,
    #[schemars(description = "最多等多久，例如：5s")]
    pub(crate) timeout: Option<Written<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Type", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct TypeFile {
    #[schemars(description = "哪个输入框")]
    pub(crate) into: Written<Places>,
    #[schemars(description = "输入什么")]
    pub(crate) text: Written<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Choose", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ChooseFile {
    #[schemars(description = "选哪一项")]
    pub(crate) option: Written<String>,
    #[schemars(description = "从哪个下拉框里选")]
    pub(crate) from: Written<Places>,
}

/// What stands directly behind `expect:` is what must be present; the reader makes it `present:` first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Expect", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "页面上必须有的东西，或写 absent 表示不能有", transform = allow_target)]
pub(crate) struct ExpectFile {
    #[schemars(description = "页面上必须有")]
    pub(crate) present: Option<Written<Places>>,
    #[schemars(description = "页面上不能有")]
    pub(crate) absent: Option<Written<Places>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Fetch", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct FetchFile {
    #[schemars(description = "从哪个网址取")]
    pub(crate) from: Written<String>,
    #[schemars(description = "取来的文字叫什么名字，后面用 {{ 名字 }}")]
    pub(crate) keep: Written<String>,
}

/// One place on a page, or several that are tried in order: a text or a list of texts.
#[derive(Debug, Clone)]
pub(crate) struct Places(pub(crate) Vec<Written<String>>);

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::<OneOrMore>::deserialize(deserializer)?;
        let Written { value, mark, key } = written;
        Ok(Self(match value {
            OneOrMore::One(value) => vec![Written { value, mark, key }],
            OneOrMore::More(values) => values,
        }))
    }
}

enum OneOrMore {
    One(String),
    More(Vec<Written<String>>),
}

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct("$places", OneOrMoreVisitor)
    }
}

struct OneOrMoreVisitor;

impl<'de> Visitor<'de> for OneOrMoreVisitor {
    type Value = OneOrMore;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("页面上的文字")
    }

    fn visit_str<E>(self, text: &str) -> Result<OneOrMore, E> {
        Ok(OneOrMore::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore, A::Error> {
        let mut places = Vec::new();
        while let Some(place) = list.next_element()? {
            places.push(place);
        }
        Ok(OneOrMore::More(places))
    }
}

impl JsonSchema for Places {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "页面上看得到的字，或 css=…、xpath=…、text=…、label=…、role=button[…]；写几个就依次试",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 }
            ]
        })
    }
}

fn allow_bare_words(schema: &mut Schema) {
    let shape = schema.clone();
    *schema = schemars::json_schema!({
        "anyOf": [{ "enum": ["unfold", "back", "shot"] }, shape]
    });
}

fn allow_target(schema: &mut Schema) {
    let shape = schema.clone();
    *schema = schemars::json_schema!({ "anyOf": [{ "$ref": "#/$defs/Target" }, shape] });
}
