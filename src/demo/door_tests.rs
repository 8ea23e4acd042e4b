//! Tests of the doors: what a visitor is answered on each channel.

use super::{CHANNELS, Expected, Settings, State, TEST_ACCOUNTS, answer_key, router, serve};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

const WECHAT: &str = "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0.30 NetType/WIFI Language/zh_CN";

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answered {
    fn text(&self) -> String {
        let gbk =
            self.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().unwrap().contains("gbk"));
        if gbk {
            encoding_rs::GBK.decode(&self.bytes).0.into_owned()
        } else {
            String::from_utf8_lossy(&self.bytes).into_owned()
        }
    }
}

fn portal(clean: bool) -> Arc<State> {
    Arc::new(State::open(&Settings { clean, latency: Duration::ZERO, ..Settings::default() }).unwrap())
}

async fn request(state: &Arc<State>, channel: &str, request: Request<Body>) -> Answered {
    let response = router(channel, Arc::clone(state)).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answered { status: parts.status, headers: parts.headers, bytes }
}

async fn get(state: &Arc<State>, channel: &str, path: &str) -> Answered {
    let asked = Request::get(path).header(header::USER_AGENT, WECHAT).body(Body::empty()).unwrap();
    request(state, channel, asked).await
}

async fn post(state: &Arc<State>, channel: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let asked = Request::post(path)
        .header(header::USER_AGENT, WECHAT)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body));
    request(state, channel, asked.unwrap()).await
}

fn code_of(state: &State, name: &str) -> String {
    state.items.iter().find(|item| item.name == name).unwrap().code.clone()
}

#[tokio::test]
async fn every_page_of_every_channel_answers_and_carries_the_demo_mark() {
    let state = portal(false);
    let code = code_of(&state, "出生登记");
    let shared =
        ["/".to_owned(), format!("/apply/{code}"), format!("/booking/{code}"), "/nowhere".to_owned()];
    let pc = [
        format!("/guide/{code}"),
        "/search?q=1".to_owned(),
        "/list".to_owned(),
        "/login".into(),
        "/chat".into(),
    ];
    let kiosk =
        [format!("/frame/guide/{code}"), "/frame/home".into(), "/frame/search?q=1".into(), "/login".into()];
    for channel in CHANNELS {
        let own: &[String] = match channel {
            "pc" => &pc,
            "kiosk" => &kiosk,
            _ => &[],
        };
        for path in shared.iter().chain(own) {
            let answered = get(&state, channel, path).await;
            let wanted = if path == "/nowhere" { StatusCode::NOT_FOUND } else { StatusCode::OK };
            assert_eq!(answered.status, wanted, "{channel} {path}");
            let drawn_by_script = channel == "mini" && path == "/";
            assert!(drawn_by_script || answered.text().contains("演示数据"), "{channel} {path}");
        }
    }
    assert!(get(&state, "mini", "/assets/elements.js").await.text().contains("'演示数据'"));
    assert!(get(&state, "sms", "/").await.text().contains("演示数据"));
}

/// Every item's code that stands on a channel's lists, from 全部事项 by 下一页 to the end.
async fn listed_codes(state: &Arc<State>, channel: &str) -> Vec<String> {
    let mut path = match channel {
        "app" => "/api/items?",
        "kiosk" => "/frame/list",
        _ => "/list",
    }
    .to_owned();
    let mut codes = Vec::new();
    loop {
        let text = get(state, channel, &path).await.text().replace("&#x2f;", "/").replace("&amp;", "&");
        codes.extend(
            state.items.iter().filter(|item| text.contains(&item.code)).map(|item| item.code.clone()),
        );
        let Some(next) = next_address(&text) else { return codes };
        path = next.replace("#/items", "/api/items");
    }
}

/// The address of 下一页: in a link, in a button's script or in the data that a script draws.
fn next_address(text: &str) -> Option<String> {
    let (before, quote) = match text.split_once("\"next\":\"") {
        Some((_, rest)) => {
            return rest.split_once('"').map(|(to, _)| to.to_owned()).filter(|to| !to.is_empty());
        }
        None if text.contains("\">下一页") => (text.split_once("\">下一页")?.0, ['"', '\'']),
        None => return None,
    };
    before.trim_end_matches(quote).rsplit(quote).next().map(str::to_owned)
}

#[tokio::test]
async fn every_channel_lists_every_item_on_pages_that_can_be_turned() {
    let settings = Settings { clean: true, items: 200, latency: Duration::ZERO, ..Settings::default() };
    let state = Arc::new(State::open(&settings).unwrap());
    for channel in CHANNELS {
        let codes = listed_codes(&state, channel).await;
        assert_eq!(codes.len(), 200, "{channel}");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 200, "{channel}");
    }
}

