//! Says in plain Chinese what a step does and why it could not.

use crate::browser::{Missed, MissedWhy};
use crate::model::{Action, Locator, ReadWhat, Step, Target};

/// “点按 登录”: the step as a person would read it aloud, texts as written in the file.
pub(super) fn step(step: &Step) -> String {
    if let Some(label) = &step.label {
        return label.clone();
    }
    match &step.action {
        Action::Open(page) => format!("打开 {page}"),
        Action::Tap(what) => format!("点按 {}", target(what)),
        Action::Type { into, text } => format!("在 {} 填写 {text}", target(into)),
        Action::Choose { option, from } => format!("在 {} 选择 {option}", target(from)),
        Action::Press(key) => format!("按 {key} 键"),
        Action::Search(words) => format!("搜索 {words}"),
        Action::Unfold => "展开全部内容".to_owned(),
        Action::Wait(what) => format!("等待出现 {}", target(what)),
        Action::Expect { target: what, absent: false } => format!("应当看到 {}", target(what)),
        Action::Expect { target: what, absent: true } => format!("不应看到 {}", target(what)),
        Action::Read(what) => format!("读取 {}", reading(*what)),
        Action::Ask(question) => format!("询问 {question}"),
        Action::Fetch { from, keep } => format!("从 {from} 取得 {keep}"),
        Action::Back => "返回上一页".to_owned(),
        Action::Shot => "截图留存".to_owned(),
    }
}

fn reading(what: ReadWhat) -> &'static str {
    match what {
        ReadWhat::Guide | ReadWhat::GuideAgain => "办事指南",
        ReadWhat::LoginForm => "登录表单",
        ReadWhat::LoginResult => "登录结果",
        ReadWhat::LoginError => "登录出错提示",
        ReadWhat::Evidence => "页面",
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::Said(words) => words.clone(),
        Target::Located(locators) => locators.iter().map(locator).collect::<Vec<_>>().join(" 或 "),
    }
}

/// A locator the way scenario files write it.
pub(super) fn locator(locator: &Locator) -> String {
    match locator {
        Locator::Seen(text) => text.clone(),
        Locator::Text(text) => format!("text={text}"),
        Locator::Label(text) => format!("label={text}"),
        Locator::Role(role, None) => format!("role={role}"),
        Locator::Role(role, Some(name)) => format!("role={role}[{name}]"),
        Locator::Css(selector) => format!("css={selector}"),
        Locator::XPath(expression) => format!("xpath={expression}"),
    }
}

/// Why something could not be pressed or filled in, with what else was there.
pub(super) fn missed(what: &str, missed: &Missed, seconds: u64) -> String {
    let reason = match missed.why {
        MissedWhy::NotFound => format!("{seconds} 秒内没有找到“{what}”"),
        MissedWhy::Hidden => format!("“{what}”在页面里，但 {seconds} 秒内一直没有显示出来"),
        MissedWhy::Covered => format!("“{what}”一直被别的内容遮住，点不到"),
        MissedWhy::Disabled => format!("“{what}”一直是不可用状态"),
        MissedWhy::Moving => format!("“{what}”一直在移动，点不准"),
        MissedWhy::NoSuchOption => format!("没有可选的选项“{what}”"),
        MissedWhy::NotPossible => format!("“{what}”这一步要用浏览器才能做，当前渠道设为 http 方式"),
    };
    if missed.nearby.is_empty() {
        return reason;
    }
    format!("{reason}；页面上有：{}", missed.nearby.join("、"))
}
