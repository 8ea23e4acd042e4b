//! Files and entries that a guide links: each is asked for once a run, on listed hosts only, politely, and never more of
//! it than a form can have. The bytes are looked at and dropped.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, LOCATION, REFERER, USER_AGENT};
use reqwest::{Client, Method, Response};
use tokio::sync::OnceCell;
use url::Url;

use super::http::{AGENT, PATIENCE, builder, why};
use super::pace::Pace;
use super::port::BrowserError;
use super::sniff;
use crate::model::Download;

/// More bytes than a form has; what comes beyond is not fetched.
const LARGEST: usize = 20 * 1024 * 1024;
/// How long a whole file may take once it has begun to come.
const LONGEST: Duration = Duration::from_secs(30);
/// More redirections than an honest address needs.
const HOPS: usize = 5;

/// Who asks, and what is allowed.
pub struct Caller<'a> {
    /// The channel's own User-Agent, where it insists on one.
    pub agent: Option<&'a str>,
    /// The page that links the address; some servers give files to its visitors only.
    pub page: Option<&'a Url>,
    /// Whether an address may be visited; asked for every redirection, too.
    pub allows: &'a (dyn Fn(&Url) -> bool + Sync),
    /// Politeness per host.
    pub pace: &'a Pace,
}

/// Asks for files and entries, and remembers what came.
#[derive(Debug)]
pub struct Downloads {
    client: Client,
    known: Mutex<HashMap<Asked, Arc<OnceCell<Download>>>>,
}

/// An address, as a file or as an entry, for one kind of visitor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    url: String,
    whole_file: bool,
    agent: Option<String>,
}

impl Downloads {
    /// Nothing asked for yet.
    ///
    /// # Errors
    /// When the network client cannot be set up.
    pub fn new() -> Result<Self, BrowserError> {
        let client = builder(AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE + LONGEST)
            .build()
            .map_err(BrowserError::Client)?;
        Ok(Self { client, known: Mutex::default() })
    }

    /// Fetches a file, or says why there is none; the same address is fetched once.
    pub async fn file(&self, url: &Url, caller: &Caller<'_>) -> Download {
        self.once(url, true, caller).await
    }

    /// Knocks at an address without fetching it.
    pub async fn entry(&self, url: &Url, caller: &Caller<'_>) -> Download {
        self.once(url, false, caller).await
    }

    async fn once(&self, url: &Url, whole_file: bool, caller: &Caller<'_>) -> Download {
        let asked = Asked { url: url.to_string(), whole_file, agent: caller.agent.map(str::to_owned) };
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(asked).or_default().clone()
        };
        cell.get_or_init(|| self.surely(url, whole_file, caller)).await.clone()
    }

    /// A server that breaks down or does not answer is asked a second time.
    async fn surely(&self, url: &Url, whole_file: bool, caller: &Caller<'_>) -> Download {
        let first = self.ask(url, whole_file, caller).await;
        match first {
            Download::Unreachable(_) => self.ask(url, whole_file, caller).await,
            Download::Status(status) if status >= 500 => self.ask(url, whole_file, caller).await,
            settled => settled,
        }
    }

    /// Follows redirections by hand, for each of them may leave the listed hosts.
    async fn ask(&self, url: &Url, whole_file: bool, caller: &Caller<'_>) -> Download {
        let mut url = url.clone();
        for _ in 0..=HOPS {
            if !(caller.allows)(&url) {
                let host = url.host_str().unwrap_or_default();
                return Download::NotAsked(format!("{host} 不在门户文件列出的主机（hosts）之内"));
            }
            caller.pace.wait(url.host_str().unwrap_or_default()).await;
            let answer = match self.send(&url, whole_file, caller).await {
                Ok(answer) => answer,
                Err(why) => return Download::Unreachable(why),
            };
            match redirection(&url, &answer) {
                Some(next) => url = next,
                None => return received(answer, whole_file).await,
            }
        }
        Download::Unreachable("跳转次数太多".to_owned())
    }

    async fn send(&self, url: &Url, whole_file: bool, caller: &Caller<'_>) -> Result<Response, String> {
        if whole_file {
            return self.request(Method::GET, url, caller).await;
        }
        let answer = self.request(Method::HEAD, url, caller).await?;
        // Some servers do not know the question, or answer it with an error of their own.
        if answer.status().is_client_error() || answer.status().is_server_error() {
            return self.request(Method::GET, url, caller).await;
        }
        Ok(answer)
    }

    async fn request(&self, method: Method, url: &Url, caller: &Caller<'_>) -> Result<Response, String> {
        let mut request =
            self.client.request(method, url.clone()).header(USER_AGENT, caller.agent.unwrap_or(AGENT));
        if let Some(page) = caller.page {
            request = request.header(REFERER, page.as_str());
        }
        match tokio::time::timeout(PATIENCE, request.send()).await {
            Ok(answer) => answer.map_err(|error| why(&error)),
            Err(_) => Err("15 秒内没有应答".to_owned()),
        }
    }
}

fn redirection(from: &Url, answer: &Response) -> Option<Url> {
    let moved = answer.status().is_redirection();
    let to = answer.headers().get(LOCATION).filter(|_| moved)?;
    from.join(to.to_str().ok()?).ok()
}