#[tokio::test]
async fn the_pc_pages_are_really_gbk() {
    let state = portal(true);
    let home = get(&state, "pc", "/").await;
    assert_eq!(home.headers[header::CONTENT_TYPE], "text/html; charset=gbk");
    assert!(std::str::from_utf8(&home.bytes).is_err());
    let (text, _, broken) = encoding_rs::GBK.decode(&home.bytes);
    assert!(!broken && text.contains("晋城市政务服务平台") && text.contains("charset=gbk"));
}

#[tokio::test]
async fn the_mini_program_opens_in_wechat_only() {
    let state = portal(true);
    let asked = Request::get("/").header(header::USER_AGENT, "Chrome").body(Body::empty()).unwrap();
    let refused = request(&state, "mini", asked).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text().contains("请在微信客户端打开"));
    assert_eq!(get(&state, "mini", "/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn search_finds_colloquial_names_in_both_encodings() {
    let state = portal(true);
    for query in ["%E6%8D%A2%E8%BA%AB%E4%BB%BD%E8%AF%81", "%BB%BB%C9%ED%B7%DD%D6%A4"] {
        let found = get(&state, "pc", &format!("/search?q={query}")).await.text();
        assert!(found.contains(">居民身份证换领</a>"), "{query}");
    }
}

#[tokio::test]
async fn hostile_addresses_and_questions_are_answered_politely() {
    let state = portal(false);
    let paths = [
        "/search?q=%FF%FE%00%3Cscript%3E",
        "/search?q=%",
        "/search?&&==%%%",
        "/guide/%2e%2e%2f",
        "/list?theme=%3C",
    ];
    for channel in CHANNELS {
        for path in paths {
            let answered = get(&state, channel, path).await;
            assert!(!answered.status.is_server_error(), "{channel} {path}");
        }
    }
    let long = "办".repeat(50_000);
    let said = post(&state, "pc", "/chat", &[("question", &long)]).await;
    assert!(said.text().contains("抱歉"));
    let echoed = get(&state, "pc", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E").await.text();
    assert!(!echoed.contains("<script>alert"));
    let data = get(&state, "mini", "/search?q=%3C/script%3E%3Cb%3E").await.text();
    assert!(!data.contains("</script><b>"));
}

#[tokio::test]
async fn every_link_of_a_clean_guide_leads_somewhere() {
    let state = portal(true);
    for item in &state.items {
        let sheet = state.sheet(&item.code, "pc").unwrap();
        for row in sheet.panels.iter().flat_map(|panel| &panel.rows) {
            let forms = row.value.materials.iter().flat_map(|material| [&material.blank, &material.sample]);
            let links = row.value.links.iter().chain(forms.flatten()).map(|link| &link.href);
            for address in links.chain(row.value.image.iter().map(|image| &image.src)) {
                assert_eq!(get(&state, "pc", address).await.status, StatusCode::OK, "{address}");
            }
        }
    }
}

async fn enter(state: &Arc<State>, channel: &str, account: usize, password: &str) -> Answered {
    let account = TEST_ACCOUNTS[account];
    post(state, channel, "/code", &[("account", account.account)]).await;
    let code = get(state, "sms", &format!("/latest?account={}", account.account)).await.text();
    let path = if channel == "app" { "/api/login" } else { "/login" };
    let fields = [
        ("audience", account.audience),
        ("account", account.account),
        ("password", password),
        ("code", code.as_str()),
        ("captcha", "8888"),
    ];
    post(state, channel, path, &fields).await
}

#[tokio::test]
async fn both_accounts_log_in_on_every_channel_of_the_clean_portal() {
    let state = portal(true);
    for channel in CHANNELS {
        for (index, account) in TEST_ACCOUNTS.iter().enumerate() {
            let entered = enter(&state, channel, index, account.password).await;
            let cookie =
                entered.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
            let home = if channel == "app" { "/api/home" } else { "/" };
            let asked = Request::get(home)
                .header(header::USER_AGENT, WECHAT)
                .header(header::COOKIE, cookie)
                .body(Body::empty());
            let shown = request(&state, channel, asked.unwrap()).await.text();
            assert!(shown.contains(account.shown_name), "{channel}");
            let refused = enter(&state, channel, index, "wrong").await;
            assert!(refused.headers.get(header::SET_COOKIE).is_none());
            assert!(refused.text().contains("账号或密码不正确，请核对后重试"), "{channel}");
        }
    }
}

#[tokio::test]
async fn the_planted_login_faults_are_seen() {
    let state = portal(false);
    assert!(enter(&state, "kiosk", 1, TEST_ACCOUNTS[1].password).await.text().contains("系统繁忙"));
    assert!(
        enter(&state, "kiosk", 0, TEST_ACCOUNTS[0].password).await.headers.contains_key(header::SET_COOKIE)
    );
    assert!(!get(&state, "kiosk", "/login").await.text().contains("语音播报"));
    assert!(get(&portal(true), "kiosk", "/login").await.text().contains("语音播报"));
    assert!(enter(&state, "mini", 0, "wrong").await.text().contains("\"words\":\"\""));
    assert!(enter(&state, "app", 0, "wrong").await.text().contains("NullPointerException"));
}

async fn asked(state: &Arc<State>, channel: &str, question: &str) -> serde_json::Value {
    let path = if channel == "app" { "/api/chat" } else { "/chat" };
    let said = post(state, channel, path, &[("question", question)]).await;
    let json: serde_json::Value = serde_json::from_slice(&said.bytes).unwrap();
    if channel == "app" { json["data"].clone() } else { json }
}

#[tokio::test]
async fn the_clean_chatbot_answers_every_item_by_every_name() {
    let state = portal(true);
    for item in &state.items {
        for name in item.daily.iter().chain([&item.name]) {
            let how = asked(&state, "pc", &format!("{name}怎么办理？")).await;
            assert_eq!(how["guide"], item.code.as_str(), "{name}");
            assert!(how.to_string().contains("受理"));
            let materials = asked(&state, "mini", &format!("{name}需要提交什么材料？")).await;
            assert_eq!(materials["guide"], item.code.as_str(), "{name}");
            assert!(
                item.materials.iter().all(|material| materials.to_string().contains(&material.name)),
                "{name}"
            );
            let offered = asked(&state, "kiosk", name).await;
            assert!(offered["options"].to_string().contains(&item.name), "{name}");
        }
        if let Some(certificate) = &item.certificate {
            let expiry = asked(&state, "app", &format!("{}什么时候到期？", certificate.name)).await;
            assert!(expiry.to_string().contains(&certificate.validity), "{}", certificate.name);
        }
    }
    assert!(asked(&state, "pc", "今天天气好吗").await.to_string().contains("抱歉，我没有听懂您的问题"));
}

/// The faults whose questions are answered differently on the faulty portal.
#[tokio::test]
async fn the_chatbots_answer_differently_exactly_where_the_key_says() {
    let (clean, faulty) = (portal(true), portal(false));
    let key: Vec<Expected> = answer_key(&Settings::default());
    let holders: BTreeSet<_> = key
        .iter()
        .filter(|entry| entry.check == "bot.intent")
        .map(|entry| (entry.item.clone(), entry.channels[0].clone(), entry.element.clone()))
        .collect();
    let guides: BTreeSet<_> = key
        .iter()
        .flat_map(|entry| entry.channels.iter().map(|at| (entry.item.clone(), at.clone())))
        .collect();
    for item in &clean.items {
        for channel in CHANNELS {
            let name = &item.daily[0];
            let expiry = item.certificate.as_ref().map_or(name, |certificate| &certificate.name);
            let questions = [
                ("how", format!("{name}怎么办理？")),
                ("materials", format!("{name}需要提交什么材料？")),
                ("expiry", format!("{expiry}什么时候到期？")),
            ];
            for (form, question) in questions {
                let same =
                    asked(&clean, channel, &question).await == asked(&faulty, channel, &question).await;
                let planted = holders.contains(&(item.name.clone(), channel.to_owned(), form.to_owned()));
                let guide_is_faulty = guides.contains(&(item.name.clone(), channel.to_owned()));
                assert!(!(planted && same), "{channel} {question} is answered as in the clean portal");
                assert!(planted || same || guide_is_faulty, "{channel} {question} is answered differently");
            }
        }
    }
}

#[tokio::test]
async fn a_broken_flow_chart_and_a_dead_guide_link_are_really_gone() {
    let state = portal(false);
    let code = code_of(&state, "出生登记");
    let sheet = state.sheet(&code, "app").unwrap();
    let image =
        sheet.panels.iter().flat_map(|panel| &panel.rows).find_map(|row| row.value.image.clone()).unwrap();
    assert_eq!(get(&state, "app", &image.src).await.status, StatusCode::NOT_FOUND);
    let answer = asked(&state, "pc", "出生登记怎么办理？").await;
    let link = format!("/guide/{}", answer["guide"].as_str().unwrap());
    assert_eq!(get(&state, "pc", &link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_submission_is_counted() {
    let state = portal(true);
    assert_eq!(state.submissions(), 0);
    post(&state, "app", "/submit", &[("item", "x")]).await;
    assert_eq!(state.submissions(), 1);
}

#[tokio::test]
async fn a_channel_that_is_down_refuses_connections_and_the_others_answer() {
    let settings = Settings { down: BTreeSet::from(["app".to_owned()]), ..Settings::default() };
    let portal = serve(settings).await.unwrap();
    assert_eq!(portal.addresses().len(), 5);
    assert_eq!((portal.items().len(), portal.submissions()), (40, 0));
    let host = |channel: &str| {
        portal.addresses()[channel].trim_start_matches("http://").trim_end_matches('/').to_owned()
    };
    assert!(tokio::net::TcpStream::connect(host("pc")).await.is_ok());
    assert!(tokio::net::TcpStream::connect(host("app")).await.is_err());
    let closed = host("pc");
    portal.close().await;
    assert!(tokio::net::TcpStream::connect(closed).await.is_err());
}
