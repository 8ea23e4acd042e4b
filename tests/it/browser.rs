//! The browser room against a real Chromium, on small pages of our own. Without chromedriver and Chromium these tests fail
//! and say so.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::io::AsyncBufReadExt;
use url::Url;
use zoutong::browser::http::PlainHttp;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::browser::{Act, Browser, BrowserError, Landing, Missed, MissedWhy, Session, Tried};
use zoutong::model::{Device, LinkProbe, Locator, Snapshot, Speed, Typing};

const PATIENT: Duration = Duration::from_secs(5);
const BRIEF: Duration = Duration::from_millis(700);

/// A server of the fixture pages on a free port, for the length of a test.
struct Pages {
    base: Url,
}

impl Pages {
    async fn serve() -> Self {
        let app = Router::new()
            .route("/slow", get(slow))
            .route("/dot.gif", get(dot))
            .route("/big/{kind}", get(big))
            .route("/gbk.html", get(gbk))
            .route("/found", get(found))
            .route("/cookie", get(cookie))
            .route("/{name}", get(page));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { base }
    }

    fn at(&self, page: &str) -> Url {
        self.base.join(page).unwrap()
    }
}

async fn page(Path(name): Path<String>) -> Response {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages").join(&name);
    match tokio::fs::read(path).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "没有这个页面").into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Slow {
    ms: u64,
}

async fn slow(Query(Slow { ms }): Query<Slow>) -> &'static str {
    tokio::time::sleep(Duration::from_millis(ms)).await;
    "迟到的内容"
}

async fn dot() -> Response {
    let gif: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    ([(header::CONTENT_TYPE, "image/gif")], gif).into_response()
}

async fn big(Path(kind): Path<String>) -> Response {
    let body = match kind.as_str() {
        "deep" => format!("{}最里面{}", "<div>".repeat(10_000), "</div>".repeat(10_000)),
        "wide" => "<p>一行</p>".repeat(50_000),
        _ => format!("<dl><dt>要素</dt><dd>{}</dd></dl>", "内容".repeat(20)).repeat(400),
    };
    let page = format!("<!doctype html><meta charset=utf-8><title>大</title><body>{body}");
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

async fn gbk() -> Response {
    let (bytes, _, _) = encoding_rs::GBK.encode(
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>政务服务</title></head><body><p>办理时限：二十个工作日</p>\
         <p style='display:none'>看不见</p><a href='/next.html'>下一页</a><form action='/found'><input name='q' placeholder='请输入关键字'><button>搜索</button></form></body></html>",
    );
    ([(header::CONTENT_TYPE, "text/html")], bytes.into_owned()).into_response()
}

async fn found(Query(asked): Query<std::collections::BTreeMap<String, String>>) -> Response {
    let page = format!("<!doctype html><meta charset=utf-8><title>结果</title><p>搜到：{}</p>", asked["q"]);
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

async fn cookie(headers: axum::http::HeaderMap) -> Response {
    let known = headers.contains_key(header::COOKIE);
    let page = format!(
        "<!doctype html><meta charset=utf-8><p>{}</p><p id=s></p><script>document.getElementById('s').textContent=\
         (sessionStorage.x?'会话记得':'会话不记得')+(localStorage.x?'本地记得':'本地不记得');sessionStorage.x=1;localStorage.x=1;</script>",
        if known { "服务器记得" } else { "服务器不记得" }
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::SET_COOKIE, "a=b; Path=/")], page)
        .into_response()
}

fn chromium() -> WebDriver {
    WebDriver::local(&LocalOptions::default()).expect(
        "these tests need chromedriver and Chromium: apt-get install chromium-driver chromium-headless-shell",
    )
}

/// A browser with one session at a page.
struct At {
    browser: WebDriver,
    session: Box<dyn Session>,
    pages: Pages,
}

impl At {
    async fn page(page: &str) -> Self {
        Self::on(page, &Device::default()).await
    }

