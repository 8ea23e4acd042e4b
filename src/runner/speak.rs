//! Says in plain Chinese what a step does and why it could not.

use std::time::Duration;

use crate::browser::{Missed, MissedWhy};
use crate::model::{
    Action, Answer, Button, Choice, Condition, DragTo, Expect, FrameRef, Half, Keep, KeepFrom, Locator,
    Network, Over, Press, ReadWhat, Related, Repeat, Scroll, Slide, Step, Switch, Tap, Target, Wait, Way,
};
use crate::text::lapse;

/// “点按 登录”: the step as a person would read it aloud, texts as written in the file.
pub(super) fn step(step: &Step) -> String {
    step.label.clone().unwrap_or_else(|| action(&step.action))
}

pub(super) fn action(action: &Action) -> String {
    match action {
        Action::Open(page) => format!("打开 {page}"),
        Action::Tap(how) => tap(how),
        Action::Type { into, text, add: false } => format!("在 {} 填写 {text}", target(into)),
        Action::Type { into, text, add: true } => format!("在 {} 接着填写 {text}", target(into)),
        Action::Fill { into, value } => format!("把 {} 设为 {value}", target(into)),
        Action::Choose { option, from, more: Some(false) } => {
            format!("在 {} 取消选择 {}", target(from), choice(option))
        }
        Action::Choose { option, from, .. } => format!("在 {} 选择 {}", target(from), choice(option)),
        Action::Tick { target: what, on: true } => format!("勾选 {}", target(what)),
        Action::Tick { target: what, on: false } => format!("取消勾选 {}", target(what)),
        Action::Upload { into, file } => format!("在 {} 上传 {file}", target(into)),
        Action::PickDate { into, date } => format!("在 {} 选日期 {date}", target(into)),
        Action::Slide { of, to: Slide::Share(share) } => {
            format!("把 {} 拖到 {:.0}%", target(of), share * 100.0)
        }
        Action::Slide { of, to: Slide::By(..) } => format!("拖动 {}", target(of)),
        Action::Drag { from, to: DragTo::Onto(onto) } => format!("把 {} 拖到 {}", target(from), target(onto)),
        Action::Drag { from, to: DragTo::By(..) } => format!("拖动 {}", target(from)),
        Action::Hover { target: what, .. } => format!("把鼠标移到 {}", target(what)),
        Action::Out(what) => format!("把鼠标从 {} 移开", target(what)),
        Action::Press(how) => press(how),
        Action::Scroll(how) => scroll(how),
        Action::Swipe { to, .. } => format!("向{}滑动", way(*to)),
        Action::Search(words) => format!("搜索 {words}"),
        Action::Unfold => "展开全部内容".to_owned(),
        Action::Back => "返回上一页".to_owned(),
        Action::Shot => "截图留存".to_owned(),
        Action::Close => "关闭窗口".to_owned(),
        Action::Viewport(size) => format!("把屏幕改为 {}×{}", size.width, size.height),
        Action::Network(Network::Offline) => "断开网络".to_owned(),
        Action::Network(Network::Online) => "恢复网络".to_owned(),
        Action::Network(Network::Slow { .. }) => "限制网速".to_owned(),
        Action::Switch(to) => switch(to),
        Action::Alert(answer) => alert(answer),
        Action::Download { tap, .. } => format!("点按 {} 并下载", target(tap)),
        Action::Read(what) => format!("读取 {}", reading(*what)),
        Action::Ask(question) => format!("询问 {question}"),
        Action::Fetch { from, keep } => format!("从 {from} 取得 {keep}"),
        other => looking_or_flow(other),
    }
}

fn looking_or_flow(action: &Action) -> String {
    match action {
        Action::Wait(Wait::For { target: what, gone: false }) => format!("等待出现 {}", target(what)),
        Action::Wait(Wait::For { target: what, gone: true }) => format!("等待 {} 消失", target(what)),
        Action::Wait(Wait::Time(time)) => format!("等待 {} 秒", time.as_secs_f64()),
        Action::Wait(Wait::Script(_)) => "等待网页代码的结果".to_owned(),
        Action::Expect(Expect::Seen { target: what, absent: false }) => format!("应当看到 {}", target(what)),
        Action::Expect(Expect::Seen { target: what, absent: true }) => format!("不应看到 {}", target(what)),
        Action::Expect(Expect::Element(state)) => format!("检查 {}", target(&state.target)),
        Action::Expect(Expect::Title(title)) => format!("页面标题应当是 {title}"),
        Action::Expect(Expect::Address(address)) => format!("页面网址应当是 {address}"),
        Action::Expect(Expect::That(expression)) => format!("应当成立：{expression}"),
        Action::Set(kept) => kept.iter().map(keep).collect::<Vec<_>>().join("，"),
        Action::Script(_) => "运行网页代码".to_owned(),
        Action::Call { scenario, .. } => format!("走场景 {scenario}"),
        Action::Group { title, .. } => title.clone(),
        Action::If { condition: Condition::When(when), .. } => format!("看情况：{when}"),
        Action::If { condition: Condition::Script(_), .. } => "看网页代码的结果".to_owned(),
        Action::Repeat { how: Repeat::Times(times), .. } => format!("重复 {times} 遍"),
        Action::Repeat { .. } => "重复".to_owned(),
        Action::ForEach { over: Over::Rows(table), .. } => format!("对 {} 的每一行", table.file),
        Action::ForEach { over: Over::List(list), .. } => format!("对每个 {list}"),
        Action::Login { account, fresh: false } => format!("用 {account} 登录"),
        Action::Login { account, fresh: true } => format!("用 {account} 重新登录"),
        Action::Person { ask, .. } => format!("请人回答：{ask}"),
        Action::Unknown { text, .. } => format!("没有看懂的一步：{text}"),
        _ => String::new(),
    }
}

