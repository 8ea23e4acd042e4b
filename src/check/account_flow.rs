//! account.flow: whether people get in, and are told plainly when they do not.

use std::collections::BTreeMap;

use crate::model::{
    Case, ChannelId, Ending, Kind, LoginFacts, ObstacleKind, Said, Saying, Severity, Unseen, Witness,
};

use super::ledger::{Draft, Ledger};
use super::quote::quote;
use super::registry::{Check, Judged};
use super::roll::Roll;
use super::sides::{Blind, unseen_saying};

/// Id of the checklist item.
const ID: &str = "account.flow";
/// Pieces of text that only programs say.
const STACK_WORDS: &[&str] = &[
    "Exception",
    "exception",
    "Error:",
    "error:",
    "java.",
    "at com.",
    "at org.",
    "null",
    "undefined",
    "NaN",
    "SQL",
    "Traceback",
    "stack",
    "500 ",
    "502 ",
    "HTTP Status",
    "Internal Server",
    "[object",
    "<html",
];

/// 注册登录流程是否顺畅.
pub(super) struct AccountFlow;

/// How much work logging in was on one channel with one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginMeasure {
    /// The channel.
    pub channel: ChannelId,
    /// The test account's name (个人账号).
    pub account: String,
    /// Presses up to the signed-in state.
    pub presses: usize,
    /// Fields to fill in.
    pub fields: Option<usize>,
    /// Milliseconds of the whole visit, our own pace included.
    pub took_ms: u64,
}

/// What logging in took, for every log-in that succeeded.
#[must_use]
pub fn login_measures(case: &Case) -> Vec<LoginMeasure> {
    let succeeded = |witness: &&Witness| witness.facts.login.signed_in == Some(true);
    case.witnesses
        .iter()
        .filter(succeeded)
        .map(|witness| LoginMeasure {
            channel: witness.visit.channel.clone(),
            account: witness.visit.account.clone().unwrap_or_default(),
            presses: witness.visit.steps.iter().filter(|step| step.pressed).count(),
            fields: witness.facts.login.fields,
            took_ms: witness.visit.steps.last().map_or(0, |step| step.at_ms + step.took_ms),
        })
        .collect()
}

/// What is written for a channel that let the account in: in the brackets of all words that are ours and not the page's.
const SIGNED_IN: &str = "［登录成功］";
/// What is written for one whose form everybody can fill in.
const NO_CAPTCHA: &str = "［没有只能看图填写的验证码］";

/// One fault of the log-in on one channel.
struct Fault {
    kind: Kind,
    severity: Severity,
    message: String,
    advice: &'static str,
    capture: Option<String>,
    said: Option<String>,
}

impl Check for AccountFlow {
    fn id(&self) -> &'static str {
        ID
    }

    fn why(&self) -> &'static str {
        "登录是办事的第一道门。验证码须有替代方式，依据《移动互联网应用(APP)适老化通用设计规范》1.5；出错须用看得懂的话提示。"
    }

    fn needs(&self) -> &'static str {
        "各渠道的登录表单、用测试账号登录后的页面、输错密码后的页面"
    }

    fn judge(&self, case: &Case, roll: &Roll) -> Judged {
        let mut ledger = Ledger::new(ID, case.item_name(), roll);
        let mut seen = Vec::new();
        let mut unseen = Vec::new();
        for channel in &case.channels {
            let witnesses: Vec<&Witness> = case.on(channel, ID).collect();
            unseen.extend(witnesses.iter().filter_map(|witness| blind(witness, channel)));
            if witnesses.iter().any(|witness| witness.facts.login != LoginFacts::default()) {
                seen.push(channel.clone());
            }
            for witness in witnesses {
                for fault in faults(witness) {
                    enter(&mut ledger, case, witness, fault);
                }
            }
        }
        Judged::from_parts(seen, ledger.close(), unseen)
    }
}

/// A log-in that could not be tried to its end. A refusal by the page is its result, not an obstacle.
fn blind(witness: &Witness, channel: &ChannelId) -> Option<Unseen> {
    let login = &witness.facts.login;
    let answered = login.signed_in.is_some() || login.error_messages.is_some() || refused(witness);
    let blocked = matches!(witness.visit.ending, Ending::Blocked(_));
    (!answered || (blocked && login.signed_in == Some(true)))
        .then(|| Blind::of_visit(&witness.visit, "走访中没有读到登录结果").into_row(ID, channel, ""))
}

fn faults(witness: &Witness) -> Vec<Fault> {
    let login = &witness.facts.login;
    [captcha(login), failed(witness), error_told_badly(login)].into_iter().flatten().collect()
}

fn captcha(login: &LoginFacts) -> Option<Fault> {
    (login.captcha_accessible == Some(false)).then(|| Fault {
        kind: Kind::CaptchaInaccessible,
        severity: Severity::Minor,
        message: "登录要看图填验证码，没有语音等替代方式，看不清的人登录不了。".to_owned(),
        advice: "给图片验证码加上语音播报或短信验证等替代方式。",
        capture: login.form_capture.clone(),
        said: None,
    })
}