async fn received(answer: Response, whole_file: bool) -> Download {
    if !whole_file || !answer.status().is_success() {
        return Download::Status(answer.status().as_u16());
    }
    let declared = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let declared = declared.unwrap_or_default().to_owned();
    match bytes(answer).await {
        (bytes, Some(why)) if bytes.is_empty() => Download::Unreachable(why),
        (bytes, cut) => Download::File(sniff::facts(&bytes, cut.is_none(), &declared)),
    }
}

/// What came, and why the rest did not. A file that is too long or too slow is judged by its beginning.
async fn bytes(mut answer: Response) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    let all = async {
        while let Some(piece) = answer.chunk().await.map_err(|error| why(&error))? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > LARGEST {
                return Err("文件超过 20 MB".to_owned());
            }
        }
        Ok(())
    };
    let cut = tokio::time::timeout(LONGEST, all).await;
    let why = match cut {
        Ok(Ok(())) => None,
        Ok(Err(why)) => Some(why),
        Err(_) => Some("30 秒内没有下载完".to_owned()),
    };
    (bytes, why)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::model::FileKind;

    /// Answers every request with what `reply` gives for its first line; counts them.
    async fn server(reply: fn(&str) -> Vec<u8>) -> (Url, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let mut request = vec![0; 4096];
                    let length = stream.read(&mut request).await.unwrap_or(0);
                    let line = String::from_utf8_lossy(&request[..length]).into_owned();
                    let _ = stream.write_all(&reply(line.lines().next().unwrap_or_default())).await;
                });
            }
        });
        (url, asked)
    }

    fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
        [head.as_bytes(), body].concat()
    }

    async fn asked(url: &Url, path: &str, file: bool) -> Download {
        let downloads = Downloads::new().unwrap();
        ask(&downloads, url, path, file).await
    }

    async fn ask(downloads: &Downloads, url: &Url, path: &str, file: bool) -> Download {
        let pace = Pace::new(1000);
        let host = url.clone();
        let allows = move |url: &Url| url.port() == host.port();
        let caller = Caller { agent: None, page: None, allows: &allows, pace: &pace };
        let url = url.join(path).unwrap();
        if file { downloads.file(&url, &caller).await } else { downloads.entry(&url, &caller).await }
    }

    #[tokio::test]
    async fn a_file_is_fetched_once_whoever_asks() {
        let (url, count) =
            server(|_| http("200 OK", "content-type: application/pdf\r\n", b"%PDF-1.4 %%EOF")).await;
        let downloads = Downloads::new().unwrap();
        let (first, second) =
            tokio::join!(ask(&downloads, &url, "/a.pdf", true), ask(&downloads, &url, "/a.pdf", true));
        assert_eq!(first, second);
        assert_eq!(count.load(Ordering::SeqCst), 1);
        let Download::File(file) = first else { panic!("{first:?}") };
        assert_eq!((file.kind, file.opens, file.whole), (FileKind::Pdf, Some(true), true));
        assert_eq!(file.declared, "application/pdf");
    }

    #[tokio::test]
    async fn a_breakdown_is_asked_again_and_an_absence_is_not() {
        let (url, count) = server(|_| http("503 Busy", "", b"")).await;
        assert_eq!(asked(&url, "/a.doc", true).await, Download::Status(503));
        assert_eq!(count.load(Ordering::SeqCst), 2);
        let (url, count) = server(|_| http("404 Not Found", "", b"")).await;
        assert_eq!(asked(&url, "/a.doc", true).await, Download::Status(404));
        assert_eq!(count.load(Ordering::SeqCst), 1);
        let nobody = Url::parse("http://127.0.0.1:9/").unwrap();
        assert!(matches!(asked(&nobody, "/", true).await, Download::Unreachable(_)));
    }

    #[tokio::test]
    async fn redirections_are_followed_on_listed_hosts_only() {
        let (url, _) = server(|line| match line {
            line if line.contains("/here") => http("302 Found", "location: /file\r\n", b""),
            line if line.contains("/away") => http("302 Found", "location: http://127.0.0.1:1/x\r\n", b""),
            line if line.contains("/round") => http("302 Found", "location: /round\r\n", b""),
            _ => http("200 OK", "", b"{\\rtf1 }"),
        })
        .await;
        assert!(matches!(asked(&url, "/here", true).await, Download::File(_)));
        assert!(matches!(asked(&url, "/away", true).await, Download::NotAsked(_)));
        assert!(matches!(asked(&url, "/round", true).await, Download::Unreachable(_)));
    }

    #[tokio::test]
    async fn an_endless_file_is_cut_and_one_that_breaks_off_is_not_called_broken() {
        let (url, _) = server(|line| match line {
            line if line.contains("/endless") => {
                [b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4".as_slice(), &vec![b'x'; LARGEST + 5000]].concat()
            }
            _ => b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n%PDF-1.4".to_vec(),
        })
        .await;
        for path in ["/endless", "/short"] {
            let Download::File(file) = asked(&url, path, true).await else { panic!("{path}") };
            assert_eq!((file.kind, file.whole, file.opens), (FileKind::Pdf, false, None), "{path}");
            assert!(file.bytes < LARGEST as u64 + 1_000_000);
        }
    }

    #[tokio::test]
    async fn an_entry_is_only_knocked_at() {
        let (url, _) = server(|line| match line {
            line if line.starts_with("HEAD") => http("405 Method Not Allowed", "", b""),
            _ => http("200 OK", "", b"<html></html>"),
        })
        .await;
        assert_eq!(asked(&url, "/apply", false).await, Download::Status(200));
    }
}
