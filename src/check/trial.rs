//! Cases built in code for the tests of this room: a sound guide on four channels, and short words to spoil it.

use std::collections::BTreeMap;

use chrono::DateTime;

use crate::model::{
    Audience, Capture, Case, ChannelId, Ending, Facts, Finding, Guide, Item, Kind, Link, LinkProbe,
    LoginFacts, Material, Medium, MediumKind, Place, ReadWhat, Reading, Sureness, Turn, Witness,
};

use super::registry::{CHECKS, Judged};
use super::roll::Roll;

pub(super) const CHANNELS: [(&str, &str); 4] =
    [("pc", "PC端"), ("app", "APP"), ("mini", "小程序"), ("kiosk", "自助终端")];

/// A sound guide, element by element.
const SOUND: &str = "item_name=居民身份证换领|daily_name=换身份证|item_type=行政确认|base_code=140700000001\
|impl_code=1114050000900101XX3140700000001|handle_code=1114050000900101XX314070000000101|dept=晋城市公安局\
|dept_type=法定机关|entrust=无|power_source=法定本级行使|use_level=市级|project_type=承诺件|legal_limit=60个工作日\
|promise_limit=20个工作日|law_basis=《中华人民共和国居民身份证法》（主席令第五十一号）第十一条\
|condition=1.具有晋城市常住户口；2.有效期满前90日内提出|quota=无数量限制|special=无|agency=无|co_dept=无\
|place=晋城市文昌西街2026号晋城市政务服务中心一楼A区03号窗口|time=周一至周五 8:30-12:00，14:30-18:00\
|consult=0356-2026101|complain=0356-2026901|fee_flag=不收费|service_object=自然人|visits=1次\
|visit_reason=须由本人到场采集人像和指纹信息|handle_form=窗口办理、网上办理|online_flag=是\
|online_depth=Ⅲ级（网上受理）|online_url=https://pc.example/apply/1|booking=是|express=是|pay_online=否|terminal=是\
|hall=是|cross_area=全国|result_type=证照|result_name=居民身份证|result_sample=居民身份证样本\
|faq=问：可以提前换吗？答：可以。|theme=证件办理|commit=否\
|flow=受理：窗口核对材料是否齐全，当场作出是否受理的答复。审核：核对申请人身份。审批：作出决定。办结：制作证件。送达：领取或者邮寄。";

/// A case in the making.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    item: Item,
    others: Vec<Item>,
    channels: Vec<ChannelId>,
    witnesses: Vec<Witness>,
}

impl Trial {
    /// One item, read on four channels, everything sound.
    pub(super) fn new() -> Self {
        let item = Item {
            name: "居民身份证换领".to_owned(),
            colloquial: vec!["换身份证".to_owned()],
            code: Some("1114050000900101XX3140700000001".to_owned()),
            audience: Audience::Personal,
            certificate: Some("居民身份证".to_owned()),
        };
        let channels: Vec<ChannelId> = CHANNELS.iter().map(|&(id, _)| id.into()).collect();
        let witnesses = channels.iter().map(|channel| visit::guide(channel, &item, sound_guide())).collect();
        Self { item, others: Vec::new(), channels, witnesses }.with_code(&sound_code())
    }

    /// A case of the portal itself, without any visit.
    pub(super) fn portal() -> Self {
        let mut trial = Self::new();
        trial.item.name.clear();
        trial.witnesses.clear();
        trial
    }

    /// The case under the words of the channels.
    pub(super) fn case(&self) -> Case {
        let item = Some(self.item.clone()).filter(|item| !item.name.is_empty());
        Case { item, channels: self.channels.clone(), witnesses: self.witnesses.clone() }
    }

    pub(super) fn roll(&self) -> Roll {
        let channels = CHANNELS.iter().map(|&(id, name)| (id.into(), name.to_owned())).collect();
        let items = std::iter::once(&self.item).chain(&self.others).cloned().collect();
        Roll { channels, items, ..Roll::default() }
    }

    pub(super) fn judged(&self, check: &str) -> Judged {
        let found = CHECKS.iter().find(|known| known.id() == check);
        found.unwrap().judge(&self.case(), &self.roll())
    }

    pub(super) fn findings(&self, check: &str) -> Vec<Finding> {
        self.judged(check).findings
    }

    /// The findings in short: “pc+app element kind” or “pc element rule:R01”.
    pub(super) fn found(&self, check: &str) -> Vec<String> {
        self.findings(check).iter().map(in_short).collect()
    }

