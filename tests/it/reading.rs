//! Guides are read off pages of many layouts: `tests/fixtures/guides`, each page with a hand-written truth.

use std::path::Path;

use assert_cmd::Command;
use zoutong::audit::score_folder;

/// F1 that must be reached, of elements and of material rows.
const LEAST: f64 = 0.98;

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/guides")
}

/// What the command prints for the fixtures: the table and every misreading.
fn table() -> String {
    let output = Command::cargo_bin("zoutong").unwrap().arg("score").arg(fixtures()).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn pages_of_every_layout_are_read_right() {
    let score = score_folder(&fixtures()).unwrap();
    assert!(score.elements.f1() >= LEAST && score.materials.f1() >= LEAST, "{}", table());
}

#[test]
fn the_fixtures_cover_many_layouts_and_all_elements_and_fields() {
    let score = score_folder(&fixtures()).unwrap();
    let layouts: std::collections::BTreeSet<&str> =
        score.pages.iter().filter_map(|page| page.page.split("--").next()).collect();
    assert!(
        score.pages.len() >= 44 && layouts.len() >= 24,
        "{} pages, {} layouts",
        score.pages.len(),
        layouts.len()
    );
    let mut shown = std::collections::BTreeMap::new();
    for page in &score.pages {
        let path = fixtures().join(format!("{}.truth.json", page.page));
        let truth: zoutong::audit::Truth = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let fields = truth.materials.iter().flat_map(|row| row.keys()).map(|id| format!("material.{id}"));
        for id in truth.elements.into_keys().chain(fields) {
            *shown.entry(id).or_insert(0) += 1;
        }
    }
    let catalogue = zoutong::model::Catalogue::embedded();
    let fields = catalogue.material_fields.iter().map(|field| format!("material.{}", field.id));
    for id in catalogue.elements.iter().map(|element| element.id.clone()).chain(fields) {
        let times = shown.get(&id).copied().unwrap_or(0);
        assert!(times >= 3, "{id} stands in {times} truths only");
    }
}
