//! Addresses: which two mean the same page, which belong to one family, and what the addresses of guides have in common.

use url::Url;

/// Parameters that change from visit to visit and mean nothing.
const FLEETING: [&str; 16] = [
    "_",
    "_t",
    "t",
    "ts",
    "timestamp",
    "time",
    "rnd",
    "rand",
    "random",
    "r",
    "nocache",
    "spm",
    "jsessionid",
    "sessionid",
    "sid",
    "token",
];

/// What two addresses of one page have in common: host in lower case, parameters in order and without the fleeting ones,
/// the fragment only where it is the address of a page inside a script (`#/…`).
pub(super) fn key(url: &Url) -> String {
    let mut key = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
    if let Some(port) = url.port() {
        key.push(':');
        key.push_str(&port.to_string());
    }
    key.push_str(&plain_path(url));
    let parameters = parameters(url.query().unwrap_or_default());
    if !parameters.is_empty() {
        key.push('?');
        key.push_str(&parameters.join("&"));
    }
    if let Some(route) = route(url) {
        key.push('#');
        key.push_str(route);
    }
    key
}

/// `#/guide/1` and `#!/guide/1` are pages; `#top` is a place on one.
pub(super) fn route(url: &Url) -> Option<&str> {
    url.fragment().filter(|fragment| fragment.starts_with('/') || fragment.starts_with("!/"))
}

/// The path without a session id and without a slash at its end.
fn plain_path(url: &Url) -> String {
    let path = url.path();
    let end = path.to_ascii_lowercase().find(";jsessionid=").unwrap_or(path.len());
    path.get(..end).unwrap_or(path).trim_end_matches('/').to_owned()
}

fn parameters(query: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
            !pair.is_empty() && !name.starts_with("utm_") && !FLEETING.contains(&name.as_str())
        })
        .collect();
    kept.sort_unstable();
    kept
}

/// The family of an address: numbers and codes in it replaced by `#`, the values of its parameters left out. Pages of one
/// family are drawn by one piece of the portal's software.
pub(super) fn shape(url: &Url) -> String {
    let route = route(url).unwrap_or_default();
    let (route, route_query) = route.split_once('?').unwrap_or((route, ""));
    let mut shape = format!("{}{}", url.host_str().unwrap_or_default(), shape_of_path(&plain_path(url)));
    for query in [url.query().unwrap_or_default(), route_query] {
        for name in parameters(query).into_iter().filter_map(|pair| pair.split('=').next()) {
            shape.push('&');
            shape.push_str(name);
        }
    }
    shape.push_str(&shape_of_path(route));
    shape
}

fn shape_of_path(path: &str) -> String {
    path.split('/').map(|part| if varies(part) { "#" } else { part }).collect::<Vec<_>>().join("/")
}

/// A number, a code, a name in Chinese: anything that stands for one thing out of many.
fn varies(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 || part.len() > 24 || part.contains('%') || (digits > 0 && digits * 2 >= part.len())
}

/// What the addresses of one channel's guides look like: an address in which only the item's code changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    before: String,
    after: String,
}

impl Pattern {
    /// Learns from guides that were found: at least two of them, with codes of their own, must agree.
    pub(super) fn learn<'a>(found: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let mut votes: Vec<(Self, usize)> = Vec::new();
        for (address, code) in found {
            let Some((before, after)) = address.split_once(code).filter(|_| code.len() >= 4) else {
                continue;
            };
            let pattern = Self { before: before.to_owned(), after: after.to_owned() };
            match votes.iter_mut().find(|(known, _)| *known == pattern) {
                Some((_, votes)) => *votes += 1,
                None => votes.push((pattern, 1)),
            }
        }
        let (pattern, votes) = votes.into_iter().max_by_key(|(_, votes)| *votes)?;
        (votes >= 2).then_some(pattern)
    }

    /// Where the guide of the item with this code should be.
    pub(super) fn address(&self, code: &str) -> Option<Url> {
        Url::parse(&format!("{}{code}{}", self.before, self.after)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn one_page_has_many_addresses() {
        let same = [
            "http://a.cn/list?b=2&a=1",
            "http://A.cn:80/list/?a=1&b=2",
            "http://a.cn/list;jsessionid=F00?a=1&b=2&_t=1732500000000#top",
        ];
        assert!(same.iter().all(|other| key(&url(other)) == key(&url(same[0]))));
        assert_ne!(key(&url("http://a.cn/#/guide/1")), key(&url("http://a.cn/#/guide/2")));
        assert_ne!(key(&url("http://a.cn/list?page=1")), key(&url("http://a.cn/list?page=2")));
    }

    #[test]
    fn guides_of_one_portal_are_one_family_and_lists_another() {
        let family = |text: &str| shape(&url(text));
        assert_eq!(
            family("http://a.cn/guide/11140500009001018M3140700001000"),
            family("http://a.cn/guide/11140500009001018M3140700002000")
        );
        assert_eq!(family("http://a.cn/list?page=1"), family("http://a.cn/list?page=77"));
        assert_eq!(family("http://a.cn/#/guide/0001"), family("http://a.cn/#/guide/0002"));
        assert_ne!(family("http://a.cn/list?page=1"), family("http://a.cn/list?theme=x"));
    }

    #[test]
    fn a_pattern_needs_two_guides_that_agree() {
        let found = [("http://a.cn/g/0001.html", "0001"), ("http://a.cn/g/0002.html", "0002")];
        let pattern = Pattern::learn(found).unwrap();
        assert_eq!(pattern.address("0003").unwrap().as_str(), "http://a.cn/g/0003.html");
        assert_eq!(Pattern::learn(found.into_iter().take(1)), None);
        assert_eq!(Pattern::learn([("http://a.cn/g/a", "0001"), ("http://a.cn/g/b", "0002")]), None);
    }

    proptest! {
        #[test]
        fn a_key_is_the_key_of_itself(path in "[a-z0-9/%;=?&#!._-]{0,60}") {
            if let Ok(address) = Url::parse(&format!("http://a.cn/{path}")) {
                let first = key(&address);
                if let Ok(again) = Url::parse(&first) {
                    prop_assert_eq!(key(&again), first);
                }
                let _ = shape(&address);
            }
        }
    }
}