fn tap(tap: &Tap) -> String {
    let what = target(&tap.target);
    match (tap.button, tap.times, tap.hold) {
        (Button::Right, ..) => format!("用右键点按 {what}"),
        (Button::Middle, ..) => format!("用中键点按 {what}"),
        (_, _, Some(_)) => format!("长按 {what}"),
        (_, 2, _) => format!("双击 {what}"),
        (_, times, _) if times > 2 => format!("连点 {times} 下 {what}"),
        _ => format!("点按 {what}"),
    }
}

fn choice(choice: &Choice) -> String {
    match choice {
        Choice::Words(words) => words.clone(),
        Choice::Value(value) => format!("value={value}"),
        Choice::Index(index) => format!("第 {index} 项"),
        Choice::Id(id) => format!("id={id}"),
    }
}

fn press(press: &Press) -> String {
    let key = if press.key == " " { "空格" } else { press.key.as_str() };
    match (press.half, press.times) {
        (Some(Half::Down), _) => format!("按住 {key} 键"),
        (Some(Half::Up), _) => format!("松开 {key} 键"),
        (None, 1) => format!("按 {key} 键"),
        (None, times) => format!("按 {times} 下 {key} 键"),
    }
}

fn scroll(scroll: &Scroll) -> String {
    match scroll {
        Scroll::Into(what) => format!("滚动到 {}", target(what)),
        Scroll::To { x, y, .. } => format!("滚动到 {x}, {y}"),
        Scroll::Down => "向下滚动".to_owned(),
        Scroll::Up => "向上滚动".to_owned(),
        Scroll::End => "滚动到底".to_owned(),
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Up => "上",
        Way::Down => "下",
        Way::Left => "左",
        Way::Right => "右",
    }
}

fn switch(to: &Switch) -> String {
    match to {
        Switch::Window(window) => match window.as_str() {
            "main" => "换到原来的窗口".to_owned(),
            "new" => "换到新窗口".to_owned(),
            other => format!("换到窗口 {other}"),
        },
        Switch::Frame(FrameRef::Top) => "回到整个页面".to_owned(),
        Switch::Frame(FrameRef::Parent) => "回到外层框架".to_owned(),
        Switch::Frame(FrameRef::Path(_)) => "换到框架".to_owned(),
        Switch::Frame(FrameRef::Element(frame)) => format!("换到框架 {}", target(frame)),
        Switch::Context(context) => format!("换到环境 {context}"),
    }
}

fn alert(answer: &Answer) -> String {
    match answer {
        Answer::Accept => "提示框点确定".to_owned(),
        Answer::Dismiss => "提示框点取消".to_owned(),
        Answer::Text(text) => format!("提示框填写 {text}"),
        Answer::Says(says) => format!("提示框应当是 {says}"),
    }
}

fn keep(keep: &Keep) -> String {
    match &keep.from {
        KeepFrom::Template(text) => format!("记下 {} = {text}", keep.name),
        KeepFrom::Element(what, _) => format!("从 {} 记下 {}", target(what), keep.name),
        _ => format!("记下 {}", keep.name),
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
        Target::Located(locators) => either(locators),
    }
}

fn either(locators: &[Locator]) -> String {
    locators.iter().map(locator).collect::<Vec<_>>().join(" 或 ")
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
        Locator::Placeholder(text) => format!("placeholder={text}"),
        Locator::Alt(text) => format!("alt={text}"),
        Locator::Title(text) => format!("title={text}"),
        Locator::TestId(id) => format!("test-id={id}"),
        Locator::Pierce(selector) => format!("pierce={selector}"),
        Locator::Aria(name, None) => format!("aria={name}"),
        Locator::Aria(name, Some(role)) => format!("aria={name}[role=\"{role}\"]"),
        Locator::Chain(parts) => parts.iter().map(self::locator).collect::<Vec<_>>().join(" >>> "),
        Locator::Related(related) => self::related(related),
    }
}

/// “张三 右边的 删除”.
fn related(related: &Related) -> String {
    let around = [
        (&related.within, "里面的 "),
        (&related.below, "下面的 "),
        (&related.above, "上面的 "),
        (&related.left_of, "左边的 "),
        (&related.right_of, "右边的 "),
    ];
    let mut said: Vec<String> = around
        .into_iter()
        .filter(|(locators, _)| !locators.is_empty())
        .map(|(locators, place)| format!("{} {place}", either(locators)))
        .collect();
    said.extend(related.nth.map(|nth| format!("第 {nth} 个 ")));
    said.concat() + &either(&related.of)
}

/// Why something could not be pressed or filled in, with what else was there.
pub(super) fn missed(what: &str, missed: &Missed, patience: Duration) -> String {
    let waited = lapse(patience);
    let reason = match missed.why {
        MissedWhy::NotFound => format!("{waited}内没有找到“{what}”"),
        MissedWhy::Hidden => format!("“{what}”在页面里，但 {waited}内一直没有显示出来"),
        MissedWhy::Covered => format!("“{what}”一直被别的内容遮住，点不到"),
        MissedWhy::Disabled => format!("“{what}”一直是不可用状态"),
        MissedWhy::Moving => format!("“{what}”一直在移动，点不准"),
        MissedWhy::NoSuchOption => format!("没有可选的选项“{what}”"),
        MissedWhy::Otherwise => return format!("“{what}”：{}", missed.nearby.join("、")),
        MissedWhy::NotPossible => format!("“{what}”这一步要用浏览器才能做，当前渠道设为 http 方式"),
    };
    if missed.nearby.is_empty() {
        return reason;
    }
    format!("{reason}；页面上有：{}", missed.nearby.join("、"))
}
