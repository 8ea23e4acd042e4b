//! What a step aims at, as people write it: a text, several texts tried in order, or a text with what lies around it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::scenario::yaml::{PLACES, Written};

/// One place on a page, several that are tried in order, or one told by what lies around it.
#[derive(Debug)]
pub(crate) enum Places {
    /// A text or a list of texts.
    Listed(Vec<Written<String>>),
    /// A map.
    Around(Box<TargetFile>),
}

/// A shape that aims at something and may say what lies around it; `target` is what is meant.
macro_rules! aimed {
    ($(#[$outer:meta])* $name:ident as $word:literal { $($(#[$inner:meta])* $field:ident: $kind:ty,)* }) => {
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename = $word, rename_all = "kebab-case", deny_unknown_fields)]
        $(#[$outer])*
        pub(crate) struct $name {
            #[schemars(description = "哪个：页面上看得到的字，或 css=… 等写法")]
            pub(crate) target: Option<Written<Places>>,
            #[serde(rename = "in")]
            #[schemars(description = "在哪个区域里面")]
            pub(crate) within: Option<Written<Places>>,
            #[schemars(description = "在什么的下面")]
            pub(crate) below: Option<Written<Places>>,
            #[schemars(description = "在什么的上面")]
            pub(crate) above: Option<Written<Places>>,
            #[schemars(description = "在什么的左边")]
            pub(crate) left_of: Option<Written<Places>>,
            #[schemars(description = "在什么的右边")]
            pub(crate) right_of: Option<Written<Places>>,
            #[schemars(description = "符合的里面第几个，从 1 数起")]
            pub(crate) nth: Option<Written<u32>>,
            $($(#[$inner])* pub(crate) $field: $kind,)*
        }

        impl $name {
            /// What lies around, `target` aside.
            pub(crate) fn around(&self) -> crate::scenario::file::target::Around<'_> {
                crate::scenario::file::target::Around {
                    within: self.within.as_ref(),
                    below: self.below.as_ref(),
                    above: self.above.as_ref(),
                    left_of: self.left_of.as_ref(),
                    right_of: self.right_of.as_ref(),
                    nth: self.nth.as_ref(),
                }
            }
        }
    };
}
pub(crate) use aimed;

/// What lies around the thing that is meant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around<'f> {
    pub(crate) within: Option<&'f Written<Places>>,
    pub(crate) below: Option<&'f Written<Places>>,
    pub(crate) above: Option<&'f Written<Places>>,
    pub(crate) left_of: Option<&'f Written<Places>>,
    pub(crate) right_of: Option<&'f Written<Places>>,
    pub(crate) nth: Option<&'f Written<u32>>,
}

aimed! {
    TargetFile as "Related" {}
}

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { value, mark, key } = Written::<Shape>::deserialize(deserializer)?;
        Ok(match value {
            Shape::One(value) => Self::Listed(vec![Written { value, mark, key }]),
            Shape::More(values) => Self::Listed(values),
            Shape::Around(around) => Self::Around(around),
        })
    }
}

enum Shape {
    One(String),
    More(Vec<Written<String>>),
    Around(Box<TargetFile>),
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(PLACES, ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("页面上的文字")
    }

    fn visit_str<E>(self, text: &str) -> Result<Shape, E> {
        Ok(Shape::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shape, A::Error> {
        let mut places = Vec::new();
        while let Some(place) = list.next_element()? {
            places.push(place);
        }
        Ok(Shape::More(places))
    }

    /// The reader comes here with a map.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Shape, D::Error> {
        TargetFile::deserialize(deserializer).map(|around| Shape::Around(Box::new(around)))
    }
}

impl JsonSchema for Places {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let around = generator.subschema_for::<TargetFile>();
        schemars::json_schema!({
            "description": "页面上看得到的字，或 css=…、xpath=…、text=…、label=…、role=button[…]、placeholder=…、alt=…、title=…、test-id=…、pierce=…、aria=…；写几个就依次试；也可以写 { target: …, in: …, below: …, nth: 2 }",
            "anyOf": [
                { "type": ["string", "number"], "minLength": 1 },
                { "type": "array", "items": { "type": ["string", "number"], "minLength": 1 }, "minItems": 1 },
                around
            ]
        })
    }
}

/// Lets a shape also be written as what it aims at alone.
pub(crate) fn allow_target(schema: &mut Schema) {
    let shape = schema.clone();
    *schema = schemars::json_schema!({ "anyOf": [{ "$ref": "#/$defs/Target" }, shape] });
}

/// Lets a shape also be written as one word.
pub(crate) fn allow_text(schema: &mut Schema) {
    let shape = schema.clone();
    *schema = schemars::json_schema!({ "anyOf": [{ "type": ["string", "number"] }, shape] });
}
