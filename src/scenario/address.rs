//! Addresses and hosts of a portal file: what may be written, and which addresses the list of hosts allows.

use url::{Host, Url};

/// An `http` or `https` address, or why it is none (a message and advice).
pub(crate) fn http_address(text: &str) -> Result<Url, (String, &'static str)> {
    const ADVICE: &str = "请写完整的网址，例如：https://www.example.gov.cn/";
    match Url::parse(text) {
        Ok(address) if !matches!(address.scheme(), "http" | "https") => {
            Err((format!("网址不能以“{}:”开头", address.scheme()), "只能写 http:// 或 https:// 开头的网址"))
        }
        Ok(address) if !address.username().is_empty() || address.password().is_some() => {
            Err(("网址里不能写用户名和密码".to_owned(), "账号写在账号文件里，密码用 {{ secret.… }}"))
        }
        Ok(address) if address.has_host() => Ok(address),
        _ => Err((format!("“{text}”不是完整的网址"), ADVICE)),
    }
}

/// Whether a line of `hosts` is well formed: `host`, `host:port` or `host:*`.
pub(crate) fn is_host_entry(entry: &str) -> bool {
    let (host, port) = split(entry);
    let port_is_right = match port {
        None | Some("*") => true,
        Some(port) => port.parse::<u16>().is_ok_and(|port| port > 0),
    };
    port_is_right
        && !host.is_empty()
        && !host.contains(['/', '*', '?', '#', '@', ' ', '%'])
        && Host::parse(host).is_ok()
}

fn split(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (entry, None),
    }
}

/// Whether the portal's list of hosts allows an address. `host` stands for the usual port of the scheme (80, 443),
/// `host:port` for that port, `host:*` for any.
#[must_use]
pub fn host_is_listed(hosts: &[String], address: &Url) -> bool {
    let Some(host) = address.host() else { return false };
    hosts.iter().any(|entry| {
        let (listed, port) = split(entry);
        let same_host = Host::parse(listed).is_ok_and(|listed| listed == host.to_owned());
        let same_port = match port {
            None => address.port().is_none(),
            Some("*") => true,
            Some(port) => port.parse().ok() == address.port_or_known_default(),
        };
        same_host && same_port
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_http_addresses_are_addresses() {
        assert!(http_address("https://zwfw.example.gov.cn/a?b=c").is_ok());
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "www.example.gov.cn",
            "",
            "http://",
            "https://user:word@example.cn/",
        ] {
            assert!(http_address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_host_stands_for_its_usual_port_only() {
        let hosts = ["example.cn".to_owned(), "127.0.0.1:*".to_owned(), "a.cn:8080".to_owned()];
        let listed = |text: &str| host_is_listed(&hosts, &Url::parse(text).unwrap());
        assert!(listed("https://EXAMPLE.cn/") && listed("http://example.cn:80/"));
        assert!(listed("http://127.0.0.1:5123/") && listed("http://a.cn:8080/"));
        assert!(!listed("http://example.cn:81/") && !listed("http://a.cn/"));
        assert!(!listed("http://evil-example.cn/") && !listed("http://example.cn.evil.cn/"));
    }

    #[test]
    fn hosts_are_written_without_scheme_and_path() {
        for entry in ["example.cn", "example.cn:8443", "127.0.0.1:*", "[::1]:80", "晋城.政务"] {
            assert!(is_host_entry(entry), "{entry}");
        }
        for entry in ["https://example.cn", "example.cn/", "a b", "", "example.cn:0", "example.cn:x", "*.cn"]
        {
            assert!(!is_host_entry(entry), "{entry}");
        }
    }
}