    async fn on(page: &str, device: &Device) -> Self {
        let pages = Pages::serve().await;
        let browser = chromium();
        let mut session = browser.open(device, Speed::Painted).await.unwrap();
        let landing = session.goto(&pages.at(page)).await.unwrap();
        assert!(matches!(landing, Landing::Page { status: Some(200), .. }), "{landing:?}");
        Self { browser, session, pages }
    }

    async fn act(&mut self, act: Act) -> Tried {
        self.session.act(&act, PATIENT).await.unwrap()
    }

    async fn tap(&mut self, locator: Locator) {
        let tried = self.act(Act::Tap(vec![locator.clone()])).await;
        assert!(matches!(tried, Tried::Done(_)), "{locator:?}: {tried:?}");
    }

    async fn type_into(&mut self, locator: Locator, text: &str) {
        let act = Act::Type { into: vec![locator.clone()], text: text.to_owned(), typing: Typing::Keyboard };
        let tried = self.act(act).await;
        assert!(matches!(tried, Tried::Done(_)), "{locator:?}: {tried:?}");
    }

    async fn says(&mut self, text: &str) {
        let snapshot = self.session.snapshot().await.unwrap();
        assert!(visible(&snapshot).contains(text), "{text} not in {}", visible(&snapshot));
    }

    async fn end(self) {
        self.session.close().await;
        self.browser.close().await;
    }
}

