//! The chromedriver process: found, started, and surely ended together with every browser that it started.
//!
//! Ending chromedriver alone leaves its browsers running, so it leads a process group of its own and the whole group is
//! killed: on an awaited stop, on drop, and (by a watchdog in the same group that reads a pipe held by us) when this
//! program is killed so hard that nothing of it can run any more.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

use super::port::BrowserError;

/// How long chromedriver may take to say its port; it needs 10 ms.
const READY_LIMIT: Duration = Duration::from_secs(15);
/// How long an orderly end may take before the group is killed.
const STOP_LIMIT: Duration = Duration::from_secs(3);
/// Reads the pipe that we hold: its end means that we are gone. Whatever still runs in this group is then ended; TERM first,
/// so that the browsers stop writing to the folder that is removed.
///
/// No `--` before the group: dash, the `sh` of Debian, takes it for a process id.
const WATCHDOG: &str =
    "trap '' TERM INT HUP; read -r line; kill -TERM \"-$1\"; sleep 0.3; rm -rf -- \"$2\"; kill -KILL \"-$1\"";

/// A running chromedriver. Dropping it ends it and its browsers at once.
pub(super) struct Driver {
    process: Child,
    watchdog: Child,
    group: Pid,
    port: u16,
    /// Chromium's litter (profiles, sockets) goes here and away.
    folder: Option<TempDir>,
}

impl Driver {
    /// Starts `program` and waits until it takes commands. One that ends at once is started again: it takes a free port on one
    /// of IPv4 and IPv6, needs the same on the other, and gives up where that is taken (“IPv4 port not available. Exiting”).
    ///
    /// # Errors
    /// When it cannot be started or does not get ready.
    pub(super) async fn start(program: &Path) -> Result<Self, BrowserError> {
        const TIMES: usize = 4;
        for _ in 1..TIMES {
            let begun = tokio::time::Instant::now();
            match Self::start_once(program).await {
                Err(BrowserError::NotReady { .. }) if begun.elapsed() < READY_LIMIT => {}
                other => return other,
            }
        }
        Self::start_once(program).await
    }

