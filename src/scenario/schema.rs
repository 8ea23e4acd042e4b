//! JSON Schemas of the files, for completion and hints in editors.

use schemars::JsonSchema;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value;

use super::file::portal::PortalFile;
use super::file::scenario::ScenarioFile;

/// The schema of a scenario file (`scenarios/schema.json`).
#[must_use]
pub fn schema() -> Value {
    titled::<ScenarioFile>("走通场景文件")
}

/// The schema of a portal file (`scenarios/portal.schema.json`).
#[must_use]
pub fn portal_schema() -> Value {
    titled::<PortalFile>("走通门户文件")
}

fn titled<T: JsonSchema>(title: &str) -> Value {
    // Draft 7 is what the YAML extensions of the common editors understand best.
    let settings = SchemaSettings::draft07().with(|settings| settings.definitions_path = "/$defs".into());
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(without_null).transform(&mut schema);
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// A key that may be absent may not therefore be empty: takes the `null` out that serde's `Option` puts in.
fn without_null(schema: &mut Schema) {
    let null = Value::from("null");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| *kind != null);
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type") != Some(&null));
        // Draft 7 reads nothing beside a `$ref`, so a description needs the `allOf`.
        if choices.len() == 1
            && let Some(only) = schema.remove("anyOf")
        {
            schema.insert("allOf".to_owned(), only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_knows_every_step_in_chinese() {
        let schema = schema();
        let step = &schema["$defs"]["Step"]["anyOf"][1]["properties"];
        for name in ["open", "tap", "type", "choose", "read", "fetch", "maybe", "when"] {
            let description = step[name]["description"].as_str().unwrap_or_default();
            assert!(description.chars().any(|letter| letter > '\u{4DFF}'), "{name}: {description}");
        }
        assert_eq!(schema["required"], serde_json::json!(["scenario", "title", "steps"]));
    }
}