/// Signed in means that the page shows the account's name. A scenario that insists on seeing the name ends there when
/// it does not come; that is the page's refusal, not an obstacle.
fn refused(witness: &Witness) -> bool {
    let (login, visit) = (&witness.facts.login, &witness.visit);
    let Ending::Blocked(obstacle) = &visit.ending else { return login.signed_in == Some(false) };
    let waited_for_name = login.signed_in.is_none()
        && login.form_capture.is_some()
        && matches!(obstacle.kind, ObstacleKind::NotFound | ObstacleKind::Unexpected)
        && visit.shown_name.as_deref().is_some_and(|name| !name.is_empty() && obstacle.said.contains(name));
    waited_for_name || login.signed_in == Some(false)
}

fn failed(witness: &Witness) -> Option<Fault> {
    let login = &witness.facts.login;
    let account = witness.visit.account.as_deref().unwrap_or("测试账号");
    let told = login.result_messages.first();
    let at_obstacle = match &witness.visit.ending {
        Ending::Blocked(obstacle) => obstacle.capture.clone(),
        Ending::Completed => None,
    };
    refused(witness).then(|| Fault {
        kind: Kind::LoginFailed,
        severity: Severity::Major,
        message: match told {
            Some(words) => format!("用{account}、正确的密码和验证码登录不成功，页面提示{}。", quote(words)),
            None => format!("用{account}、正确的密码和验证码登录不成功，页面没有任何提示。"),
        },
        advice: "排查本渠道的登录接口；用同一账号在各渠道复测。",
        capture: login.result_capture.clone().or(at_obstacle),
        said: told.cloned(),
    })
}

fn error_told_badly(login: &LoginFacts) -> Option<Fault> {
    let messages = login.error_messages.as_ref()?;
    let raw = messages.iter().find(|message| is_program_speech(message));
    let (kind, message, advice) = match (messages.is_empty(), raw) {
        (true, _) => (
            Kind::SilentError,
            "输错密码后没有任何提示，群众不知道错在哪里。".to_owned(),
            "登录失败时用一句明白话提示原因和下一步。",
        ),
        (false, Some(words)) => (
            Kind::RawError,
            format!("输错密码后显示的是程序报错{}，群众看不懂。", quote(words)),
            "把程序报错换成一句明白话，报错细节只写进日志。",
        ),
        (false, None) => return None,
    };
    Some(Fault {
        kind,
        severity: Severity::Minor,
        message,
        advice,
        capture: login.error_capture.clone(),
        said: raw.cloned(),
    })
}

fn is_program_speech(message: &str) -> bool {
    let chinese = message.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
    let letters = message.chars().filter(char::is_ascii_alphabetic).count();
    STACK_WORDS.iter().any(|word| message.contains(word)) || (!chinese && letters > 3)
}

/// The same fault with another account is the same fault.
fn enter(ledger: &mut Ledger<'_>, case: &Case, witness: &Witness, fault: Fault) {
    let channel = &witness.visit.channel;
    if ledger.has(channel, "", fault.kind) {
        return;
    }
    let message = format!("{}：{}", ledger.roll().name(channel), fault.message);
    let mut sayings: BTreeMap<ChannelId, Saying> = case
        .channels
        .iter()
        .map(|other| (other.clone(), elsewhere(case, other, witness, fault.kind)))
        .collect();
    let said = fault.said.map_or(Said::Nothing, Said::Text);
    sayings.insert(channel.clone(), Saying { said, capture: fault.capture, node: None });
    ledger.enter(Draft {
        element: "",
        kind: fault.kind,
        rule: None,
        severity: fault.severity,
        channels: vec![channel.clone()],
        message,
        advice: fault.advice.to_owned(),
        sayings,
    });
}

