//! What each action does through the browser port.

use std::path::Path;
use std::time::Duration;

use super::places;
use super::speak;
use super::stepping::blocked_by_template;
use super::walk::{Matched, Walk, WalkError, Went};
use crate::browser::{Act, Acted, FrameAt, Landing, Missed, MissedWhy, Pull, ScrollTo, Touch, Tried};
use crate::model::{
    Action, Choice, DragTo, FrameRef, Locator, ObstacleKind, ReadWhat, Scroll, Step, Switch, Tap, Target,
};
use crate::scenario::template::TemplateError;
use crate::scenario::{SEARCH_BUTTON_WORD, SEARCH_WORD};

impl Walk<'_> {
    pub(super) async fn perform(&mut self, step: &Step, patience: Duration) -> Result<Went, WalkError> {
        match &step.action {
            Action::Open(page) => self.open(page).await,
            Action::Search(words) => self.search(words, patience).await,
            Action::Unfold => {
                let opened = format!("展开 {} 处", self.session.unfold().await?);
                Ok(Went::Done(Some(Matched { said: opened, index: None })))
            }
            Action::Read(what) => self.read_page(*what).await.map(|()| Went::Done(None)),
            Action::Shot => self.keep_page(ReadWhat::Evidence).await.map(|_| Went::Done(None)),
            Action::Ask(question) => self.ask(question, patience).await,
            Action::Press(press) => self.press_keys(press, patience).await,
            Action::Download { tap, name } => self.download(tap, name.as_deref(), patience).await,
            Action::Fetch { .. }
            | Action::Wait(_)
            | Action::Expect(_)
            | Action::Set(_)
            | Action::Script(_) => self.look(&step.action, patience).await,
            Action::Alert(answer) => self.alert(answer, patience).await,
            Action::Person { ask, answers, keep } => {
                self.person(ask, answers, keep.as_deref(), step.timeout).await
            }
            Action::Switch(to) => self.switch(to, patience).await,
            other => match self.act_of(other) {
                Ok(Some((act, what))) => self.act_guarded(&act, &what, patience).await,
                Ok(None) => Ok(Went::Blocked(ObstacleKind::NotPossible, "这一步做不了".to_owned())),
                Err(error) => Ok(blocked_by_template(&error)),
            },
        }
    }

    /// The one act that an action is, and what it is called when it fails.
    fn act_of(&self, action: &Action) -> Result<Option<(Act, String)>, TemplateError> {
        let place = |target: &Target| self.located(target);
        let text = |text: &String| self.rendered(text);
        let panel = |within: &Option<Target>| within.as_ref().map_or(Ok(Vec::new()), place);
        let act = match action {
            Action::Tap(tap) => self.tap_of(tap)?,
            Action::Type { into, text: words, add: true } => {
                Act::Append { into: place(into)?, text: text(words)? }
            }
            Action::Type { into, text: words, add: false } => {
                let typing = self.errand.channel.typing.clone();
                Act::Type { into: place(into)?, text: text(words)?, typing }
            }
            Action::Fill { into, value } => Act::Fill { into: place(into)?, value: text(value)? },
            Action::Choose { option: Choice::Words(words), from, more: None } => {
                let option = text(words)?;
                return Ok(Some((Act::Choose { from: place(from)?, option: option.clone() }, option)));
            }
            Action::Choose { option, from, more } => {
                let option = match option {
                    Choice::Words(words) => Choice::Words(text(words)?),
                    Choice::Value(value) => Choice::Value(text(value)?),
                    Choice::Id(id) => Choice::Id(text(id)?),
                    Choice::Index(index) => Choice::Index(*index),
                };
                Act::Pick { from: place(from)?, option, more: *more }
            }
            Action::Tick { target, on } => Act::Tick { target: place(target)?, on: *on },
            Action::Upload { into, file } => {
                let scenario = self.frames.last().map_or("", |called| called.scenario.file.as_str());
                let folder = Path::new(scenario).parent().unwrap_or(Path::new(""));
                let file = folder.join(file);
                Act::Upload { into: place(into)?, file: file.canonicalize().unwrap_or(file) }
            }
            Action::PickDate { into, date } => {
                Act::PickDate { into: place(into)?, date: text(date)?.trim().to_owned() }
            }
            Action::Slide { of, to } => Act::Slide { of: place(of)?, to: *to },
            Action::Drag { from, to } => {
                let to = match to {
                    DragTo::Onto(onto) => Pull::Onto(place(onto)?),
                    DragTo::By(across, down) => Pull::By(*across, *down),
                };
                Act::Drag { from: place(from)?, to }
            }
            Action::Hover { target, at } => Act::Hover { target: place(target)?, at: *at },
            Action::Out(target) => Act::Out(place(target)?),
            Action::Scroll(to) => Act::Scroll(match to {
                Scroll::Into(target) => ScrollTo::Into(place(target)?),
                Scroll::To { x, y, within } => ScrollTo::At { x: *x, y: *y, within: panel(within)? },
                Scroll::Down => ScrollTo::Down,
                Scroll::Up => ScrollTo::Up,
                Scroll::End => ScrollTo::End,
            }),
            Action::Swipe { to, within } => Act::Swipe { to: *to, within: panel(within)? },
            Action::Viewport(view) => Act::Viewport(*view),
            Action::Network(network) => Act::Network(*network),
            Action::Close => Act::Close,
            Action::Back => Act::Back,
            _ => return Ok(None),
        };
        let what = act.target().map_or_else(|| speak::action(action), said_first);
        Ok(Some((act, what)))
    }

    fn tap_of(&self, tap: &Tap) -> Result<Act, TemplateError> {
        let target = self.located(&tap.target)?;
        let plain = Tap::on(tap.target.clone());
        if *tap == plain {
            return Ok(Act::Tap(target));
        }
        let hold = tap.hold.map_or(0, super::walk::millis);
        let how = Touch { times: tap.times, button: tap.button, hold, at: tap.at, by_script: tap.by_script };
        Ok(Act::Touch { target, how })
    }

    /// 首页, a named page, or an address; then whatever came must be a page of the portal.
    pub(super) async fn open(&mut self, page: &str) -> Result<Went, WalkError> {
        let name = match self.rendered(page) {
            Ok(name) => name,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let base = self.frames.last().and_then(|called| called.scenario.base.as_deref());
        let url = match places::page(self.errand.channel, &name, base) {
            places::Place::At(url) => url,
            places::Place::NotFilledIn => {
                return Ok(Went::Blocked(
                    ObstacleKind::NoAddress,
                    "门户文件里还没有填写这个渠道的首页地址".into(),
                ));
            }
            places::Place::Unknown(name) => {
                let said = format!("门户文件里没有名为“{name}”的页面，它也不是网址");
                return Ok(Went::Blocked(ObstacleKind::NoAddress, said));
            }
        };
        if !self.tools.guard.allows(&url) {
            return Ok(left_hosts(url.as_str()));
        }
        self.framed = None;
        self.tools.pace.wait(url.host_str().unwrap_or_default()).await;
        match self.session.goto(&url).await? {
            Landing::Unreachable(why) => {
                Ok(Went::Blocked(ObstacleKind::Unreachable, format!("打不开 {url}：{why}")))
            }
            Landing::Page { url, .. } if !self.tools.guard.allows_staying(&url) => {
                Ok(left_hosts(url.as_str()))
            }
            Landing::Page { url, status: Some(status) } if status >= 400 => {
                Ok(Went::Blocked(ObstacleKind::HttpStatus, format!("{url} 返回错误状态 {status}")))
            }
            Landing::Page { .. } => Ok(Went::Done(None)),
        }
    }

    /// Enters text the way this channel takes it.
    pub(super) async fn enter(
        &mut self,
        into: Vec<Locator>,
        text: String,
        patience: Duration,
    ) -> Result<Went, WalkError> {
        let what = said_first(&into);
        let typing = self.errand.channel.typing.clone();
        self.act(&Act::Type { into, text, typing }, &what, patience).await
    }

    async fn search(&mut self, words: &str, patience: Duration) -> Result<Went, WalkError> {
        let words = match self.rendered(words) {
            Ok(words) => words,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        if let blocked @ Went::Blocked(..) = self.enter(self.field(SEARCH_WORD), words, patience).await? {
            return Ok(blocked);
        }
        self.send(SEARCH_BUTTON_WORD, patience).await
    }

    /// Presses the button that sends a field's words, or Enter where the channel names none.
    pub(super) async fn send(&mut self, button: &str, patience: Duration) -> Result<Went, WalkError> {
        match places::button(self.errand.channel, button) {
            Some(button) => {
                let what = said_first(&button);
                self.act_guarded(&Act::Tap(button), &what, patience).await
            }
            None => self.act(&Act::Press("Enter".to_owned()), "Enter", patience).await,
        }
    }

    async fn switch(&mut self, to: &Switch, patience: Duration) -> Result<Went, WalkError> {
        match to {
            Switch::Window(window) => {
                let window = match self.rendered(window) {
                    Ok(window) => window,
                    Err(error) => return Ok(blocked_by_template(&error)),
                };
                self.framed = None;
                let went = self.act(&Act::Window(window.clone()), &window, patience).await?;
                self.stay(went).await
            }
            Switch::Frame(frame) => {
                let went = self.enter_frame(frame, patience).await?;
                if let Went::Done(_) = went {
                    self.framed = match frame {
                        FrameRef::Top => None,
                        FrameRef::Parent => self.framed.take().and_then(parent_of),
                        FrameRef::Path(path) => Some(FrameAt::Path(path.clone())),
                        FrameRef::Element(target) => self.located(target).ok().map(FrameAt::Element),
                    };
                }
                Ok(went)
            }
            Switch::Context(context) => {
                let context = match self.rendered(context) {
                    Ok(context) => context,
                    Err(error) => return Ok(blocked_by_template(&error)),
                };
                self.framed = None;
                self.enter_context(&context, patience).await
            }
        }
    }

    /// Into another part of an app; a web page in it is held to the hosts like any other.
    async fn enter_context(&mut self, context: &str, patience: Duration) -> Result<Went, WalkError> {
        let went = match self.session.act(&Act::Context(context.to_owned()), patience).await? {
            Tried::Missed(Missed { why: MissedWhy::NotPossible, .. }) => {
                let said = format!(
                    "浏览器里没有环境“{context}”可换；要连着手机应用的 WebDriver 服务（Appium）才能做"
                );
                return Ok(Went::Blocked(ObstacleKind::NotPossible, said));
            }
            Tried::Missed(missed) => self::missed(&format!("环境 {context}"), &missed, patience),
            Tried::Done(_) => Went::Done(None),
        };
        if context.starts_with("WEBVIEW") { self.stay(went).await } else { Ok(went) }
    }

    /// One act through the port; a missed target is an obstacle.
    pub(super) async fn act(&mut self, act: &Act, what: &str, patience: Duration) -> Result<Went, WalkError> {
        Ok(match self.session.act(act, patience).await? {
            Tried::Done(acted) => Went::Done(matched(act, &acted)),
            Tried::Missed(missed) => self::missed(what, &missed, patience),
        })
    }

    /// A page that is no page of the portal is left in peace.
    pub(super) async fn stay(&mut self, went: Went) -> Result<Went, WalkError> {
        if let Went::Blocked(..) = went {
            return Ok(went);
        }
        let now = self.session.url().await?;
        Ok(if self.tools.guard.allows_staying(&now) { went } else { left_hosts(now.as_str()) })
    }
}

/// The frame around one that was reached by indexes.
fn parent_of(frame: FrameAt) -> Option<FrameAt> {
    match frame {
        FrameAt::Path(mut path) => {
            path.pop();
            (!path.is_empty()).then_some(FrameAt::Path(path))
        }
        _ => None,
    }
}

pub(super) fn left_hosts(url: &str) -> Went {
    let said = format!("{url} 不在门户文件列出的主机（hosts）之内，没有访问");
    Went::Blocked(ObstacleKind::LeftHosts, said)
}

pub(super) fn missed(what: &str, missed: &Missed, patience: Duration) -> Went {
    Went::Blocked(obstacle_kind(missed), speak::missed(what, missed, patience))
}

fn obstacle_kind(missed: &Missed) -> ObstacleKind {
    match missed.why {
        MissedWhy::NotFound | MissedWhy::NoSuchOption => ObstacleKind::NotFound,
        MissedWhy::NotPossible => ObstacleKind::NotPossible,
        MissedWhy::Otherwise => ObstacleKind::Unexpected,
        MissedWhy::Hidden | MissedWhy::Covered | MissedWhy::Disabled | MissedWhy::Moving => {
            ObstacleKind::NotActionable
        }
    }
}

fn matched(act: &Act, acted: &Acted) -> Option<Matched> {
    let index = acted.locator?;
    let locator = act.target()?.get(index)?;
    Some(Matched { said: speak::locator(locator), index: Some(index) })
}

pub(super) fn said_first(locators: &[Locator]) -> String {
    locators.first().map(speak::locator).unwrap_or_default()
}
