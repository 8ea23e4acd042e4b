//! A portal for measuring: 200 different guide pages of about 60 KB, all invented, with the weight that real portals have
//! (a menu of 260 links, 25 KB of styles, 91 KB of script, eight pictures of 150 KB, a font of 760 KB). `benches/guides.sh`
//! runs it.
//!
//! `/guide/N` is rendered by the server, `/spa/N` by a script that asks `/api/guide/N`, which takes 50 ms to answer.
#![expect(clippy::print_stdout, reason = "a measuring program prints its address")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// How many pages there are.
const PAGES: usize = 200;
/// Bytes of one page.
const PAGE_BYTES: usize = 60_000;
const MENU_LINKS: usize = 260;
const PICTURES: usize = 8;
const PICTURE_SIDE: u32 = 224;
const LATENCY: Duration = Duration::from_millis(50);
/// A font of the weight of a subset Chinese web font; the page goes without where it is not installed.
const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// The 40 fields: the class of the cell, the label, and what stands there (`#` is the page's number, `~` a long text).
const FIELDS: [(&str, &str, &str); 40] = [
    ("item_name", "事项名称", "城镇户外牌匾第#号设置登记"),
    ("daily_name", "日常用语", "挂牌匾登记#"),
    ("item_type", "事项类型", "行政许可"),
    ("base_code", "基本编码", "000117#001"),
    ("impl_code", "实施编码", "11140000012345678X3000117#001"),
    ("dept", "实施主体", "青禾市第#城市管理局"),
    ("dept_type", "实施主体性质", "法定机关"),
    ("power_source", "权力来源", "法定本级行使"),
    ("use_level", "行使层级", "县级"),
    ("project_type", "办件类型", "承诺件"),
    ("legal_limit", "法定办结时限", "20个工作日"),
    ("promise_limit", "承诺办结时限", "5个工作日"),
    ("law_basis", "设定依据", "~"),
    ("condition", "受理条件", "~"),
    ("prohibit", "禁止性要求", "~"),
    ("quota", "数量限制", "无"),
    ("flow", "办理流程", "~"),
    ("special", "特别程序", "无"),
    ("agency", "中介服务", "无"),
    ("place", "办理地点", "青禾市云溪区槐荫路#号政务服务中心二楼B区"),
    ("time", "办理时间", "周一至周五 8:30-12:00，14:00-17:30（法定节假日除外）"),
    ("consult", "咨询方式", "0999-5550#"),
    ("complain", "监督投诉方式", "0999-5551#"),
    ("fee_flag", "是否收费", "否"),
    ("service_object", "服务对象", "自然人、企业法人"),
    ("visits", "到办事现场次数", "1次"),
    ("handle_form", "办理形式", "窗口办理、网上办理"),
    ("online_flag", "是否网办", "是"),
    ("online_depth", "网办深度", "互联网受理"),
    ("booking", "是否支持预约办理", "是"),
    ("express", "是否支持物流快递", "是"),
    ("pay_online", "是否支持网上支付", "否"),
    ("terminal", "是否支持自助终端办理", "否"),
    ("hall", "是否进驻政务大厅", "是"),
    ("cross_area", "通办范围", "全市"),
    ("result_type", "审批结果类型", "证照"),
    ("result_name", "审批结果名称", "户外牌匾设置登记证"),
    ("faq", "常见问题", "~"),
    ("commit", "是否告知承诺制", "否"),
    ("remedy", "行政复议与诉讼", "~"),
];

/// Columns of the materials table.
const COLUMNS: [&str; 8] =
    ["材料名称", "材料必要性", "材料类型", "材料形式", "纸质材料份数", "来源渠道", "填报须知", "备注"];
const MATERIALS: [&str; 12] = [
    "设置登记申请表",
    "申请人身份证明",
    "营业执照副本",
    "牌匾设计效果图",
    "安装位置示意图",
    "房屋产权证明",
    "租赁合同",
    "物业同意书",
    "结构安全说明",
    "夜景照明方案",
    "授权委托书",
    "施工安全承诺书",
];

