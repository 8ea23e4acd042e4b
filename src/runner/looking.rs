//! Steps that look: wait, expect, keep a value, fetch, run page code, heed a dialogue box.

use std::time::Duration;

use serde_json::{Value, json};

use super::perform::{left_hosts, missed, said_first};
use super::stepping::blocked_by_template;
use super::walk::{Walk, WalkError, Went};
use crate::browser::{Act, Tried};
use crate::model::{
    Action, Answer, ElementPart, ElementState, Expect, Keep, KeepFrom, ObstacleKind, Target, Wait,
};
use crate::scenario::template::{TemplateError, holds, reveals_secret};
use crate::text::lapse;

/// How often something outside the page is asked for while it is waited for.
const POLL: Duration = Duration::from_millis(200);

impl Walk<'_> {
    pub(super) async fn look(&mut self, action: &Action, patience: Duration) -> Result<Went, WalkError> {
        match action {
            Action::Wait(Wait::For { target, gone }) => self.wait(target, *gone, patience).await,
            Action::Wait(Wait::Time(time)) => {
                tokio::time::sleep(*time).await;
                Ok(Went::Done(None))
            }
            Action::Wait(Wait::Script(code)) => self.wait_for_code(code, patience).await,
            Action::Expect(expect) => self.expect(expect, patience).await,
            Action::Set(kept) => self.set(kept, patience).await,
            Action::Script(code) => match self.run_code(code, patience).await? {
                Ok(_) => Ok(Went::Done(None)),
                Err(blocked) => Ok(blocked),
            },
            Action::Fetch { from, keep } => self.fetch(from, keep).await,
            _ => Ok(Went::Done(None)),
        }
    }

    async fn wait(&mut self, target: &Target, gone: bool, patience: Duration) -> Result<Went, WalkError> {
        match self.located(target) {
            Ok(locators) => {
                let what = said_first(&locators);
                let act = if gone { Act::AwaitGone(locators) } else { Act::Await(locators) };
                self.act(&act, &what, patience).await
            }
            Err(error) => Ok(blocked_by_template(&error)),
        }
    }

    async fn expect(&mut self, expect: &Expect, patience: Duration) -> Result<Went, WalkError> {
        match expect {
            Expect::Seen { target, absent } => Ok(match self.wait(target, *absent, patience).await? {
                Went::Blocked(ObstacleKind::NotFound | ObstacleKind::NotActionable, said) => {
                    let said =
                        if *absent { "页面上出现了不应出现的内容".to_owned() } else { said };
                    Went::Blocked(ObstacleKind::Unexpected, said)
                }
                went => went,
            }),
            Expect::Element(state) => match self.state(state) {
                Ok((act, what)) => self.act(&act, &what, patience).await,
                Err(error) => Ok(blocked_by_template(&error)),
            },
            Expect::Title(title) => self.expect_said(title, "title", "页面标题", patience).await,
            Expect::Address(address) => self.expect_said(address, "address", "页面网址", patience).await,
            Expect::That(expression) => Ok(match holds(expression, &self.scope()) {
                Ok(true) => Went::Done(None),
                Ok(false) => Went::Blocked(ObstacleKind::Unexpected, format!("“{expression}”不成立")),
                Err(error) => blocked_by_template(&error),
            }),
        }
    }

    /// The state of an element as the page is asked for it.
    fn state(&self, state: &ElementState) -> Result<(Act, String), TemplateError> {
        let target = self.located(&state.target)?;
        let mut wanted = serde_json::Map::new();
        let texts = [
            ("text", &state.text),
            ("contains", &state.contains),
            ("value", &state.value),
            ("selected", &state.selected),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                wanted.insert(key.to_owned(), self.rendered(text)?.into());
            }
        }
        let flags = [("visible", state.visible), ("checked", state.checked), ("enabled", state.enabled)];
        for (key, flag) in flags {
            wanted.extend(flag.map(|flag| (key.to_owned(), flag.into())));
        }
        if let Some(count) = &state.count {
            wanted.insert("count".to_owned(), json!({ "compare": count.compare, "number": count.number }));
        }
        if !state.attributes.is_empty() {
            let attributes = state.attributes.iter();
            let attributes: Result<serde_json::Map<String, Value>, TemplateError> =
                attributes.map(|(name, value)| Ok((name.clone(), self.rendered(value)?.into()))).collect();
            wanted.insert("attributes".to_owned(), attributes?.into());
        }
        if !state.properties.is_empty() {
            wanted.insert("properties".to_owned(), json!(state.properties));
        }
        wanted.insert("not".to_owned(), state.not.into());
        let what = said_first(&target);
        Ok((Act::Check { target, wanted: wanted.into() }, what))
    }

    /// Waits until the page says this of itself.
    async fn expect_said(
        &mut self,
        wanted: &str,
        what: &str,
        called: &str,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let wanted = match self.rendered(wanted) {
            Ok(wanted) => wanted,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let until = std::time::Instant::now() + patience;
        loop {
            let said = self.of_page(what).await?;
            if said.trim() == wanted.trim() {
                return Ok(Went::Done(None));
            }
            if std::time::Instant::now() >= until {
                let said = format!("{called}是“{said}”，不是“{wanted}”");
                return Ok(Went::Blocked(ObstacleKind::Unexpected, said));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    async fn of_page(&mut self, what: &str) -> Result<String, WalkError> {
        if what == "address" {
            return Ok(self.session.url().await?.to_string());
        }
        let said = self.taken(&[], what, Duration::ZERO).await?;
        Ok(said.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    async fn set(&mut self, kept: &[Keep], patience: Duration) -> Result<Went, WalkError> {
        for keep in kept {
            match self.value_of(&keep.from, patience).await? {
                Ok(value) => {
                    self.kept.insert(keep.name.clone(), value);
                }
                Err(blocked) => return Ok(blocked),
            }
        }
        Ok(Went::Done(None))
    }

    async fn value_of(
        &mut self,
        from: &KeepFrom,
        patience: Duration,
    ) -> Result<Result<Value, Went>, WalkError> {
        Ok(match from {
            KeepFrom::Template(text) => {
                self.rendered(text).map(Value::from).map_err(|error| blocked_by_template(&error))
            }
            KeepFrom::Title => Ok(self.of_page("title").await?.into()),
            KeepFrom::Address => Ok(self.of_page("address").await?.into()),
            KeepFrom::Window => Ok(self.of_page("window").await?.into()),
            KeepFrom::Script(code) => return self.run_code(code, patience).await,
            KeepFrom::Element(target, part) => {
                let target = match self.located(target) {
                    Ok(target) => target,
                    Err(error) => return Ok(Err(blocked_by_template(&error))),
                };
                let what = match part {
                    ElementPart::Text => "text".to_owned(),
                    ElementPart::Value => "value".to_owned(),
                    ElementPart::Count => "count".to_owned(),
                    ElementPart::Attribute(name) => format!("attribute={name}"),
                };
                let called = said_first(&target);
                match self.session.act(&Act::Take { target, what }, patience).await? {
                    Tried::Done(acted) => Ok(acted.said.unwrap_or_default()),
                    Tried::Missed(miss) => Err(missed(&called, &miss, patience)),
                }
            }
        })
    }

    /// What page code gives, where it may run.
    pub(super) async fn run_code(
        &mut self,
        code: &str,
        patience: Duration,
    ) -> Result<Result<Value, Went>, WalkError> {
        if let Some(refused) = self.refused_code(code) {
            return Ok(Err(refused));
        }
        if reveals_secret(code) {
            let said = "网页代码里不能用保密值（secret），网页会看到它".to_owned();
            return Ok(Err(Went::Blocked(ObstacleKind::NotPossible, said)));
        }
        let code = match self.rendered(code) {
            Ok(code) => code,
            Err(error) => return Ok(Err(blocked_by_template(&error))),
        };
        if let Some(refused) = self.refused_code(&code) {
            return Ok(Err(refused));
        }
        let act = Act::Run(code);
        Ok(match self.session.act(&act, patience).await? {
            Tried::Done(acted) => Ok(acted.said.unwrap_or_default()),
            Tried::Missed(miss) => Err(missed("网页代码", &miss, patience)),
        })
    }

    async fn wait_for_code(&mut self, code: &str, patience: Duration) -> Result<Went, WalkError> {
        let until = std::time::Instant::now() + patience;
        loop {
            match self.run_code(code, patience).await? {
                Ok(value) if is_true(&value) => return Ok(Went::Done(None)),
                Err(blocked @ Went::Blocked(ObstacleKind::NotPossible | ObstacleKind::WouldSubmit, _)) => {
                    return Ok(blocked);
                }
                _ if std::time::Instant::now() >= until => {
                    let said = format!("{}内网页代码的结果一直不是真", lapse(patience));
                    return Ok(Went::Blocked(ObstacleKind::Unexpected, said));
                }
                _ => tokio::time::sleep(POLL).await,
            }
        }
    }

    pub(super) async fn alert(&mut self, answer: &Answer, patience: Duration) -> Result<Went, WalkError> {
        let heard = match self.session.act(&Act::Heed, patience).await? {
            Tried::Done(acted) => acted.said.and_then(|said| said.as_str().map(str::to_owned)),
            Tried::Missed(miss) => return Ok(missed("提示框", &miss, patience)),
        };
        let heard = heard.unwrap_or_default();
        let Answer::Says(wanted) = answer else { return Ok(Went::Done(None)) };
        let wanted = match self.rendered(wanted) {
            Ok(wanted) => wanted,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let same = heard.split_whitespace().eq(wanted.split_whitespace());
        Ok(if same {
            Went::Done(None)
        } else {
            Went::Blocked(ObstacleKind::Unexpected, format!("提示框是“{heard}”，不是“{wanted}”"))
        })
    }

    /// Fetches a short text (a test mailbox's code) and keeps it for later steps.
    async fn fetch(&mut self, from: &str, keep: &str) -> Result<Went, WalkError> {
        let address = match self.rendered(from) {
            Ok(address) => address,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let Ok(url) = url::Url::parse(&address) else {
            return Ok(Went::Blocked(ObstacleKind::NoAddress, format!("“{address}”不是完整的网址")));
        };
        if !self.tools.guard.allows(&url) {
            return Ok(left_hosts(url.as_str()));
        }
        self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
        match self.tools.http.fetch_text(&url).await {
            Ok(text) => {
                if is_code(text.trim()) {
                    self.masker.add_secret(text.trim());
                }
                self.kept.insert(keep.to_owned(), text.trim().into());
                Ok(Went::Done(None))
            }
            Err(why) => Ok(Went::Blocked(ObstacleKind::Unreachable, format!("取不到 {url}：{why}"))),
        }
    }
}

/// Whether a text looks like what a portal sends to a phone to let its owner in.
fn is_code(text: &str) -> bool {
    (4..=8).contains(&text.len())
        && text.bytes().all(|letter| letter.is_ascii_alphanumeric())
        && text.bytes().any(|letter| letter.is_ascii_digit())
}

/// What page code takes for true.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_and_has_a_digit() {
        let codes = ["223514", "8888", "A1b2C3"].map(is_code);
        let others = ["", "123", "承诺件1234", "shenpi", "12 34", "123456789", "2026-11-25"].map(is_code);
        assert_eq!((codes, others), ([true; 3], [false; 7]));
    }
}