    /// Another item of the same run.
    pub(super) fn also(mut self, name: &str) -> Self {
        self.others.push(Item { name: name.to_owned(), ..Item::default() });
        self
    }

    /// The same channels, visited and listed the other way round.
    pub(super) fn channels_reversed(mut self) -> Self {
        self.channels.reverse();
        self.witnesses.reverse();
        self
    }

    pub(super) fn only(mut self, channel: &str) -> Self {
        self.channels.retain(|id| id.0 == channel);
        self.witnesses.retain(|witness| witness.visit.channel.0 == channel);
        self
    }

    pub(super) fn not_visited(mut self, channel: &str) -> Self {
        self.witnesses.retain(|witness| witness.visit.channel.0 != channel);
        self
    }

    pub(super) fn witness(mut self, witness: Witness) -> Self {
        self.witnesses.push(witness);
        self
    }

    pub(super) fn visit_on(mut self, channel: &str, change: impl Fn(&mut Witness)) -> Self {
        self.witnesses.iter_mut().filter(|witness| witness.visit.channel.0 == channel).for_each(change);
        self
    }

    /// The visit ended before anything was captured.
    pub(super) fn blocked(self, channel: &str, why: &str) -> Self {
        self.visit_on(channel, |witness| {
            witness.facts = Facts::default();
            witness.visit.captures.clear();
            visit::block(witness, why);
        })
    }

    pub(super) fn guide_on(self, channel: &str, change: impl Fn(&mut Guide)) -> Self {
        self.visit_on(channel, |witness| {
            if let Some((_, guide)) = &mut witness.facts.guide {
                change(guide);
            }
        })
    }

    /// What one channel's page says.
    pub(super) fn guide(&self, channel: &str) -> Guide {
        let mut witnesses = self.witnesses.iter().filter(|witness| witness.visit.channel.0 == channel);
        witnesses.find_map(|witness| witness.facts.guide.clone()).unwrap().1
    }

    pub(super) fn guide_everywhere(self, change: impl Fn(&mut Guide)) -> Self {
        CHANNELS.iter().fold(self, |trial, (channel, _)| trial.guide_on(channel, &change))
    }

    pub(super) fn set(self, channel: &str, element: &str, said: &str) -> Self {
        self.guide_on(channel, |guide| {
            guide.elements.insert(element.to_owned(), reading(element, said));
        })
    }

    pub(super) fn set_all(self, element: &str, said: &str) -> Self {
        CHANNELS.iter().fold(self, |trial, (channel, _)| trial.set(channel, element, said))
    }

    pub(super) fn hide(self, channel: &str, element: &str) -> Self {
        self.guide_on(channel, |guide| {
            guide.elements.remove(element);
        })
    }

    pub(super) fn hide_all(self, element: &str) -> Self {
        CHANNELS.iter().fold(self, |trial, (channel, _)| trial.hide(channel, element))
    }

    pub(super) fn doubtful(self, channel: &str, element: &str) -> Self {
        self.guide_on(channel, |guide| {
            guide.elements.get_mut(element).unwrap().sure = Sureness::Doubtful;
        })
    }

    pub(super) fn with_code(self, code: &str) -> Self {
        let mut trial = self.set_all("impl_code", code).set_all("handle_code", &format!("{code}01"));
        trial.item.code = Some(code.to_owned());
        trial
    }

    /// Asks the chatbot of one channel.
    pub(super) fn asked(self, channel: &str, question: &str, answer: &str) -> Self {
        let item = self.item.clone();
        self.witness(visit::bot(&channel.into(), &item, turn(question, answer)))
    }

    pub(super) fn asked_with_link(
        self,
        channel: &str,
        question: &str,
        answer: &str,
        probe: LinkProbe,
    ) -> Self {
        let item = self.item.clone();
        let link =
            Link { text: "办事指南".to_owned(), url: "https://pc.example/guide/1".to_owned(), probe };
        self.witness(visit::bot(&channel.into(), &item, Turn { links: vec![link], ..turn(question, answer) }))
    }

    /// A log-in visit.
    pub(super) fn login(self, channel: &str, account: &str, facts: LoginFacts) -> Self {
        self.witness(visit::login(&channel.into(), account, facts))
    }
}

/// A valid code, put together with the check digit that belongs to its organisation.
fn sound_code() -> String {
    let body = "1114050000900101X";
    let digit =
        "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().find(|&last| super::valid_uscc(&format!("{body}{last}")));
    format!("{body}{}3140700000001", digit.unwrap())
}