    async fn start_once(program: &Path) -> Result<Self, BrowserError> {
        let folder = tempfile::Builder::new()
            .prefix("zoutong-")
            .tempdir()
            .map_err(|source| failed(program, source))?;
        let mut driver = Command::new(program)
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| failed(program, source))?;
        let group = Pid::from_raw(i32::try_from(driver.id()).unwrap_or(i32::MAX));
        let output = (driver.stdout.take(), driver.stderr.take());
        let watchdog = match watch(group, folder.path()) {
            Ok(watchdog) => watchdog,
            Err(source) => {
                end(group, &mut driver);
                return Err(failed(Path::new("sh"), source));
            }
        };
        let mut started = Self { process: driver, watchdog, group, port: 0, folder: Some(folder) };
        let (tell, told) = oneshot::channel();
        if let (Some(stdout), Some(stderr)) = output {
            std::thread::spawn(move || announce_port(stdout, tell));
            std::thread::spawn(move || drain(stderr));
        }
        let not_ready = || BrowserError::NotReady { seconds: READY_LIMIT.as_secs() };
        started.port = tokio::time::timeout(READY_LIMIT, told)
            .await
            .map_err(|_| not_ready())?
            .map_err(|_| not_ready())?;
        Ok(started)
    }

    /// Where it takes commands.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The process group that it leads.
    pub(super) fn group(&self) -> u32 {
        self.process.id()
    }

    /// Whether it still runs.
    pub(super) fn is_running(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Ends it and its browsers in good order, then by force; returns once they are gone.
    pub(super) async fn stop(mut self) {
        if tokio::time::timeout(STOP_LIMIT, ask(self.port, "/shutdown"))
            .await
            .is_ok_and(|answer| answer.is_some())
        {
            self.wait_for_end(STOP_LIMIT).await;
        }
        if self.is_running() {
            let _ = killpg(self.group, Signal::SIGTERM);
            self.wait_for_end(Duration::from_millis(500)).await;
        }
        // Dropping kills what is left, the watchdog included, and removes the folder.
    }

    async fn wait_for_end(&mut self, limit: Duration) {
        let until = tokio::time::Instant::now() + limit;
        while self.is_running() && tokio::time::Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Chromium's major version, which is also the driver's own.
    pub(super) async fn version(&self) -> Option<u32> {
        let answer = tokio::time::timeout(STOP_LIMIT, ask(self.port, "/status")).await.ok()??;
        let status: serde_json::Value = serde_json::from_str(&answer).ok()?;
        status["value"]["build"]["version"].as_str()?.split('.').next()?.parse().ok()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(self.group, &mut self.process);
        let _ = self.watchdog.wait();
        // Killed browsers let go of their files a moment later.
        for _ in 0..20 {
            let Some(folder) = self.folder.take() else { break };
            if std::fs::remove_dir_all(folder.path()).is_ok() {
                break;
            }
            self.folder = Some(folder);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn end(group: Pid, driver: &mut Child) {
    // An error means that the group is empty.
    let _ = killpg(group, Signal::SIGKILL);
    let _ = driver.wait();
}

fn failed(program: &Path, source: std::io::Error) -> BrowserError {
    BrowserError::Start { program: program.display().to_string(), source }
}

fn watch(group: Pid, folder: &Path) -> std::io::Result<Child> {
    Command::new("/bin/sh")
        .args(["-c", WATCHDOG, "zoutong-watchdog"])
        .arg(group.to_string())
        .arg(folder)
        .process_group(group.as_raw())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Tells the port that chromedriver prints, then goes on reading so that it never blocks on a full pipe.
fn announce_port(stdout: impl Read, tell: oneshot::Sender<u16>) {
    let mut reader = BufReader::new(stdout);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|length| length > 0) {
        if let Some(port) = port_in(&line) {
            let _ = tell.send(port);
            break;
        }
        line.clear();
    }
    drain(reader);
}

fn port_in(line: &str) -> Option<u16> {
    let (_, after) = line.split_once("started successfully on port ")?;
    after.trim().trim_end_matches('.').parse().ok()
}

fn drain(mut from: impl Read) {
    let mut buffer = [0_u8; 4096];
    while from.read(&mut buffer).is_ok_and(|length| length > 0) {}
}

/// One bare HTTP question to the driver or its browser; fixed paths need no client.
pub(super) async fn ask(port: u16, path: &str) -> Option<String> {
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let question = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    stream.write_all(question.as_bytes()).await.ok()?;
    // chromedriver keeps the connection open whatever it is told: the body ends where its length says.
    let mut answer = Vec::new();
    while body_of(&answer).is_none() {
        if stream.read_buf(&mut answer).await.ok()? == 0 {
            return None;
        }
    }
    body_of(&answer)
}

/// The body of an HTTP answer, once it is complete.
fn body_of(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    })?;
    (body.len() >= length).then(|| body.to_owned())
}

/// The chromedriver to use: the one given, else one on the search path.
///
/// # Errors
/// When there is none.
pub fn find_driver(given: Option<&Path>) -> Result<PathBuf, BrowserError> {
    match given {
        Some(path) => existing(path).ok_or(BrowserError::NoDriver),
        None => on_path(&["chromedriver", "chromium.chromedriver"]).ok_or(BrowserError::NoDriver),
    }
}

/// The browser to use: the one given, else the cheapest on the search path; a visible window needs a full browser.
///
/// # Errors
/// When there is none.
pub fn find_browser(given: Option<&Path>, headed: bool) -> Result<PathBuf, BrowserError> {
    const FULL: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(path) = given {
        return existing(path).map(unwrapped).ok_or(BrowserError::NoBrowser);
    }
    let shell = if headed { None } else { on_path(&["chromium-headless-shell", "chrome-headless-shell"]) };
    shell.or_else(|| on_path(&FULL)).map(unwrapped).ok_or(BrowserError::NoBrowser)
}

/// The headless shell itself where Debian has put a script around it: chromedriver ends what it has started, and the script
/// does not take its browser with it.
fn unwrapped(program: PathBuf) -> PathBuf {
    let shell = Path::new("/usr/lib/chromium/chromium-headless-shell");
    if program.file_name() == shell.file_name() && shell.is_file() { shell.to_path_buf() } else { program }
}

fn existing(path: &Path) -> Option<PathBuf> {
    if path.components().count() == 1 {
        return on_path(&[path.to_str()?]);
    }
    path.is_file().then(|| path.to_path_buf())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let search = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        std::env::split_paths(&search).chain(["/usr/bin", "/usr/local/bin"].map(PathBuf::from)).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_prints() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 40123.\n"), Some(40123));
        assert_eq!(port_in("Only local connections are allowed.\n"), None);
    }

    #[test]
    fn an_answer_ends_where_its_length_says() {
        assert_eq!(body_of(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{}"), None);
        assert_eq!(body_of(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").as_deref(), Some("{}"));
    }

    #[test]
    fn a_driver_that_is_not_there_is_named_as_missing() {
        let missing = find_driver(Some(Path::new("/nowhere/chromedriver")));
        assert!(matches!(missing, Err(BrowserError::NoDriver)));
    }

    #[tokio::test]
    async fn a_driver_that_loses_its_port_to_another_is_started_again() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("driver");
        let script = "#!/bin/sh\nif [ -e \"$0.tried\" ]; then echo 'ChromeDriver was started successfully on port 4711.'; sleep 9; fi\n\
            touch \"$0.tried\"; exit 1\n";
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let driver = Driver::start(&program).await.unwrap();
        assert_eq!(driver.address(), "http://127.0.0.1:4711");
    }

    #[tokio::test]
    async fn a_program_that_is_no_driver_never_gets_ready_and_is_ended() {
        let started = Driver::start(Path::new("/bin/true")).await;
        assert!(matches!(started, Err(BrowserError::NotReady { .. })));
    }
}
