//! The floors of the house: a module uses only lower floors, and an outside crate lives in its room.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rooms by floor, lowest first; rooms of one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["text"],
    &["settings"],
    &["scenario", "browser", "read", "check", "store", "report", "vault"],
    &["runner"],
    &["audit"],
    &["demo"],
    &["cli"],
];

/// Outside crates that only these rooms may use. Crates that are not named here (serde, thiserror, url, …) may be used anywhere.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("fantoccini", &["browser"]),
    ("webdriver", &["browser"]),
    ("tokio_tungstenite", &["browser"]),
    ("reqwest", &["browser"]),
    ("html5ever", &["browser"]),
    ("encoding_rs", &["browser", "demo", "runner", "scenario"]),
    ("governor", &["browser"]),
    ("infer", &["browser"]),
    ("imagesize", &["browser"]),
    ("zip", &["browser", "demo", "report"]),
    ("nix", &["browser"]),
    ("keyring_core", &["vault"]),
    ("zbus_secret_service_keyring_store", &["vault"]),
    ("serde_saphyr", &["scenario", "demo"]),
    ("schemars", &["scenario"]),
    ("scraper", &["scenario"]),
    ("csv", &["scenario"]),
    ("calamine", &["scenario"]),
    ("minijinja", &["scenario", "report", "demo"]),
    ("rusqlite", &["store"]),
    ("rust_xlsxwriter", &["report"]),
    ("quick_junit", &["report"]),
    ("axum", &["demo"]),
    ("similar", &["text"]),
    ("rapidfuzz", &["text"]),
    ("unicode_normalization", &["text"]),
    ("unicode_width", &["text", "scenario"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("console", &["cli"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Room name to its files' texts.
fn rooms() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let relative = file.strip_prefix(&src).unwrap();
        let room = relative.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let text = std::fs::read_to_string(&file).unwrap();
        rooms.entry(room).or_default().push((file.clone(), text));
    }
    rooms
}

/// The code of a file without its comments and strings of documentation.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every room named after `crate::` in a file, braces of `use crate::{a, b}` included.
fn used_rooms(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if at > 0
            && text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$')
        {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let named = if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let inner: String = list
                .chars()
                .take_while(|character| {
                    depth += i32::from(*character == '{') - i32::from(*character == '}');
                    depth >= 0
                })
                .collect();
            top_level_names(&inner)
        } else {
            vec![
                rest.chars()
                    .take_while(|character| character.is_alphanumeric() || *character == '_')
                    .collect(),
            ]
        };
        used.extend(named);
    }
    used
}

fn top_level_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut reading = true;
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                reading = true;
            }
            ':' if depth == 0 => reading = false,
            _ if depth == 0 && reading && (character.is_alphanumeric() || character == '_') => {
                names.last_mut().unwrap().push(character);
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

#[test]
fn every_room_uses_only_lower_floors() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        let floor =
            floor_of(&room).unwrap_or_else(|| panic!("room {room} stands on no floor: add it to FLOORS"));
        for (file, text) in files {
            for used in used_rooms(&code(&text)) {
                let allowed = used == room || floor_of(&used).is_some_and(|below| below < floor);
                if floor_of(&used).is_some() && !allowed {
                    wrong.push(format!("{} uses crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_demo_portal_shares_no_code_with_the_auditor() {
    for (file, text) in &rooms()["demo"] {
        let foreign: Vec<_> = used_rooms(&code(text)).into_iter().filter(|room| room != "demo").collect();
        assert!(foreign.is_empty(), "{} uses {foreign:?}", file.display());
    }
}

#[test]
fn outside_crates_live_in_their_rooms() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for (file, text) in files {
            let code = code(&text);
            for (name, homes) in LIVES_IN {
                let mentioned = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                    !code[..at]
                        .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
                });
                if mentioned && !homes.contains(&room.as_str()) {
                    wrong.push(format!("{} uses {name}, which lives in {homes:?}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_use_lines_sees_what_is_there() {
    let text = "use crate::model::{Case, Item};\nuse crate::{text, check::{a, b}};\nlet x = crate::read::guide(&s);\n$crate::nothing";
    assert_eq!(used_rooms(text), ["model", "text", "check", "read"]);
}

#[test]
fn files_have_one_subject_and_no_attic_names() {
    for (room, files) in rooms() {
        for (file, text) in files {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            for attic in ["util", "utils", "helper", "helpers", "common", "misc", "types", "imp"] {
                assert_ne!(name, attic, "{}: say what is in it", file.display());
            }
            let lines = text.lines().count();
            assert!(lines <= 700, "{room}: {} has {lines} lines: is it one subject?", file.display());
            assert!(text.trim_start().starts_with("//!"), "{} does not say what it is for", file.display());
        }
    }
}
