//! 回放: one scenario file, or a recording taken in memory, with the portal that it is replayed on: the one that a file
//! describes, or one made up of nothing but the addresses of the scenario itself.

use std::collections::BTreeSet;
use std::path::Path;

use url::{Host, Url};

use super::address::{http_address, is_host_entry};
use super::error::{ScenarioError, ScenarioErrors};
use super::fault::{Fault, Mark};
use super::folder::{Library, PORTAL_FILE, Survey, yaml_files};
use super::recording::{ImportOptions, Imported, LARGEST_RECORDING, RecordingError, import_recording};
use super::source::Source;
use super::template::Variables;
use super::vocabulary::SUBMIT_WORDS;
use crate::model::{Action, Channel, ChannelId, Device, Pace, Portal, Scenario, Speed, Standard, Typing};

/// The channel that is made up where no portal file describes one.
const CHANNEL: &str = "replay";
/// A person who replays a recording looks at a page at least so long.
const PACE: Pace = Pace { per_second: 2 };

/// What is replayed, and where.
#[derive(Debug)]
pub struct Rehearsal {
    /// The portal and every scenario that can be called.
    pub library: Library,
    /// The ids of the scenarios to replay, in order.
    pub scenarios: Vec<String>,
    /// What the import had to say, where the file is a recording.
    pub imported: Option<Imported>,
}

/// Why nothing can be replayed.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The recording cannot be taken.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// A file is wrong.
    #[error(transparent)]
    Scenario(#[from] ScenarioErrors),
}

/// Reads a scenario file or a recording. `portal` is a portal file or its folder; when `None`, the one beside the file is
/// taken, and where there is none, a portal with one channel is made up. `hosts` may be visited besides.
///
/// # Errors
/// When the file, or the portal file, is wrong, or nothing says which hosts may be visited.
pub fn rehearse(
    file: &Path,
    portal: Option<&Path>,
    hosts: &[String],
    variables: &Variables,
) -> Result<Rehearsal, RehearsalError> {
    if let Some(wrong) = hosts.iter().find(|host| !is_host_entry(host)) {
        let fault = Fault::new(Mark::FILE, format!("“{wrong}”不是主机名"));
        return Err(wrong_file(file, &fault.hint("只写主机，例如：www.example.gov.cn 或 127.0.0.1:8080")));
    }
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.join(PORTAL_FILE);
    let portal = match portal {
        Some(portal) if portal.is_dir() => Some(portal.join(PORTAL_FILE)),
        Some(portal) => Some(portal.to_owned()),
        None => beside.is_file().then_some(beside),
    };
    let mut survey = Survey::empty();
    let used = portal.map(|portal| survey.read_portal(&portal, variables)).unwrap_or_default();
    let imported = if is_scenario_file(file) {
        for path in yaml_files(folder).unwrap_or_default() {
            if !used.contains(&path) && !is_same(&path, file) && !path.ends_with(PORTAL_FILE) {
                survey.take_scenario(Source::read(&path), variables);
            }
        }
        // What is wrong in the files around is their own matter.
        let around: BTreeSet<String> =
            survey.scenarios.iter().map(|scenario| scenario.file.clone()).collect();
        let portal_errors = survey.errors.len();
        survey.errors.retain(|error| used.iter().any(|path| path.display().to_string() == error.place.file));
        let broken = portal_errors != survey.errors.len();
        survey.take_scenario(Source::read(file), variables);
        if !broken {
            survey.check_calls();
        }
        survey.errors.retain(|error| !around.contains(&error.place.file));
        None
    } else {
        Some(take_recording(file, folder, &mut survey, variables)?)
    };
    if !survey.errors.is_empty() {
        return Err(ScenarioErrors(survey.errors).into());
    }
    let wanted: Vec<String> = match &imported {
        Some(imported) => imported.scenarios.iter().map(|scenario| scenario.id.clone()).collect(),
        None => survey.scenarios.last().map(|scenario| scenario.id.clone()).into_iter().collect(),
    };
    let (mut portal, scenarios) = match survey.portal {
        Some(portal) => (portal, survey.scenarios),
        None => made_up(file, survey.scenarios, &wanted, hosts)?,
    };
    portal.hosts.extend(hosts.iter().map(|host| host.to_lowercase()));
    let library = Library { portal, scenarios, notes: survey.notes, portal_file: survey.portal_file };
    Ok(Rehearsal { library, scenarios: wanted, imported })
}

fn is_scenario_file(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml"))
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.file_name() == other.file_name()
}

fn wrong_file(file: &Path, fault: &Fault) -> RehearsalError {
    ScenarioErrors(vec![ScenarioError::of_file(&file.display().to_string(), fault)]).into()
}

/// Takes a recording as the scenarios that an import would have written beside it.
fn take_recording(
    file: &Path,
    folder: &Path,
    survey: &mut Survey,
    variables: &Variables,
) -> Result<Imported, RehearsalError> {
    let content = read(file).map_err(|why| {
        let fault = Fault::new(Mark::FILE, format!("打不开这个文件（{why}）"));
        wrong_file(file, &fault.hint("检查文件名和权限"))
    })?;
    let beside = |other: &str| {
        let stays = Path::new(other).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        stays.then(|| read(&folder.join(other)).ok()).flatten()
    };
    let name = file.display().to_string();
    let imported = import_recording(&name, &content, &[], ImportOptions::default(), &beside)?;
    for scenario in &imported.scenarios {
        let name = folder.join(format!("{}.yaml", scenario.id)).display().to_string();
        survey.take_scenario(Source::decode(name, scenario.text.clone().into_bytes()), variables);
    }
    survey.check_calls();
    Ok(imported)
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut content = Vec::new();
    std::fs::File::open(file)?.take(LARGEST_RECORDING + 1).read_to_end(&mut content)?;
    Ok(content)
}

