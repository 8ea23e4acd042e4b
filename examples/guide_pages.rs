//! Guide pages per second, in the browser and over plain HTTP, on the demo portal's website. `benches/pages.sh` runs it.
#![expect(clippy::print_stdout, reason = "a measuring program prints its figures")]

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use url::Url;
use zoutong::browser::Browser;
use zoutong::browser::http::PlainHttp;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::model::{Device, Speed};
use zoutong::{demo, read};

/// How often every page is read.
const ROUNDS: usize = 3;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let portal = demo::serve(demo::Settings { clean: true, ..demo::Settings::default() }).await?;
    let base = Url::parse(&portal.addresses()["pc"])?;
    let pages: Vec<Url> = portal
        .items()
        .iter()
        .map(|item| base.join(&format!("guide/{}", item.code)))
        .collect::<Result<_, _>>()?;
    let browser: Arc<dyn Browser> = Arc::new(WebDriver::local(&LocalOptions::default())?);
    let painted = measure("浏览器（完整显示）", browser.as_ref(), Speed::Painted, &pages).await?;
    browser.close().await;
    let plain = measure("HTTP（不运行脚本）", &PlainHttp::new()?, Speed::Http, &pages).await?;
    println!("HTTP 是浏览器的 {:.1} 倍", plain / painted);
    portal.close().await;
    Ok(())
}

/// Opens, captures and reads every page; gives pages per second of one session.
async fn measure(
    name: &str,
    browser: &dyn Browser,
    speed: Speed,
    pages: &[Url],
) -> Result<f64, Box<dyn Error>> {
    let mut session = browser.open(&Device::default(), speed).await?;
    let began = Instant::now();
    let mut elements = 0;
    for _ in 0..ROUNDS {
        for page in pages {
            session.goto(page).await?;
            elements += read::guide(&session.snapshot().await?).elements.len();
        }
    }
    let rate = (pages.len() * ROUNDS) as f64 / began.elapsed().as_secs_f64();
    session.close().await;
    println!("{name}：每秒 {rate:.1} 页，平均每页读到 {} 项要素", elements / (pages.len() * ROUNDS));
    Ok(rate)
}
