//! 要素: the catalogue of what a service guide must say, as data with its sources (`elements.json`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Everything a guide may have to say, in catalogue order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Source key to the document or public code that names the element.
    pub sources: BTreeMap<String, String>,
    /// The elements of a guide.
    pub elements: Vec<Element>,
    /// The columns of a materials table.
    pub material_fields: Vec<MaterialField>,
    /// Labels that several elements share, with what they may mean; decided by the shape of the value.
    pub ambiguous: BTreeMap<String, Vec<String>>,
}

/// 要素: one thing a guide says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Stable name, part of the JSON contract.
    pub id: String,
    /// 规范名称.
    pub name: String,
    /// Whether every guide must have it.
    pub required: Requirement,
    /// One of the eight key classes of the 2015 全国政府网站普查.
    pub key: bool,
    /// Labels that portals use instead of the name.
    pub synonyms: Vec<String>,
    /// The shape of the value, in words.
    pub format: String,
    /// The closed list of values, where there is one.
    pub values: Vec<String>,
    /// The column of the national exchange schema.
    pub column: String,
    /// Keys into [`Catalogue::sources`].
    pub sources: Vec<String>,
    /// Remarks of the compiler.
    pub note: String,
}

/// One column of a materials table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialField {
    /// Stable name, part of the JSON contract.
    pub id: String,
    /// 规范名称.
    pub name: String,
    /// Whether every material must have it.
    pub required: Requirement,
    /// Headings that portals use instead of the name.
    pub synonyms: Vec<String>,
    /// The shape of the value, in words.
    pub format: String,
    /// The closed list of values, where there is one.
    pub values: Vec<String>,
    /// The column of the national exchange schema.
    pub column: String,
}

/// How much a guide needs an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// NOT NULL in the national exchange schema, or one of the eight key classes.
    Required,
    /// Needed when another element says so.
    Conditional,
    /// Nice to have.
    Optional,
}

static EMBEDDED: LazyLock<Catalogue> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is compiled in and a test reads it")]
    serde_json::from_str(include_str!("elements.json"))
        .expect("the embedded element catalogue is well formed")
});

impl Catalogue {
    /// The embedded catalogue.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The element with this id.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.id == id)
    }

    /// The Chinese name of an element id, or the id itself when it is not in the catalogue.
    #[must_use]
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.element(id).map_or(id, |element| element.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_fifty_elements_fifteen_material_fields_and_eight_key_classes() {
        let catalogue = Catalogue::embedded();
        assert_eq!((catalogue.elements.len(), catalogue.material_fields.len()), (50, 15));
        assert_eq!(catalogue.elements.iter().filter(|element| element.key).count(), 8);
        for element in &catalogue.elements {
            for source in &element.sources {
                assert!(
                    catalogue.sources.contains_key(source),
                    "{} names an unknown source {source}",
                    element.id
                );
            }
        }
    }
}