/// A portal with one channel, whose hosts are those that the scenarios open themselves and those that were named.
fn made_up(
    file: &Path,
    mut scenarios: Vec<Scenario>,
    wanted: &[String],
    named: &[String],
) -> Result<(Portal, Vec<Scenario>), RehearsalError> {
    let replayed = |scenario: &&Scenario| wanted.contains(&scenario.id);
    let own: Vec<Url> = scenarios.iter().filter(replayed).flat_map(addresses).collect();
    let home = own.first().map(|address| address.origin().ascii_serialization());
    let Some(home) = home.or_else(|| named.first().map(|host| origin(host))) else {
        let fault = Fault::new(Mark::FILE, "不知道要在哪个网站上回放：里面没有写完整的网址");
        return Err(wrong_file(file, &fault.hint("加上 --host 主机，或者用 --portal 指出门户文件")));
    };
    let mut hosts: Vec<String> = Vec::new();
    for entry in own.iter().filter_map(entry) {
        if !hosts.contains(&entry) {
            hosts.push(entry);
        }
    }
    for scenario in scenarios.iter_mut().filter(|scenario| wanted.contains(&scenario.id)) {
        scenario.channels.clear();
    }
    let channel = Channel {
        id: ChannelId(CHANNEL.to_owned()),
        name: "回放".to_owned(),
        home: Some(home + "/"),
        pages: std::collections::BTreeMap::new(),
        guide: None,
        device: Device::default(),
        words: std::collections::BTreeMap::new(),
        typing: Typing::default(),
        speed: Speed::Painted,
    };
    let portal = Portal {
        name: "回放".to_owned(),
        hosts,
        submit_words: SUBMIT_WORDS.iter().map(ToString::to_string).collect(),
        forbidden_paths: Vec::new(),
        allowed_paths: Vec::new(),
        pace: PACE,
        channels: vec![channel],
        accounts: Vec::new(),
        items: Vec::new(),
        standard: Standard { authority: None, baseline: Vec::new() },
    };
    Ok((portal, scenarios))
}

/// The whole addresses of a scenario: its base, what it opens, and the windows that it works in.
fn addresses(scenario: &Scenario) -> Vec<Url> {
    let steps = scenario.every_step();
    let opened = steps.iter().filter(|step| !step.disabled).filter_map(|step| match &step.action {
        Action::Open(page) => Some(page.as_str()),
        _ => step.page.as_deref(),
    });
    scenario.base.as_deref().into_iter().chain(opened).filter_map(|text| http_address(text).ok()).collect()
}

/// The line of `hosts` that allows an address.
fn entry(address: &Url) -> Option<String> {
    let host = address.host_str()?;
    Some(address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Where a host that was named is found: by `http:` where it has a port or is no name, as servers of one's own do.
fn origin(host: &str) -> String {
    let (name, port) = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).unwrap_or((host, ""));
    let is_near = name == "localhost" || !matches!(Host::parse(name), Ok(Host::Domain(_)));
    let scheme = if is_near || !matches!(port, "" | "443") { "http" } else { "https" };
    if matches!(port, "" | "*") { format!("{scheme}://{name}") } else { format!("{scheme}://{name}:{port}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_was_named_is_found() {
        assert_eq!(origin("127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(origin("localhost"), "http://localhost");
        assert_eq!(origin("www.example.gov.cn"), "https://www.example.gov.cn");
        assert_eq!(origin("[::1]:80"), "http://[::1]:80");
    }

    #[test]
    fn a_recording_brings_its_own_hosts() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.json");
        let json = r#"{"title":"x","steps":[{"type":"navigate","url":"http://127.0.0.1:8123/a"},
            {"type":"navigate","url":"https://other.test/b"}]}"#;
        std::fs::write(&file, json).unwrap();
        let found = rehearse(&file, None, &["third.test".to_owned()], &Variables::new()).unwrap();
        assert_eq!(found.library.portal.hosts, ["127.0.0.1:8123", "other.test", "third.test"]);
        assert_eq!(found.library.portal.channels[0].home.as_deref(), Some("http://127.0.0.1:8123/"));
        assert_eq!(found.scenarios, ["a"]);
    }

    #[test]
    fn a_scenario_without_addresses_needs_a_host() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.yaml");
        std::fs::write(&file, "scenario: a\ntitle: 试\nsteps:\n  - open: /x\n  - tap: 登录\n").unwrap();
        let error = rehearse(&file, None, &[], &Variables::new()).unwrap_err();
        assert!(matches!(error, RehearsalError::Scenario(_)));
        let found = rehearse(&file, None, &["localhost:81".to_owned()], &Variables::new()).unwrap();
        assert_eq!(found.library.portal.channels[0].home.as_deref(), Some("http://localhost:81/"));
        assert_eq!(found.library.portal.hosts, ["localhost:81"]);
    }
}
