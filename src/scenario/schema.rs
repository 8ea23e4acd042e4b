//! JSON Schemas of the files, for completion and hints in editors.

use schemars::generate::SchemaSettings;
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

fn titled<T: schemars::JsonSchema>(title: &str) -> Value {
    // Draft 7 is what the YAML extensions of the common editors understand best.
    let mut schema = SchemaSettings::draft07().with(|settings| settings.definitions_path = "/$defs".into());
    schema.inline_subschemas = false;
    let mut schema = schema.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}
