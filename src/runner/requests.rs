//! The guard's word on requests: what would submit, and what would leave the listed hosts, is held back before it leaves the
//! browser, whatever set it off: a press, the Enter key, or a script of the page.

use url::Url;

use super::guard::Guard;
use crate::browser::{Leaving, Refusal, RequestGuard};

/// Words in an address that only ask: logging in, searching, talking to the chatbot, reading.
const ASKING: [&str; 44] = [
    "login",
    "logon",
    "signin",
    "log",
    "auth",
    "oauth",
    "sso",
    "cas",
    "token",
    "captcha",
    "code",
    "sms",
    "verify",
    "verification",
    "chat",
    "ask",
    "talk",
    "dialog",
    "robot",
    "bot",
    "question",
    "search",
    "query",
    "list",
    "find",
    "get",
    "load",
    "select",
    "page",
    "count",
    "view",
    "read",
    "detail",
    "info",
    "check",
    "suggest",
    "track",
    "collect",
    "stat",
    "stats",
    "heartbeat",
    "graphql",
    "denglu",
    "chaxun",
];
/// Words in an address that write.
const WRITING: [&str; 47] = [
    "submit",
    "dosubmit",
    "apply",
    "declare",
    "declaration",
    "save",
    "dosave",
    "create",
    "add",
    "insert",
    "update",
    "modify",
    "edit",
    "delete",
    "del",
    "remove",
    "cancel",
    "revoke",
    "commit",
    "confirm",
    "pay",
    "payment",
    "order",
    "book",
    "booking",
    "reserve",
    "appoint",
    "appointment",
    "sign",
    "accept",
    "approve",
    "upload",
    "register",
    "bind",
    "unbind",
    "feedback",
    "evaluate",
    "complaint",
    "tijiao",
    "shenbao",
    "shenqing",
    "baocun",
    "yuyue",
    "zhifu",
    "qianming",
    "shanchu",
    "quxiao",
];
/// Words that write even where a plain link asks for them.
const ALWAYS_WRITING: [&str; 7] = ["submit", "dosubmit", "delete", "tijiao", "shanchu", "dosave", "pay"];
/// Names of fields that an application has and a question has not.
const FORM_SIGNS: [&str; 12] = [
    "applicant",
    "applyer",
    "idcard",
    "id_card",
    "certno",
    "cert_no",
    "sfzh",
    "zjhm",
    "shenqing",
    "申请人",
    "材料",
    "formdata",
];
/// Files that pages are made of: whatever their name says, they write nothing.
const PARTS: [&str; 12] =
    ["js", "mjs", "css", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "woff2", "woff"];

impl RequestGuard for Guard {
    fn refuses(&self, request: &Leaving<'_>) -> Option<Refusal> {
        if request.window && request.url.has_host() && !self.allows(request.url) {
            return Some(Refusal::Host);
        }
        self.submission(request).map(|why| Refusal::Submission(why.to_owned()))
    }
}

impl Guard {
    /// Why a request would submit something.
    pub(super) fn submission(&self, request: &Leaving<'_>) -> Option<&'static str> {
        let path = request.url.path();
        if self.forbids_path(path) {
            return Some("门户文件不许发出");
        }
        if self.allows_path(path) {
            return None;
        }
        let words = Words::of(request.url);
        match request.method.to_ascii_uppercase().as_str() {
            "OPTIONS" | "HEAD" => None,
            "GET" => words.always_write().then_some("地址像是提交"),
            method => words.written_to(method, request),
        }
    }
}

/// The words of an address: of its last part, and of all before.
struct Words {
    last: Vec<String>,
    before: Vec<String>,
}

impl Words {
    fn of(url: &Url) -> Self {
        let mut parts: Vec<&str> =
            url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let last = parts.pop().map(words_in).unwrap_or_default();
        Self { last, before: parts.into_iter().flat_map(words_in).collect() }
    }

    fn always_write(&self) -> bool {
        let part = self.last.last().is_some_and(|word| PARTS.contains(&word.as_str()));
        !part && has(&self.last, &ALWAYS_WRITING)
    }

