//! What portals know this visitor by, taken and put back: by the DevTools protocol, which sees the cookies of all hosts and can put a
//! page's store in place before its first script; where there is none, by W3C commands and a script, for the page in use.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::Fault;
use super::script::{STATE_PUT, STATE_TAKE, read};
use super::session::{WebDriverSession, lenient};
use crate::browser::Session as _;
use crate::browser::port::{BrowserError, Landing};
use crate::model::{Cookie, LoginState, WebStore};

/// A cookie as DevTools and drivers tell it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    name: String,
    value: String,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    secure: bool,
    #[serde(default)]
    http_only: bool,
    same_site: Option<String>,
    /// DevTools: seconds since 1970, negative for the length of the browser's life.
    expires: Option<f64>,
    /// Drivers: the same, left out.
    expiry: Option<f64>,
}

impl From<Told> for Cookie {
    fn from(told: Told) -> Self {
        let expires = told.expires.or(told.expiry).filter(|end| *end > 0.0).map(|end| end as i64);
        Self {
            name: told.name,
            value: told.value,
            domain: told.domain,
            path: told.path,
            secure: told.secure,
            http_only: told.http_only,
            same_site: told.same_site,
            expires,
        }
    }
}

impl WebDriverSession {
    /// Cookies and the store of the page in use; `None` while a dialogue box is open, which asking would close.
    pub(super) async fn take_state(&mut self) -> Result<Option<LoginState>, BrowserError> {
        if self.wire.is_held_up() {
            return Ok(None);
        }
        let told = match self.wire.devtools("Network.getAllCookies", json!({})).await {
            Ok(mut told) => told["cookies"].take(),
            Err(fault @ Fault::Lost(_)) => return Err(fault.lost()),
            Err(_) => lenient_value(self.wire.get("cookie").await)?,
        };
        let told: Vec<Told> = serde_json::from_value(told).unwrap_or_default();
        let store = lenient_value(STATE_TAKE.run(&mut self.wire, &Value::Null).await)?;
        let stores = read::<Option<WebStore>>(store).ok().flatten().into_iter().collect();
        Ok(Some(LoginState {
            page: String::new(),
            cookies: told.into_iter().map(Cookie::from).collect(),
            stores,
        }))
    }

    /// Becomes the visitor who left this state.
    pub(super) async fn put_state(&mut self, state: &LoginState) -> Result<Option<Landing>, BrowserError> {
        let Ok(page) = url::Url::parse(&state.page) else { return Ok(None) };
        self.forget_everything().await?;
        // Whoever speaks DevTools says how many cookies there are.
        let speaks = match self.wire.devtools("Network.getAllCookies", json!({})).await {
            Err(fault @ Fault::Lost(_)) => return Err(fault.lost()),
            answer => answer.is_ok(),
        };
        if !speaks {
            return self.put_state_by_driver(state, &page).await.map(Some);
        }
        for cookie in &state.cookies {
            // One that the browser does not take (any more) does not keep the others out.
            lenient(self.wire.devtools("Network.setCookie", for_devtools(cookie)).await)?;
        }
        let source = format!("((input) => {{\n{}\n}})({});", STATE_PUT, json!(state.stores));
        let added =
            self.wire.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
        let added = lenient_value(added)?;
        let landing = self.goto(&page).await?;
        // Only the first page is prepared: what the portal forgets later stays forgotten.
        if let Some(identifier) = added["identifier"].as_str() {
            let what = json!({ "identifier": identifier });
            lenient(self.wire.devtools("Page.removeScriptToEvaluateOnNewDocument", what).await)?;
        }
        Ok(Some(landing))
    }

    /// A driver takes cookies only for the page that is open, and a script comes after the page's own: it is opened twice.
    async fn put_state_by_driver(
        &mut self,
        state: &LoginState,
        page: &url::Url,
    ) -> Result<Landing, BrowserError> {
        let landing = self.goto(page).await?;
        if let Landing::Unreachable(_) = landing {
            return Ok(landing);
        }
        for cookie in &state.cookies {
            lenient(self.wire.post("cookie", json!({ "cookie": for_driver(cookie) })).await)?;
        }
        let put = format!("const input = arguments[0];\n{STATE_PUT}");
        let put = json!({ "script": put, "args": [state.stores] });
        lenient(self.wire.post("execute/sync", put).await)?;
        self.goto(page).await
    }
}

fn lenient_value(answer: Result<Value, Fault>) -> Result<Value, BrowserError> {
    match answer {
        Err(fault @ Fault::Lost(_)) => Err(fault.lost()),
        other => Ok(other.unwrap_or_default()),
    }
}

/// A cookie of one host alone is given by an address of it: a domain would make it one for all hosts below, too.
fn for_devtools(cookie: &Cookie) -> Value {
    let mut given = given(cookie, "expires");
    if !cookie.domain.starts_with('.') {
        let scheme = if cookie.secure { "https" } else { "http" };
        given["url"] = json!(format!("{scheme}://{}{}", cookie.domain, cookie.path));
    }
    given
}

fn for_driver(cookie: &Cookie) -> Value {
    given(cookie, "expiry")
}

/// What both ask for; they call the end of its life by different names.
fn given(cookie: &Cookie, end: &str) -> Value {
    let mut given = json!({
        "name": cookie.name,
        "value": cookie.value,
        "path": cookie.path,
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
    });
    if cookie.domain.starts_with('.') {
        given["domain"] = json!(cookie.domain);
    }
    if let Some(same_site) = &cookie.same_site {
        given["sameSite"] = json!(same_site);
    }
    if let Some(expires) = cookie.expires {
        given[end] = json!(expires);
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_comes_back_as_it_was_told() {
        let told = json!({
            "name": "sid", "value": "x", "domain": "a.cn", "path": "/p", "secure": true, "httpOnly": true,
            "sameSite": "Lax", "expires": -1, "size": 4, "session": true,
        });
        let cookie = Cookie::from(serde_json::from_value::<Told>(told).unwrap());
        assert_eq!(cookie.expires, None);
        let given = for_devtools(&cookie);
        assert_eq!((given["url"].as_str(), given["domain"].as_str()), (Some("https://a.cn/p"), None));
        let wide = Cookie { domain: ".a.cn".into(), expires: Some(7), ..cookie };
        let given = for_devtools(&wide);
        assert_eq!((given["domain"].as_str(), given["expires"].as_i64()), (Some(".a.cn"), Some(7)));
        assert_eq!(for_driver(&wide)["expiry"].as_i64(), Some(7));
    }
}