fn visible(snapshot: &Snapshot) -> String {
    let words = snapshot.nodes.iter().filter(|node| !node.hidden && node.is_text());
    words.map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn everything(snapshot: &Snapshot) -> String {
    snapshot.nodes.iter().map(|node| node.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn seen(words: &str) -> Locator {
    Locator::Seen(words.to_owned())
}

#[tokio::test]
async fn each_kind_of_locator_finds_what_a_person_means() {
    let mut at = At::page("locators.html").await;
    let cases = [
        (seen("社保查询"), "点了链接"),
        (seen("我要办事"), "点了按钮"),
        (seen("下一步"), "点了输入按钮"),
        (seen("语音播报"), "点了图片"),
        (seen("搜索一下"), "点了名称"),
        (seen("公积金提取"), "点了列表"),
        (Locator::Text("在线预约".to_owned()), "点了角色"),
        (Locator::Role("button".to_owned(), Some("在线预约".to_owned())), "点了角色"),
        (Locator::Role("link".to_owned(), Some("社保查询".to_owned())), "点了链接"),
        (Locator::Css("input[type=button]".to_owned()), "点了输入按钮"),
        (Locator::XPath("//li[contains(., '提取')]".to_owned()), "点了列表"),
        (seen("滚动面板里的链接"), "点了底部"),
        (seen("我已阅读并同意"), "点了同意=true"),
        (Locator::Css("#agree".to_owned()), "点了同意=false"),
    ];
    for (locator, expected) in cases {
        at.tap(locator).await;
        at.says(expected).await;
    }
    at.says("trusted=true").await;
    at.end().await;
}

#[tokio::test]
async fn fields_are_found_by_what_stands_beside_them_and_take_text() {
    let mut at = At::page("locators.html").await;
    let fields = [
        (seen("姓名"), "name", "王小明"),
        (seen("手机号码"), "phone", "13800000000"),
        (seen("证件号码"), "card", "1401"),
        (seen("联系地址"), "address", "太原"),
        (seen("电子邮箱"), "mail", "a@b.c"),
        (Locator::Label("备注".to_owned()), "note", "两行\n文字"),
        (seen("出生日期"), "born", "2001-02-03"),
        (seen("姓名"), "name", "换了"),
    ];
    for (locator, id, text) in fields {
        at.type_into(locator, text).await;
        let title = at.session.snapshot().await.unwrap().title;
        assert_eq!(title, format!("{id}={}", text.replace('\n', " ")), "{id}");
    }
    at.type_into(seen("留言"), "富文本").await;
    at.end().await;
}

#[tokio::test]
async fn an_option_is_chosen_by_its_words_even_with_quotes_in_them() {
    let mut at = At::page("locators.html").await;
    for (option, value) in [("太原市", "ty"), ("O'Brien \"县\"", "o'b")] {
        let act = Act::Choose { from: vec![seen("所在城市")], option: option.to_owned() };
        assert!(matches!(at.act(act).await, Tried::Done(_)));
        at.says(&format!("点了城市={value}")).await;
    }
    let act = Act::Choose { from: vec![seen("所在城市")], option: "火星".to_owned() };
    let Tried::Missed(missed) = at.session.act(&act, BRIEF).await.unwrap() else {
        panic!("there is no such option")
    };
    assert_eq!(missed.why, MissedWhy::NoSuchOption);
    assert!(missed.nearby.contains(&"太原市".to_owned()));
    at.end().await;
}

#[tokio::test]
async fn the_second_locator_counts_when_the_first_finds_nothing() {
    let mut at = At::page("locators.html").await;
    let Tried::Done(acted) =
        at.act(Act::Tap(vec![Locator::Css("#nowhere".to_owned()), seen("下一步")])).await
    else {
        panic!("the second is there")
    };
    assert_eq!(acted.locator, Some(1));
    let words = at.session.words_of(&[seen("公积金提取")], BRIEF).await.unwrap();
    assert_eq!(words.as_deref(), Some("公积金提取"));
    assert_eq!(at.session.words_of(&[Locator::Css("][".to_owned())], Duration::ZERO).await.unwrap(), None);
    at.end().await;
}

#[tokio::test]
async fn open_shadow_roots_are_walked() {
    let mut at = At::page("shadow.html").await;
    at.tap(seen("深处的按钮")).await;
    at.says("点了深处").await;
    at.type_into(seen("深处的输入框"), "字").await;
    at.says("写了字").await;
    at.tap(Locator::Css("button.deep".to_owned())).await;
    let snapshot = at.session.snapshot().await.unwrap();
    assert_eq!(snapshot.nodes.iter().filter(|node| node.tag == "#shadow").count(), 2);
    at.end().await;
}

/// The browsers of a driver's process group, without the processes that each of them has.
fn browsers_of(group: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_one = |pid: &u32| {
        let of = |what: &str| std::fs::read_to_string(format!("/proc/{pid}/{what}")).unwrap_or_default();
        let (stat, line) = (of("stat"), of("cmdline"));
        let rest: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        let alive = rest.first().is_some_and(|state| *state != "Z");
        alive
            && rest.get(2) == Some(&group.to_string().as_str())
            && line.contains("--remote-debugging-")
            && !line.contains("--type=")
    };
    processes.filter(is_one).collect()
}

#[tokio::test]
async fn a_session_that_is_closed_leaves_no_browser_behind() {
    let browser = chromium();
    let kept = browser.open(&Device::default(), Speed::Painted).await.unwrap();
    let group = browser.process_group().await.unwrap();
    let alone = browsers_of(group).len();
    assert!(alone >= 1);
    let second = browser.open(&Device::default(), Speed::Painted).await.unwrap();
    assert!(browsers_of(group).len() > alone);
    second.close().await;
    let closed = Instant::now();
    while browsers_of(group).len() > alone {
        assert!(closed.elapsed() < PATIENT, "still running: {:?}", browsers_of(group));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    kept.close().await;
    browser.close().await;
}

#[tokio::test]
async fn a_frame_that_is_steered_from_outside_is_waited_for() {
    let pages = Pages::serve().await;
    let browser = chromium();
    let mut session = browser.open(&Device::default(), Speed::Painted).await.unwrap();
    session.goto(&pages.at("steered.html")).await.unwrap();
    session.act(&Act::Tap(vec![Locator::Text("下一页".to_owned())]), PATIENT).await.unwrap();
    let snapshot = session.snapshot().await.unwrap();
    assert!(snapshot.nodes.iter().any(|node| node.text == "迟到的内容"), "{snapshot:?}");
    session.close().await;
    browser.close().await;
}

#[tokio::test]
async fn nested_frames_of_the_same_origin_are_walked() {
    let mut at = At::page("frames.html").await;
    at.tap(seen("框架里的按钮")).await;
    at.says("点了内层").await;
    at.type_into(seen("框架里的字段"), "帧").await;
    at.says("写了帧").await;
    let snapshot = at.session.snapshot().await.unwrap();
    assert_eq!(snapshot.nodes.iter().filter(|node| node.tag == "#frame").count(), 2);
    at.end().await;
}

#[tokio::test]
async fn a_tap_waits_until_its_target_is_free_still_and_enabled() {
    for (hash, button, said) in [
        ("#cover", "被遮住的按钮", "点了covered"),
        ("#move", "移动的按钮", "点了moving"),
        ("#late", "稍后可用", "点了late"),
    ] {
        let mut at = At::page(&format!("waiting.html{hash}")).await;
        at.tap(seen(button)).await;
        at.says(said).await;
        at.end().await;
    }
}

#[tokio::test]
async fn a_target_that_cannot_be_touched_is_missed_with_the_reason() {
    let mut at = At::page("waiting.html#stay").await;
    let cases = [
        ("被遮住的按钮", MissedWhy::Covered),
        ("永远不可用", MissedWhy::Disabled),
        ("看不见的按钮", MissedWhy::Hidden),
        ("没有的按钮甲乙丙", MissedWhy::NotFound),
    ];
    for (words, expected) in cases {
        let tried = at.session.act(&Act::Tap(vec![seen(words)]), BRIEF).await.unwrap();
        let Tried::Missed(Missed { why, nearby }) = tried else { panic!("{words} cannot be tapped") };
        assert_eq!(why, expected, "{words}");
        assert!(nearby.iter().any(|near| near.contains("按钮")), "{nearby:?}");
    }
    at.end().await;
}

#[tokio::test]
async fn what_goes_away_is_waited_for() {
    let mut at = At::page("waiting.html#gone").await;
    assert!(matches!(at.act(Act::AwaitGone(vec![seen("正在处理，请勿离开")])).await, Tried::Done(_)));
    assert!(matches!(at.act(Act::Await(vec![seen("被遮住的按钮")])).await, Tried::Done(_)));
    at.end().await;
}

#[tokio::test]
async fn a_page_that_renders_late_is_waited_for_and_a_tap_may_lead_away() {
    let mut at = At::page("spa.html").await;
    at.says("迟到的内容").await;
    at.tap(seen("弹框")).await;
    let snapshot = at.session.snapshot().await.unwrap();
    assert!(snapshot.notes.iter().any(|note| note.contains("请先登录")), "{:?}", snapshot.notes);
    at.tap(seen("去下一页")).await;
    at.tap(seen("再按一下")).await;
    at.says("按过了").await;
    assert!(at.session.url().await.unwrap().path().ends_with("next.html"));
    assert!(matches!(at.act(Act::Back).await, Tried::Done(_)));
    at.tap(seen("新窗口打开")).await;
    at.says("到了下一页").await;
    assert!(matches!(at.act(Act::Back).await, Tried::Done(_)));
    at.says("迟到的内容").await;
    at.end().await;
}

#[tokio::test]
async fn text_is_typed_on_a_keyboard_that_the_page_draws() {
    let device = Device { width: 1080, height: 1920, touch: true, ..Device::default() };
    let mut at = At::on("keyboard.html", &device).await;
    let typing = Typing::OnScreen {
        keyboard: vec![Locator::Css("#board".to_owned())],
        capitals: Some("大写".to_owned()),
        done: Some("完成".to_owned()),
    };
    for (text, taps) in [("ab12", "5"), ("xY9", "14")] {
        let act = Act::Type { into: vec![seen("取件码")], text: text.to_owned(), typing: typing.clone() };
        let tried = at.act(act).await;
        assert!(matches!(tried, Tried::Done(_)), "{tried:?}");
        at.says(&format!("码={text}")).await;
        at.says(taps).await;
    }
    let act = Act::Type { into: vec![seen("备注")], text: "直接".to_owned(), typing };
    assert!(matches!(at.act(act).await, Tried::Done(_)));
    at.says("备注=直接").await;
    at.end().await;
}

#[tokio::test]
async fn unfolding_opens_everything_and_presses_nothing_that_matters() {
    let mut at = At::page("fold.html").await;
    let opened = at.session.unfold().await.unwrap();
    assert!(opened >= 6, "{opened}");
    let snapshot = at.session.snapshot().await.unwrap();
    let all = everything(&snapshot);
    for text in [
        "可以代办",
        "身份证原件",
        "受理、审核、办结",
        "年满十八周岁",
        "本市户籍",
        "办理地点在三楼",
        "收费依据甲",
        "法律依据乙",
    ] {
        assert!(all.contains(text), "{text} not in {all}");
    }
    let shown = visible(&snapshot);
    assert!(
        shown.contains("事项编码 001") && shown.contains("收费依据甲"),
        "back at the first tabs: {shown}"
    );
    assert!(!shown.contains("不该点") && !shown.contains("离开了"), "{shown}");
    assert!(at.session.url().await.unwrap().path().ends_with("fold.html"));
    at.end().await;
}

#[tokio::test]
async fn an_answer_is_heard_without_the_echo_of_the_question() {
    let mut at = At::page("chat.html").await;
    at.type_into(seen("请输入您的问题"), "身份证丢了怎么办").await;
    at.session.listen().await.unwrap();
    at.tap(seen("发送")).await;
    let heard = at
        .session
        .heard("身份证丢了怎么办", Duration::from_millis(400), Duration::from_secs(6))
        .await
        .unwrap();
    assert_eq!(heard.text, "身份证补领需要户口簿，详见办事指南\n满意请点赞");
    assert_eq!(heard.links.len(), 1);
    assert_eq!(heard.links[0].url, at.pages.at("/guide/1").as_str());
    let first = heard.first_after.unwrap();
    assert!(first >= Duration::from_millis(250) && first < Duration::from_millis(550), "{first:?}");
    at.session.listen().await.unwrap();
    let silence = at.session.heard("", Duration::from_millis(100), Duration::from_millis(500)).await.unwrap();
    assert_eq!((silence.text.as_str(), silence.first_after), ("", None));
    at.end().await;
}

#[tokio::test]
async fn a_snapshot_flags_what_is_hidden_and_never_holds_what_was_typed() {
    let mut at = At::page("secret.html").await;
    let empty = at.session.screenshot().await.unwrap().unwrap();
    at.type_into(seen("账号"), "13912345678").await;
    at.type_into(seen("密码"), "hunter2").await;
    let snapshot = at.session.snapshot().await.unwrap();
    let written = serde_json::to_string(&snapshot).unwrap();
    assert!(!written.contains("hunter2") && !written.contains("13912345678"));
    let node = |id: &str| snapshot.nodes.iter().find(|node| node.attr("id") == Some(id)).unwrap();
    assert_eq!((node("user").attr("filled"), node("pass").attr("filled")), (Some("true"), Some("true")));
    let hidden = |text: &str| snapshot.nodes.iter().find(|node| node.text == text).unwrap().hidden;
    assert!(hidden("藏着的文字") && hidden("折起的文字") && !hidden("粗体"));
    let bold = snapshot.nodes.iter().find(|node| node.tag == "b").unwrap();
    assert!(bold.bold && bold.font_size == Some(22.0) && bold.rect.is_some());
    let loaded: Vec<_> = snapshot.nodes.iter().filter_map(|node| node.attr("loaded")).collect();
    assert_eq!(loaded, ["false", "true"]);
    assert!(snapshot.nodes.iter().any(|node| node.tag == "meta" && node.attr("content") == Some("登录页")));
    let filled = at.session.screenshot().await.unwrap().unwrap();
    assert_eq!(&filled.bytes[..2], [0xFF, 0xD8]);
    // A box of one colour costs a JPEG little; readable characters would cost more than the empty field did.
    assert!(filled.bytes.len() < empty.bytes.len() + 1500, "{} {}", filled.bytes.len(), empty.bytes.len());
    at.end().await;
}

#[tokio::test]
async fn monstrous_pages_are_bounded() {
    let mut at = At::page("big/deep").await;
    let deep = at.session.snapshot().await.unwrap();
    assert!(deep.nodes.len() > 400, "{}", deep.nodes.len());
    let begun = Instant::now();
    at.session.goto(&at.pages.at("big/wide")).await.unwrap();
    let wide = at.session.snapshot().await.unwrap();
    assert_eq!(wide.nodes.len(), 60_000);
    assert!(wide.notes.iter().any(|note| note.contains("60000")), "{:?}", wide.notes);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    at.end().await;
}

#[tokio::test]
async fn an_address_where_nobody_listens_is_unreachable_and_the_session_goes_on() {
    let mut at = At::page("next.html").await;
    let nobody = Url::parse("http://127.0.0.1:9/").unwrap();
    assert!(matches!(at.session.goto(&nobody).await.unwrap(), Landing::Unreachable(_)));
    let missing = at.session.goto(&at.pages.at("nothing.html")).await.unwrap();
    assert!(matches!(missing, Landing::Page { status: Some(404), .. }), "{missing:?}");
    at.end().await;
}

#[tokio::test]
async fn a_stranger_begins_anew() {
    let mut at = At::page("cookie").await;
    at.session.goto(&at.pages.at("cookie")).await.unwrap();
    at.says("服务器记得").await;
    at.says("会话记得本地记得").await;
    at.session.forget().await.unwrap();
    at.session.goto(&at.pages.at("cookie")).await.unwrap();
    at.says("服务器不记得").await;
    at.says("会话不记得本地不记得").await;
    at.end().await;
}

/// The living processes of a process group, by their ids.
fn group_members(group: u32) -> Vec<u32> {
    let mut members = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((_, rest)) = stat.rsplit_once(") ") else { continue };
        let fields: Vec<&str> = rest.split(' ').collect();
        if fields[0] != "Z" && fields[2].parse() == Ok(group) {
            members.push(pid);
        }
    }
    members
}

async fn gone_soon(group: u32) -> bool {
    let until = Instant::now() + Duration::from_secs(3);
    while Instant::now() < until {
        if group_members(group).is_empty() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    false
}

#[tokio::test]
async fn a_browser_that_is_dropped_or_closed_leaves_no_process() {
    for orderly in [true, false] {
        let at = At::page("next.html").await;
        let group = at.browser.process_group().await.unwrap();
        assert!(group_members(group).len() > 3, "chromedriver, its watchdog and a browser");
        if orderly {
            at.end().await;
        } else {
            drop(at);
        }
        assert!(gone_soon(group).await, "left: {:?}", group_members(group));
    }
}

#[tokio::test]
async fn a_driver_that_is_killed_is_lost_soon_and_replaced() {
    let mut at = At::page("next.html").await;
    let group = at.browser.process_group().await.unwrap();
    nix::sys::signal::kill(
        nix::unistd::Pid::from_raw(group.cast_signed()),
        nix::sys::signal::Signal::SIGKILL,
    )
    .unwrap();
    let begun = Instant::now();
    let lost = at.session.forget().await;
    assert!(matches!(lost, Err(BrowserError::Lost { .. })), "{lost:?}");
    assert!(matches!(at.session.url().await, Err(BrowserError::Lost { .. })));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let mut again = at.browser.open(&Device::default(), Speed::Painted).await.unwrap();
    again.goto(&at.pages.at("next.html")).await.unwrap();
    assert!(gone_soon(group).await, "left: {:?}", group_members(group));
    again.close().await;
    at.browser.close().await;
}

#[tokio::test]
async fn two_sessions_work_side_by_side_each_with_its_own_device() {
    let pages = Pages::serve().await;
    let browser = chromium();
    let phone = Device {
        width: 390,
        height: 844,
        pixel_ratio: 3.0,
        mobile: true,
        touch: true,
        user_agent: Some("Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 miniProgram/wx1".to_owned()),
    };
    let kiosk = Device { width: 1080, height: 1920, touch: true, ..Device::default() };
    let show = Url::parse("data:text/html,<meta name=viewport content='width=device-width'><p id=p></p><script>p.textContent=innerWidth+'x'+innerHeight+' '+navigator.userAgent</script>").unwrap();
    let look = async |device: &Device| {
        let mut session = browser.open(device, Speed::Painted).await.unwrap();
        session.goto(&show).await.unwrap();
        let first = visible(&session.snapshot().await.unwrap());
        session.forget().await.unwrap();
        session.goto(&show).await.unwrap();
        let second = visible(&session.snapshot().await.unwrap());
        assert_eq!(first, second, "a fresh window is the same device");
        session.goto(&pages.at("next.html")).await.unwrap();
        let tried = session.act(&Act::Tap(vec![seen("再按一下")]), PATIENT).await.unwrap();
        assert!(matches!(tried, Tried::Done(_)), "{tried:?}");
        session.close().await;
        first
    };
    let (on_phone, on_kiosk) = tokio::join!(look(&phone), look(&kiosk));
    assert!(on_phone.starts_with("390x844 ") && on_phone.contains("MicroMessenger"), "{on_phone}");
    assert!(on_kiosk.starts_with("1080x1920 ") && on_kiosk.contains(" zoutong/"), "{on_kiosk}");
    assert!(!on_kiosk.contains("Headless"), "{on_kiosk}");
    browser.close().await;
}

#[tokio::test]
async fn a_page_in_gbk_is_read_over_plain_http_and_its_search_form_sent() {
    let pages = Pages::serve().await;
    let http = PlainHttp::new().unwrap();
    let mut session = http.open(&Device::default(), Speed::Http).await.unwrap();
    assert!(matches!(
        session.goto(&pages.at("gbk.html")).await.unwrap(),
        Landing::Page { status: Some(200), .. }
    ));
    let snapshot = session.snapshot().await.unwrap();
    assert_eq!(snapshot.title, "政务服务");
    assert!(visible(&snapshot).contains("二十个工作日") && !visible(&snapshot).contains("看不见"));
    let act =
        Act::Type {
            into: vec![seen("请输入关键字")], text: "身份证".to_owned(), typing: Typing::Keyboard
        };
    assert!(matches!(session.act(&act, PATIENT).await.unwrap(), Tried::Done(_)));
    assert!(matches!(session.act(&Act::Press("Enter".to_owned()), PATIENT).await.unwrap(), Tried::Done(_)));
    assert!(visible(&session.snapshot().await.unwrap()).contains("搜到：身份证"));
    assert!(matches!(session.act(&Act::Back, PATIENT).await.unwrap(), Tried::Done(_)));
    assert!(matches!(session.act(&Act::Tap(vec![seen("下一页")]), PATIENT).await.unwrap(), Tried::Done(_)));
    assert!(session.url().await.unwrap().path().ends_with("next.html"));
    assert_eq!(http.probe(&pages.at("nothing.html"), None).await, LinkProbe::Status(404));
    assert!(matches!(
        http.probe(&Url::parse("http://127.0.0.1:9/").unwrap(), None).await,
        LinkProbe::Unreachable(_)
    ));
    assert_eq!(http.fetch_text(&pages.at("slow?ms=1")).await.unwrap(), "迟到的内容");
}

/// Plays both parts: the program that is killed so hard that it cannot clean up, and the one that looks on.
#[tokio::test]
async fn a_program_that_is_killed_outright_leaves_no_browser() {
    const VICTIM: &str = "ZOUTONG_TEST_VICTIM";
    if std::env::var_os(VICTIM).is_some() {
        let at = At::page("next.html").await;
        println!("group {}", at.browser.process_group().await.unwrap());
        tokio::time::sleep(Duration::from_secs(30)).await;
        return;
    }
    let mut victim = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "browser::a_program_that_is_killed_outright_leaves_no_browser", "--nocapture"])
        .env(VICTIM, "1")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = tokio::io::BufReader::new(victim.stdout.take().unwrap()).lines();
    let group = loop {
        let line = lines.next_line().await.unwrap().expect("the victim says its group");
        if let Some((_, group)) = line.split_once("group ") {
            break group.trim().parse::<u32>().unwrap();
        }
    };
    assert!(group_members(group).len() > 3);
    let environment = std::fs::read_to_string(format!("/proc/{group}/environ")).unwrap();
    let folder = environment.split('\0').find_map(|entry| entry.strip_prefix("TMPDIR=")).unwrap().to_owned();
    victim.kill().await.unwrap();
    assert!(gone_soon(group).await, "left: {:?}", group_members(group));
    assert!(!std::path::Path::new(&folder).exists(), "{folder}");
}

#[tokio::test]
async fn a_page_that_hangs_is_lost_in_bounded_time() {
    let mut at = At::page("hang.html").await;
    let begun = Instant::now();
    let tried = at.session.act(&Act::Tap(vec![seen("卡死")]), PATIENT).await;
    assert!(matches!(tried, Err(BrowserError::Lost { .. })), "{tried:?}");
    assert!(begun.elapsed() < Duration::from_secs(22), "{:?}", begun.elapsed());
    let begun = Instant::now();
    assert!(at.session.snapshot().await.is_err());
    assert!(begun.elapsed() < Duration::from_millis(100), "what is lost fails at once");
    let group = at.browser.process_group().await.unwrap();
    at.end().await;
    assert!(gone_soon(group).await, "left: {:?}", group_members(group));
}

#[tokio::test]
async fn at_light_speed_the_words_are_the_same_and_pictures_are_not_judged() {
    let pages = Pages::serve().await;
    let browser = chromium();
    let mut session = browser.open(&Device::default(), Speed::Light).await.unwrap();
    session.goto(&pages.at("secret.html")).await.unwrap();
    let snapshot = session.snapshot().await.unwrap();
    assert!(visible(&snapshot).contains("粗体") && !visible(&snapshot).contains("藏着的文字"));
    assert!(snapshot.nodes.iter().all(|node| node.attr("loaded").is_none()));
    assert_eq!((snapshot.speed, session.screenshot().await.unwrap()), (Speed::Light, None));
    session.close().await;
    browser.close().await;
}

#[tokio::test]
async fn at_light_speed_what_waits_to_be_scrolled_to_is_there_and_buttons_can_be_pressed() {
    let pages = Pages::serve().await;
    let browser = chromium();
    let mut session = browser.open(&Device::default(), Speed::Light).await.unwrap();
    session.goto(&pages.at("lazy.html")).await.unwrap();
    let snapshot = session.snapshot().await.unwrap();
    let words = visible(&snapshot);
    assert!(words.contains("滚动到这里才有的内容"), "{words}");
    assert!(!words.contains("面板里的内容") && !words.contains("隐形的文字"), "{words}");
    assert!(snapshot.nodes.iter().all(|node| node.rect.is_none()), "nothing was laid out");
    let tried = session.act(&Act::Tap(vec![seen("展开")]), PATIENT).await.unwrap();
    assert!(matches!(tried, Tried::Done(_)), "{tried:?}");
    assert!(visible(&session.snapshot().await.unwrap()).contains("面板里的内容"));
    session.close().await;
    browser.close().await;
}
