//! The guard of a live portal: which hosts may be visited, and which words make a press a submission.

use url::Url;

use crate::browser::{Leaving, Refusal, RequestGuard};
use crate::model::Portal;

/// Says no before anything is touched.
#[derive(Debug, Clone)]
pub struct Guard {
    hosts: Vec<HostPattern>,
    submit_words: Vec<String>,
    forbidden_paths: Vec<String>,
    allowed_paths: Vec<String>,
}

/// `host`, `host:port`, `host:*` or `*.host`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HostPattern {
    name: String,
    subdomains: bool,
    port: Option<u16>,
}

/// Holds back whatever would submit something, wherever a page stands: for a page that a person names, without a portal file.
#[derive(Debug)]
pub struct ReadOnly(Guard);

impl Default for ReadOnly {
    fn default() -> Self {
        let none = Vec::new;
        Self(Guard {
            hosts: Vec::new(),
            submit_words: none(),
            forbidden_paths: none(),
            allowed_paths: none(),
        })
    }
}

impl RequestGuard for ReadOnly {
    fn refuses(&self, request: &Leaving<'_>) -> Option<Refusal> {
        // What the window itself shows was asked for by name.
        let opened = request.window && request.method.eq_ignore_ascii_case("GET");
        if opened { None } else { self.0.submission(request).map(|why| Refusal::Submission(why.to_owned())) }
    }
}

impl Guard {
    /// The guard that a portal file asks for.
    #[must_use]
    pub fn of(portal: &Portal) -> Self {
        Self {
            hosts: portal.hosts.iter().map(|host| HostPattern::parse(host)).collect(),
            submit_words: portal.submit_words.clone(),
            forbidden_paths: portal.forbidden_paths.clone(),
            allowed_paths: portal.allowed_paths.clone(),
        }
    }

    /// Whether an address may be visited.
    #[must_use]
    pub fn allows(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && self.hosts.iter().any(|host| host.matches(url))
    }

    /// Whether the page may stay open: a listed host, or a page that is nowhere yet.
    #[must_use]
    pub fn allows_staying(&self, url: &Url) -> bool {
        url.scheme() == "about" || self.allows(url)
    }

    /// Whether a cookie of this host, or of all hosts `below` it, too, can be for a listed host.
    pub(super) fn knows_host(&self, host: &str, below: bool) -> bool {
        let host = host.to_ascii_lowercase();
        self.hosts.iter().any(|listed| {
            listed.name == host
                || (listed.subdomains && host.ends_with(&format!(".{}", listed.name)))
                || (below && listed.name.ends_with(&format!(".{host}")))
        })
    }

    /// Whether the portal file forbids requests to this path.
    pub(super) fn forbids_path(&self, path: &str) -> bool {
        self.forbidden_paths.iter().any(|begin| path.starts_with(begin))
    }

    /// Whether the portal file lets requests to this path through, whatever they look like.
    pub(super) fn allows_path(&self, path: &str) -> bool {
        self.allowed_paths.iter().any(|begin| path.starts_with(begin))
    }

    /// The word that makes pressing something with these visible words a submission, if any. The name of the item that is
    /// walked for (“生育津贴支付”) is no such word.
    #[must_use]
    pub fn submission_word(&self, words: &str, item: Option<&str>) -> Option<&str> {
        let squeezed =
            |text: &str| -> String { text.chars().filter(|character| !character.is_whitespace()).collect() };
        let mut words = squeezed(words);
        if let Some(item) = item.map(squeezed).filter(|item| !item.is_empty()) {
            words = words.replace(&item, "");
        }
        self.submit_words.iter().map(String::as_str).find(|word| words.contains(word))
    }
}

#[cfg(test)]
impl Guard {
    /// A guard for the tests of requests.
    pub(super) fn for_requests(hosts: &[&str], forbidden: &[&str], allowed: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Self {
            hosts: hosts.iter().map(|host| HostPattern::parse(host)).collect(),
            submit_words: Vec::new(),
            forbidden_paths: owned(forbidden),
            allowed_paths: owned(allowed),
        }
    }
}

impl HostPattern {
    fn parse(text: &str) -> Self {
        let text = text.trim().to_ascii_lowercase();
        let (subdomains, text) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().ok()),
            None => (text, None),
        };
        Self { name: name.to_owned(), subdomains, port }
    }

    fn matches(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let same = host.eq_ignore_ascii_case(&self.name);
        let below = self.subdomains && host.to_ascii_lowercase().ends_with(&format!(".{}", self.name));
        (same || below) && self.port.is_none_or(|port| url.port_or_known_default() == Some(port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(hosts: &[&str]) -> Guard {
        Guard {
            hosts: hosts.iter().map(|host| HostPattern::parse(host)).collect(),
            submit_words: vec!["提交".into(), "确认申报".into()],
            forbidden_paths: Vec::new(),
            allowed_paths: Vec::new(),
        }
    }

    #[test]
    fn a_cookie_is_for_the_listed_hosts_and_those_that_it_covers() {
        let guard = guard(&["www.a.gov.cn:*", "*.b.cn"]);
        for (host, below) in [("www.a.gov.cn", false), ("a.gov.cn", true), ("B.cn", true), ("x.b.cn", false)]
        {
            assert!(guard.knows_host(host, below), "{host}");
        }
        for (host, below) in [("a.gov.cn", false), ("other.a.gov.cn", false), ("c.cn", true), ("ab.cn", true)]
        {
            assert!(!guard.knows_host(host, below), "{host}");
        }
    }

    fn allows(hosts: &[&str], url: &str) -> bool {
        guard(hosts).allows(&Url::parse(url).unwrap())
    }

    #[test]
    fn only_listed_hosts_and_ports_are_visited() {
        assert!(allows(&["jc.sxzwfw.gov.cn"], "https://jc.sxzwfw.gov.cn/icity/"));
        assert!(allows(&["*.sxzwfw.gov.cn"], "https://jc.sxzwfw.gov.cn/"));
        assert!(allows(&["127.0.0.1:8101"], "http://127.0.0.1:8101/guide"));
        assert!(allows(&["127.0.0.1:*"], "http://127.0.0.1:9999/"));
        assert!(!allows(&["127.0.0.1:8101"], "http://127.0.0.1:8102/"));
        assert!(!allows(&["sxzwfw.gov.cn"], "https://evil-sxzwfw.gov.cn/"));
        assert!(!allows(&["*.sxzwfw.gov.cn"], "https://sxzwfw.gov.cn.evil.example/"));
        assert!(!allows(&["jc.sxzwfw.gov.cn"], "https://jc.sxzwfw.gov.cn@evil.example/"));
    }

    #[test]
    fn only_web_addresses_are_visited() {
        assert!(!allows(&["*"], "file:///etc/passwd"));
        assert!(!allows(&["localhost"], "ftp://localhost/"));
    }

    #[test]
    fn a_press_whose_words_submit_is_refused_even_when_they_are_spaced_out() {
        let guard = guard(&[]);
        assert_eq!(guard.submission_word(" 提 交 申请", None), Some("提交"));
        assert_eq!(guard.submission_word("登录", None), None);
    }

    #[test]
    fn the_name_of_an_item_is_no_submission_but_a_button_beside_it_is() {
        let guard = guard(&[]);
        assert_eq!(guard.submission_word("材料提交备案 市民政局", Some("材料提交备案")), None);
        assert_eq!(guard.submission_word("材料提交备案 提交", Some("材料提交备案")), Some("提交"));
    }
}
