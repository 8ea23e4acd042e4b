//! The problems of the sample, each of another kind.

use zoutong::model::{Finding, Kind, Said, Severity, Trend};

use super::sample::{CARD, FORMULA, HOSTILE, HOUSE, PORTAL, SHOP, ids, said, sayings};

/// One problem; what is left out is filled in from what is given.
pub(super) struct Problem {
    pub(super) check: &'static str,
    pub(super) item: (usize, &'static str),
    pub(super) channels: &'static [&'static str],
    pub(super) element: &'static str,
    pub(super) kind: Kind,
    pub(super) severity: Severity,
    pub(super) message: &'static str,
    pub(super) advice: &'static str,
    pub(super) said: [Said; 4],
}

impl Problem {
    pub(super) fn finding(self) -> Finding {
        Finding {
            fingerprint: format!("{:016x}", self.message.len() * 7919 + self.item.0),
            check: self.check.to_owned(),
            item: self.item.1.to_owned(),
            channels: ids(self.channels),
            element: self.element.to_owned(),
            kind: self.kind,
            rule: (self.kind == Kind::Rule).then(|| "R01".to_owned()),
            severity: self.severity,
            message: self.message.to_owned(),
            advice: self.advice.to_owned(),
            sayings: sayings(self.item.0, self.said),
        }
    }
}

fn conditions() -> String {
    "申请人应当具备下列条件：（一）具有与经营的食品品种、数量相适应的食品原料处理和食品加工、包装、贮存等场所，保持该场所环境整洁，\
     并与有毒、有害场所以及其他污染源保持规定的距离；（二）具有与经营的食品品种、数量相适应的设备或者设施；（三）有专职或者兼职的食品安全专业技术人员、\
     食品安全管理人员和保证食品安全的规章制度；（四）具有合理的设备布局和工艺流程。"
        .to_owned()
}

/// All of them, worst first.
pub(super) fn problems() -> Vec<(Problem, Trend)> {
    [differing(), alarming(), incomplete(), harmless()].into_iter().flatten().collect()
}

/// Texts that part from the majority's.
fn differing() -> Vec<(Problem, Trend)> {
    let longer = conditions().replace("专职或者兼职的", "专职的");
    vec![
        (
            Problem {
                check: "guide.consistency",
                item: CARD,
                channels: &["app"],
                element: "promise_limit",
                kind: Kind::Differs,
                severity: Severity::Major,
                message: "承诺办结时限与其他渠道不同：多数渠道写“5个工作日”，这里写“20个工作日”。",
                advice: "核对事项库中的承诺办结时限，并在这个渠道改正。",
                said: [said("5个工作日"), said("20个工作日"), said("五个工作日"), said("5个工作日")],
            },
            Trend::New,
        ),
        (
            Problem {
                check: "guide.consistency",
                item: SHOP,
                channels: &["mini"],
                element: "condition",
                kind: Kind::Differs,
                severity: Severity::Major,
                message: "受理条件与其他渠道不同：少了“或者兼职”。",
                advice: "按事项库更新这个渠道的受理条件全文。",
                said: [said(&conditions()), said(&conditions()), said(&longer), said(&conditions())],
            },
            Trend::Standing,
        ),
    ]
}

/// A leaking template full of hostile strings, and a log-in that fails.
fn alarming() -> Vec<(Problem, Trend)> {
    let silence = [Said::Nothing, Said::Nothing, Said::Nothing, Said::Unseen];
    vec![
        (
            Problem {
                check: "guide.consistency",
                item: HOSTILE,
                channels: &["pc", "app", "mini"],
                element: "consult",
                kind: Kind::Leak,
                severity: Severity::Major,
                message: "咨询方式里露出了程序的占位符 <img src=x onerror=alert(2)>。",
                advice: "=HYPERLINK(\"http://evil.example\",\"点我\") 不应成为公式。",
                said: [
                    said("{{phone}}</td><script>alert(3)</script>"),
                    said(FORMULA),
                    said("undefined"),
                    Said::Unseen,
                ],
            },
            Trend::New,
        ),
        (
            Problem {
                check: "account.flow",
                item: PORTAL,
                channels: &["mini"],
                element: "",
                kind: Kind::LoginFailed,
                severity: Severity::Major,
                message: "企业账号登录不成功，页面提示“系统繁忙，请稍后再试”。",
                advice: "检查小程序的企业登录接口。",
                said: silence,
            },
            Trend::New,
        ),
    ]
}

/// Something missing, and a rule broken everywhere.
fn incomplete() -> Vec<(Problem, Trend)> {
    vec![
        (
            Problem {
                check: "guide.consistency",
                item: HOUSE,
                channels: &["kiosk"],
                element: "place",
                kind: Kind::Missing,
                severity: Severity::Minor,
                message: "其他渠道都写了办理地点，这个渠道没有。",
                advice: "补上办理地点，写到楼层和窗口。",
                said: [
                    said("晋城市城区泽州路1号政务大厅二层不动产登记窗口"),
                    said("晋城市城区泽州路1号政务大厅二层不动产登记窗口"),
                    said("晋城市城区泽州路1号政务大厅2层不动产登记窗口"),
                    Said::Nothing,
                ],
            },
            Trend::Standing,
        ),
        (
            Problem {
                check: "guide.consistency",
                item: CARD,
                channels: &["pc", "app", "mini", "kiosk"],
                element: "promise_limit",
                kind: Kind::Rule,
                severity: Severity::Minor,
                message: "承诺办结时限比法定办结时限还长。",
                advice: "两项时限重新核定。",
                said: [said("60个工作日"), said("60个工作日"), said("60个工作日"), said("60个工作日")],
            },
            Trend::Standing,
        ),
    ]
}

/// What is less than severe on single channels.
fn harmless() -> Vec<(Problem, Trend)> {
    vec![
        (
            Problem {
                check: "bot.intent",
                item: CARD,
                channels: &["app"],
                element: "materials",
                kind: Kind::WrongItem,
                severity: Severity::Minor,
                message: "问“居民身份证申领提交什么材料？”，回答的是“居住证申领”。",
                advice: "在知识库中为“居民身份证申领”补充问法。",
                said: [
                    said("居民户口簿"),
                    said("申领居住证需要：身份证、居住地住址证明。مرحبا بالعالم"),
                    said("居民户口簿"),
                    Said::Unseen,
                ],
            },
            Trend::New,
        ),
        (
            Problem {
                check: "guide.process",
                item: HOUSE,
                channels: &["pc"],
                element: "flow",
                kind: Kind::DeadMedia,
                severity: Severity::Minor,
                message: "办理流程图打不开。",
                advice: "重新上传流程图，并附文字说明。",
                said: [
                    said("流程图"),
                    said("申请—受理—查询—出具结果"),
                    said("申请—受理—查询—出具结果"),
                    Said::Nothing,
                ],
            },
            Trend::Standing,
        ),
        (
            Problem {
                check: "guide.consistency",
                item: SHOP,
                channels: &["app", "kiosk"],
                element: "materials",
                kind: Kind::Differs,
                severity: Severity::Note,
                message: "申请材料清单不同：APP 少了“食品安全管理制度”，自助终端多了“健康证”。",
                advice: "以事项库材料清单为准。",
                said: [
                    said("食品经营许可申请书；营业执照；食品安全管理制度"),
                    said("食品经营许可申请书；营业执照"),
                    said("食品经营许可申请书；营业执照；食品安全管理制度"),
                    said("食品经营许可申请书；营业执照；食品安全管理制度；健康证"),
                ],
            },
            Trend::New,
        ),
    ]
}