pub(super) fn in_short(finding: &Finding) -> String {
    let channels: Vec<&str> = finding.channels.iter().map(|id| id.0.as_str()).collect();
    let kind = match &finding.rule {
        Some(rule) if finding.kind == Kind::Rule => format!("rule:{rule}"),
        _ => finding.kind.slug().to_owned(),
    };
    format!("{} {} {kind}", channels.join("+"), finding.element)
}

fn turn(question: &str, answer: &str) -> Turn {
    Turn {
        question: question.to_owned(),
        answer: answer.to_owned(),
        links: Vec::new(),
        latency_ms: Some(300),
        capture: Some("bot.001/1".to_owned()),
    }
}

pub(super) fn reading(element: &str, said: &str) -> Reading {
    Reading {
        text: said.to_owned(),
        label: element.to_owned(),
        place: Place::Table,
        sure: Sureness::Certain,
        visible: true,
        node: 7,
        links: Vec::new(),
    }
}

pub(super) fn material(name: &str) -> Material {
    let fields = [
        ("name", name),
        ("need", "必要"),
        ("copies", "1份"),
        ("form", "纸质和电子"),
        ("type", "证件证书证明"),
    ];
    Material {
        fields: fields.iter().map(|&(id, said)| (id.to_owned(), said.to_owned())).collect(),
        links: BTreeMap::new(),
        node: 9,
    }
}

pub(super) fn sound_guide() -> Guide {
    let elements = SOUND
        .split('|')
        .filter_map(|pair| pair.split_once('='))
        .map(|(id, said)| (id.to_owned(), reading(id, said)))
        .collect();
    let chart = Medium {
        kind: MediumKind::Image,
        url: "https://pc.example/flow.svg".to_owned(),
        text: "办理流程图".to_owned(),
        loaded: Some(true),
        element: "flow".to_owned(),
        node: 8,
    };
    Guide {
        url: "https://pc.example/guide/1".to_owned(),
        title: "居民身份证换领".to_owned(),
        elements,
        rivals: BTreeMap::new(),
        materials: ["居民户口簿", "原居民身份证", "居民身份证换领登记表"].map(material).to_vec(),
        media: vec![chart],
        notes: Vec::new(),
    }
}

/// Visits of the three scenarios.
pub(super) mod visit {
    use crate::model::{Obstacle, ObstacleKind, Visit, VisitId};

    use super::{
        Capture, ChannelId, DateTime, Ending, Facts, Guide, Item, LoginFacts, ReadWhat, Turn, Witness,
    };

    fn visit(scenario: &str, channel: &ChannelId, checks: &[&str]) -> Visit {
        let id = format!("{scenario}.{channel}.001");
        let capture = Capture {
            id: format!("{id}/1"),
            what: ReadWhat::Evidence,
            url: "https://pc.example/".to_owned(),
            at_ms: 1000,
            snapshot: String::new(),
            screenshot: None,
        };
        Visit {
            checks: checks.iter().map(|&id| id.to_owned()).collect(),
            captures: vec![capture],
            ..Visit::begun(VisitId(id), scenario.to_owned(), channel.clone(), DateTime::default())
        }
    }

    pub(crate) fn block(witness: &mut Witness, why: &str) {
        witness.visit.ending = Ending::Blocked(Obstacle {
            kind: ObstacleKind::NotFound,
            said: why.to_owned(),
            line: Some(5),
            capture: None,
        });
    }

    pub(super) fn guide(channel: &ChannelId, item: &Item, guide: Guide) -> Witness {
        let mut visit = visit("guide", channel, &["guide.consistency", "guide.readability", "guide.process"]);
        visit.item = Some(item.clone());
        let capture = visit.captures[0].id.clone();
        Witness { visit, facts: Facts { guide: Some((capture, guide)), login: LoginFacts::default() } }
    }

    pub(super) fn bot(channel: &ChannelId, item: &Item, turn: Turn) -> Witness {
        let mut visit = visit("bot", channel, &["bot.intent"]);
        visit.item = Some(item.clone());
        visit.dialogue = vec![turn];
        Witness { visit, facts: Facts::default() }
    }

    pub(super) fn login(channel: &ChannelId, account: &str, login: LoginFacts) -> Witness {
        let mut visit = visit("login", channel, &["account.flow"]);
        visit.account = Some(account.to_owned());
        visit.shown_name = Some("张三".to_owned());
        Witness { visit, facts: Facts { guide: None, login } }
    }
}