    /// Why something that is sent by `method` would be a submission.
    fn written_to(&self, method: &str, request: &Leaving<'_>) -> Option<&'static str> {
        if self.asks_only() {
            return None;
        }
        if has(&self.last, &WRITING) {
            return Some("地址像是提交");
        }
        if has(&self.last, &ASKING) || has(&self.before, &ASKING) {
            return None;
        }
        if has(&self.before, &WRITING) {
            return Some("地址像是提交");
        }
        if method != "POST" {
            return Some("请求会改动数据");
        }
        if request.document {
            return Some("发送的是表单");
        }
        if request.media.starts_with("multipart/") {
            return Some("发送的是文件");
        }
        let body = request.body.to_lowercase();
        FORM_SIGNS.iter().any(|sign| body.contains(sign)).then_some("内容像是申请表")
    }

    /// Whether the last part begins by asking (`getApplyList`, `signIn`).
    fn asks_only(&self) -> bool {
        let whole = self.last.concat();
        let first = self.last.first().is_some_and(|word| ASKING.contains(&word.as_str()));
        first || ["signin", "logon", "login"].iter().any(|word| whole.starts_with(word))
    }
}

fn has(words: &[String], among: &[&str]) -> bool {
    words.iter().any(|word| among.contains(&word.as_str()))
}

/// `saveApply.do` is `save`, `apply`, `do`.
fn words_in(part: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for one in part.chars() {
        if !one.is_ascii_alphanumeric() || (small && one.is_ascii_uppercase()) {
            words.push(String::new());
        }
        small = one.is_ascii_lowercase() || one.is_ascii_digit();
        if one.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(one.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard::for_requests(&["a.cn"], &["/odd/forbidden"], &["/apply/allowed"])
    }

    fn refuses(method: &str, path: &str, document: bool) -> bool {
        let url = Url::parse("http://a.cn").unwrap().join(path).unwrap();
        let leaving = Leaving { method, url: &url, document, window: document, body: "", media: "" };
        guard().refuses(&leaving).is_some()
    }

    #[test]
    fn what_submits_is_refused() {
        for path in [
            "/submit",
            "/api/apply/doSubmit",
            "/icity/saveApply.do",
            "/order/create",
            "/apply/123",
            "/user/bind",
        ] {
            assert!(refuses("POST", path, false), "{path}");
        }
        assert!(refuses("DELETE", "/case/1", false));
        assert!(refuses("PUT", "/case/1", false));
        assert!(refuses("GET", "/form/submit?item=1", true));
    }

    #[test]
    fn a_form_that_is_sent_to_who_knows_where_is_refused() {
        assert!(refuses("POST", "/done", true));
        assert!(!refuses("POST", "/done", false));
    }

    #[test]
    fn logging_in_searching_and_asking_go_through() {
        for path in [
            "/login",
            "/api/login",
            "/chat",
            "/api/chat",
            "/code",
            "/search",
            "/item/getApplyList",
            "/order/query",
            "/signIn",
        ] {
            assert!(!refuses("POST", path, true), "{path}");
        }
        for path in ["/apply/123", "/search?q=%E6%8F%90%E4%BA%A4", "/js/jquery.submit.js", "/"] {
            assert!(!refuses("GET", path, true), "{path}");
        }
    }

    #[test]
    fn the_portal_file_has_the_last_word() {
        assert!(refuses("GET", "/odd/forbidden/x", false));
        assert!(!refuses("POST", "/apply/allowed", true));
    }

    #[test]
    fn what_looks_like_an_application_is_refused_wherever_it_goes() {
        let url = Url::parse("http://a.cn/x").unwrap();
        let sent = |body, media| {
            let leaving = Leaving { method: "POST", url: &url, document: false, window: false, body, media };
            guard().refuses(&leaving).is_some()
        };
        assert!(sent(r#"{"applicantName":"张三"}"#, "application/json"));
        assert!(sent("", "multipart/form-data; boundary=x"));
        assert!(!sent(r#"{"page":1}"#, "application/json"));
    }

    #[test]
    fn a_window_stays_on_the_listed_hosts() {
        let url = Url::parse("http://b.cn/").unwrap();
        let leaving = Leaving { method: "GET", url: &url, document: true, window: true, body: "", media: "" };
        assert_eq!(guard().refuses(&leaving), Some(Refusal::Host));
        assert_eq!(guard().refuses(&Leaving { window: false, ..leaving }), None);
    }
}