/// Everything that is served, made once.
struct Site {
    guides: Vec<String>,
    records: Vec<String>,
    styles: String,
    script: String,
    picture: Vec<u8>,
    font: Option<Vec<u8>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let site = Arc::new(Site {
        guides: (0..PAGES).map(guide).collect(),
        records: (0..PAGES).map(record).collect::<Result<_, _>>()?,
        styles: styles(),
        script: script(),
        picture: picture(PICTURE_SIDE),
        font: std::fs::read(FONT).ok(),
    });
    let app = Router::new()
        .route("/guide/{page}", get(serve_guide))
        .route("/spa/{page}", get(|| async { no_store("text/html; charset=utf-8", SHELL.to_owned()) }))
        .route("/api/guide/{page}", get(serve_record))
        .route("/static/{name}", get(serve_static))
        .with_state(site);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

fn no_store(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

async fn serve_guide(State(site): State<Arc<Site>>, Path(page): Path<usize>) -> Response {
    no_store("text/html; charset=utf-8", site.guides[page % PAGES].clone())
}

async fn serve_record(State(site): State<Arc<Site>>, Path(page): Path<usize>) -> Response {
    tokio::time::sleep(LATENCY).await;
    no_store("application/json", site.records[page % PAGES].clone())
}

async fn serve_static(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    let kept = |kind: &'static str, body: Vec<u8>| {
        let headers: [(HeaderName, &str); 2] =
            [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=86400")];
        (headers, body).into_response()
    };
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => kept("text/css", site.styles.clone().into_bytes()),
        Some("js") => kept("text/javascript", site.script.clone().into_bytes()),
        Some("png") => kept("image/png", site.picture.clone()),
        Some("ttf") if site.font.is_some() => kept("font/ttf", site.font.clone().unwrap_or_default()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page that a script fills.
const SHELL: &str = "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>办事指南</title>\
<link rel=\"stylesheet\" href=\"/static/site.css\"></head><body><div id=\"app\">加载中</div><script src=\"/static/site.js\"></script>\
<script>fetch('/api/guide/'+location.pathname.split('/').pop()).then((answer)=>answer.json()).then((record)=>{\
const escaped=(text)=>text.replace(/&/g,'&amp;').replace(/</g,'&lt;');\
document.getElementById('app').innerHTML='<dl class=\"guide\">'+record.fields.map(([id,label,said])=>`<div class=\"row\"><dt>${label}</dt><dd id=\"${id}\">${escaped(said)}</dd></div>`).join('')\
+'</dl><table class=\"materials\"><thead><tr>'+record.columns.map((name)=>`<th>${name}</th>`).join('')+'</tr></thead><tbody>'\
+record.materials.map((row)=>'<tr>'+row.map((cell)=>`<td>${cell}</td>`).join('')+'</tr>').join('')+'</tbody></table>';});</script></body></html>";

/// One field's value on one page.
fn value(page: usize, place: usize) -> String {
    let (_, _, pattern) = FIELDS[place];
    if pattern == "~" { long_text(page, place) } else { pattern.replace('#', &format!("{page:03}")) }
}

/// Several sentences that differ from page to page.
fn long_text(page: usize, place: usize) -> String {
    const WHO: [&str; 5] = ["申请人", "设置人", "经办窗口", "审核人员", "承办科室"];
    const DOES: [&str; 5] = ["核对", "提交", "登记", "复核", "告知"];
    const WHAT: [&str; 5] = ["牌匾的尺寸和位置", "现场照片", "安装方案", "登记信息", "整改意见"];
    let mut dice = Dice(page as u64 * 64 + place as u64 + 1);
    let mut text = String::new();
    for number in 1..=12 {
        let (who, does, what) = (WHO[dice.roll(5)], DOES[dice.roll(5)], WHAT[dice.roll(5)]);
        let days = dice.roll(9) + 1;
        let _ = write!(text, "（{number}）{who}在第{days}日{does}{what}，并对第{page}号档案的真实性负责。");
    }
    text
}

/// One cell of the materials table.
fn cell(page: usize, row: usize, column: usize) -> String {
    match column {
        0 => MATERIALS[row].to_owned(),
        1 => if row.is_multiple_of(3) { "非必要" } else { "必要" }.to_owned(),
        2 => "原件".to_owned(),
        3 => "纸质、电子".to_owned(),
        4 => format!("{}份", row % 3 + 1),
        5 => "申请人自备".to_owned(),
        6 => format!("按第{page}号样式用黑色笔填写，不得涂改"),
        _ => "无".to_owned(),
    }
}

fn guide(page: usize) -> String {
    let name = value(page, 0);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{name}-青禾市政务服务网</title>\
         <link rel=\"stylesheet\" href=\"/static/site.css\"><script src=\"/static/site.js\" defer></script></head><body>\
         <nav class=\"menu\"><ul>"
    );
    for link in 0..MENU_LINKS {
        let _ = write!(html, "<li><a href=\"/list/{link}\" class=\"entry\">服务分类{link:03}</a></li>");
    }
    let _ = write!(html, "</ul></nav><main class=\"content\"><h1>{name}</h1><dl class=\"guide\">");
    for (place, (id, label, _)) in FIELDS.iter().enumerate() {
        let said = value(page, place);
        let _ = write!(html, "<div class=\"row\"><dt>{label}</dt><dd id=\"{id}\">{said}</dd></div>");
    }
    html.push_str("</dl><h2>申请材料</h2><table class=\"materials\"><thead><tr>");
    for column in COLUMNS {
        let _ = write!(html, "<th>{column}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in 0..MATERIALS.len() {
        html.push_str("<tr>");
        for column in 0..COLUMNS.len() {
            let _ = write!(html, "<td>{}</td>", cell(page, row, column));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table><p class=\"pictures\">");
    for picture in 0..PICTURES {
        let _ = write!(
            html,
            "<img src=\"/static/{picture}.png\" alt=\"窗口照片{picture}\" width=\"224\" height=\"224\">"
        );
    }
    html.push_str("</p></main><div class=\"notices\">");
    let mut number = 0;
    while html.len() < PAGE_BYTES {
        number += 1;
        let _ = write!(
            html,
            "<p class=\"notice\">第{number}条公告：政务大厅窗口于节假日暂停服务，敬请谅解。</p>"
        );
    }
    html.push_str("</div><footer class=\"site-footer\">青禾市政务服务管理局</footer></body></html>\n");
    html
}

/// The same as data.
fn record(page: usize) -> Result<String, serde_json::Error> {
    let fields: Vec<[String; 3]> = (0..FIELDS.len())
        .map(|place| [FIELDS[place].0.to_owned(), FIELDS[place].1.to_owned(), value(page, place)])
        .collect();
    let materials: Vec<Vec<String>> = (0..MATERIALS.len())
        .map(|row| (0..COLUMNS.len()).map(|column| cell(page, row, column)).collect())
        .collect();
    let record = BTreeMap::from([
        ("fields", serde_json::to_value(fields)?),
        ("columns", serde_json::to_value(COLUMNS)?),
        ("materials", serde_json::to_value(materials)?),
    ]);
    serde_json::to_string(&record)
}

/// 25 KB of styles: those that the page uses, and many that it does not.
fn styles() -> String {
    let mut css = "@font-face{font-family:Portal;src:url(/static/portal.ttf)}\
        body{margin:0;font:16px/1.6 Portal,sans-serif;color:#222}.menu ul{display:flex;flex-wrap:wrap;list-style:none;padding:8px}\
        .menu li{width:110px}.entry{color:#06c;text-decoration:none}.content{width:1100px;margin:0 auto}\
        .row{display:flex;border-bottom:1px solid #ddd}.row dt{width:180px;font-weight:700;background:#f5f7fa;padding:8px}\
        .row dd{flex:1;margin:0;padding:8px}table.materials{border-collapse:collapse;width:100%}\
        .materials td,.materials th{border:1px solid #ccc;padding:6px}.notice{margin:2px 16px;color:#666}"
        .to_owned();
    for rule in 0.. {
        if css.len() >= 25_000 {
            break;
        }
        let _ = writeln!(
            css,
            ".unused-{rule} .part-{rule}:hover>a{{color:#{:03x};margin:{}px}}",
            rule % 4096,
            rule % 9
        );
    }
    css
}

/// 91 KB of script: a little that runs on every page, and much that is only parsed.
fn script() -> String {
    let mut js =
        "addEventListener('DOMContentLoaded',()=>{for(const link of document.querySelectorAll('.entry'))\
        link.addEventListener('mouseenter',()=>link.classList.add('over'));\
        document.body.dataset.ready='yes';});\n"
            .to_owned();
    for number in 0.. {
        if js.len() >= 91_000 {
            break;
        }
        let _ = writeln!(
            js,
            "function module{number}(options){{const state={{name:'module{number}',items:[],options}};\
             state.add=(item)=>{{state.items.push(item);return state.items.length+{number};}};return state;}}"
        );
    }
    js
}

/// A picture of noise, which does not compress: a PNG whose data is stored as it is.
fn picture(side: u32) -> Vec<u8> {
    let mut dice = Dice(7);
    let mut raw = Vec::new();
    for _ in 0..side {
        raw.push(0);
        raw.extend((0..side * 3).map(|_| dice.roll(256) as u8));
    }
    let mut stored = vec![0x78, 0x01];
    let mut blocks = raw.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stored.push(u8::from(blocks.peek().is_none()));
        stored.extend(length.to_le_bytes());
        stored.extend((!length).to_le_bytes());
        stored.extend(block);
    }
    stored.extend(adler(&raw).to_be_bytes());
    let mut header = Vec::new();
    header.extend(side.to_be_bytes());
    header.extend(side.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", stored), (b"IEND", Vec::new())] {
        png.extend((data.len() as u32).to_be_bytes());
        let mut checked = kind.to_vec();
        checked.extend(data);
        png.extend(&checked);
        png.extend(crc(&checked).to_be_bytes());
    }
    png
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for &byte in bytes {
        low = (low + u32::from(byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    (high << 16) | low
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, &byte| {
        (0..8).fold(
            sum ^ u32::from(byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

/// Repeatable chance (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}
