//! Reports: written from a rich outcome with hostile strings in it, and read back.

mod png;
mod sample;

use std::path::Path;

use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use zoutong::report::{Material, html, write_all};

use sample::SampleEvidence;

#[test]
fn every_format_is_written_whole() {
    let outcome = sample::outcome();
    let evidence = SampleEvidence::new();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports");
    let written = write_all(&folder, &Material { outcome: &outcome, evidence: &evidence }).unwrap();
    let names: Vec<_> = written.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["index.html", "问题清单.xlsx", "junit.xml"]);
    assert!(std::fs::read_dir(&folder).unwrap().all(|entry| !entry.unwrap().path().ends_with(".part")));
}

#[test]
fn the_content_policy_lets_only_our_own_script_run() {
    let script = include_bytes!("../../src/report/page/script.js");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
    let outcome = sample::outcome();
    let page = html(&Material { outcome: &outcome, evidence: &SampleEvidence::new() }).unwrap();
    assert!(
        page.contains(&format!("script-src 'sha256-{hash}'")),
        "SCRIPT_HASH in src/report/page/mod.rs must be sha256-{hash}"
    );
}