/// What another channel showed the same account at the same point, as far as it was seen.
fn elsewhere(case: &Case, channel: &ChannelId, here: &Witness, kind: Kind) -> Saying {
    let same = case.on(channel, ID).filter(|witness| witness.visit.account == here.visit.account);
    let mut seen = same.map(|witness| &witness.facts.login);
    let saying = match kind {
        Kind::LoginFailed => seen.find(|login| login.signed_in == Some(true)).map(|login| Saying {
            said: Said::Text(SIGNED_IN.to_owned()),
            capture: login.result_capture.clone(),
            node: None,
        }),
        Kind::SilentError | Kind::RawError => {
            seen.find_map(|login| Some((login, login.error_messages.as_ref()?))).map(|(login, told)| Saying {
                said: told.first().cloned().map_or(Said::Nothing, Said::Text),
                capture: login.error_capture.clone(),
                node: None,
            })
        }
        Kind::CaptchaInaccessible => {
            let eased =
                |login: &&LoginFacts| login.form_capture.is_some() && login.captcha_accessible != Some(false);
            seen.find(eased).map(|login| Saying {
                said: Said::Text(NO_CAPTCHA.to_owned()),
                capture: login.form_capture.clone(),
                node: None,
            })
        }
        _ => None,
    };
    saying.unwrap_or_else(unseen_saying)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, visit};
    use super::*;
    use crate::model::CoverageState;

    fn kinds(facts: LoginFacts) -> Vec<Kind> {
        let trial = Trial::portal().login("pc", "个人账号", facts);
        trial.findings(ID).iter().map(|finding| finding.kind).collect()
    }

    fn signed_in() -> LoginFacts {
        LoginFacts { signed_in: Some(true), ..LoginFacts::default() }
    }

    #[test]
    fn getting_in_is_no_problem_and_not_getting_in_is_one() {
        assert!(kinds(signed_in()).is_empty());
        assert_eq!(
            kinds(LoginFacts { signed_in: Some(false), ..LoginFacts::default() }),
            [Kind::LoginFailed]
        );
    }

    #[test]
    fn waiting_in_vain_for_the_accounts_name_is_a_refusal_and_any_other_block_is_not() {
        let form = LoginFacts { form_capture: Some("login.pc.001/1".to_owned()), ..LoginFacts::default() };
        let blocked = |why: &str| {
            let trial = Trial::portal().login("pc", "个人账号", form.clone());
            trial.visit_on("pc", |witness| visit::block(witness, why)).judged(ID)
        };
        assert_eq!(blocked("没有等到“张三”").findings[0].kind, Kind::LoginFailed);
        assert!(blocked("没有等到“张三”").unseen.is_empty());
        let elsewhere = blocked("没有找到“获取验证码”");
        assert_eq!((elsewhere.findings.len(), elsewhere.unseen.len()), (0, 1));
        assert_eq!(elsewhere.channels[&"pc".into()], CoverageState::CannotTell);
    }

    #[test]
    fn two_accounts_that_see_the_same_captcha_are_one_finding_on_that_channel_only() {
        let facts = LoginFacts { captcha_accessible: Some(false), ..signed_in() };
        let trial = Trial::portal().login("pc", "个人账号", facts.clone()).login("pc", "法人账号", facts);
        let judged = trial.login("app", "个人账号", signed_in()).judged(ID);
        assert_eq!(judged.findings.len(), 1);
        assert_eq!(judged.channels[&"app".into()], CoverageState::Pass);
    }

    #[test]
    fn what_the_other_channels_showed_stands_beside_a_fault() {
        let told = |words: &str| Some(vec![words.to_owned()]);
        let good = LoginFacts { error_messages: told("密码不对，请重新输入"), ..signed_in() };
        let bad = LoginFacts {
            signed_in: Some(false),
            error_messages: told("HTTP Status 500"),
            ..LoginFacts::default()
        };
        let trial = Trial::portal().login("pc", "个人账号", good.clone()).login("app", "个人账号", bad);
        let trial = trial.login("kiosk", "法人账号", good);
        let findings = trial.findings(ID);
        let beside = |kind: Kind| {
            let found = findings.iter().find(|finding| finding.kind == kind).unwrap();
            (found.sayings[&"pc".into()].said.clone(), found.sayings[&"kiosk".into()].said.clone())
        };
        assert_eq!(beside(Kind::LoginFailed), (Said::Text(SIGNED_IN.to_owned()), Said::Unseen));
        let words = Said::Text("密码不对，请重新输入".to_owned());
        assert_eq!(beside(Kind::RawError), (words, Said::Unseen));
    }

    #[test]
    fn messages_in_chinese_are_no_program_speech_even_with_a_few_letters() {
        assert!(!is_program_speech("请下载晋来办APP后再登录"));
        assert!(!is_program_speech("3"));
        for raw in ["TypeError: x is not a function", "登录失败：null", "HTTP Status 500", "system busy"]
        {
            assert!(is_program_speech(raw), "{raw}");
        }
    }

    #[test]
    fn a_log_in_is_measured_in_presses_fields_and_time() {
        let trial = Trial::portal().login("pc", "个人账号", LoginFacts { fields: Some(3), ..signed_in() });
        let measures = login_measures(&trial.case());
        assert_eq!((measures.len(), measures[0].fields, measures[0].presses), (1, Some(3), 0));
    }

    #[test]
    fn only_a_captcha_without_an_alternative_is_a_problem() {
        assert_eq!(
            kinds(LoginFacts { captcha_accessible: Some(false), ..signed_in() }),
            [Kind::CaptchaInaccessible]
        );
        assert!(kinds(LoginFacts { captcha_accessible: Some(true), ..signed_in() }).is_empty());
    }

    #[test]
    fn errors_must_be_told_and_told_in_plain_words() {
        let told = |messages: &[&str]| LoginFacts {
            error_messages: Some(messages.iter().map(|&words| words.to_owned()).collect()),
            ..LoginFacts::default()
        };
        assert_eq!(kinds(told(&[])), [Kind::SilentError]);
        assert_eq!(kinds(told(&["java.lang.NullPointerException at com.jc.Login"])), [Kind::RawError]);
        assert!(kinds(told(&["账号或密码不正确，请核对后重试"])).is_empty());
    }
}
