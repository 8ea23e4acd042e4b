//! Reads guides without configuration, over plain HTTP or in the browser: our own contender in `benches/guides.sh`.
//!
//! `guide_reader SPEED SITE PAGES SESSIONS` with SPEED `http`, `light` or `painted`. Prints `BEGIN` when warm, and
//! `END PAGES ELEMENTS MATERIALS` when done; the last two are sums over all pages.
//! `guide_reader check SITE PAGES` reads a sample at all three speeds and prints where they disagree.
#![expect(clippy::print_stdout, reason = "a measuring program prints its figures")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use url::Url;
use zoutong::browser::http::PlainHttp;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::browser::{Browser, Session};
use zoutong::model::{Device, Guide, Speed};
use zoutong::read;

type Failure = Box<dyn Error + Send + Sync>;

/// Pages that the site has.
const DIFFERENT: usize = 200;
/// Pages that each session reads before it is measured.
const WARM: usize = 5;

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match given.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check", site, pages] => check(site, pages.parse()?).await,
        [speed, site, pages, sessions] => {
            let speed = speed_of(speed)?;
            measure(opener(speed)?.as_ref(), speed, site, pages.parse()?, sessions.parse()?).await
        }
        _ => Err("guide_reader SPEED SITE PAGES SESSIONS | guide_reader check SITE PAGES".into()),
    }
}

fn speed_of(word: &str) -> Result<Speed, Failure> {
    match word {
        "http" => Ok(Speed::Http),
        "light" => Ok(Speed::Light),
        "painted" => Ok(Speed::Painted),
        _ => Err(format!("no speed is called {word}").into()),
    }
}

fn opener(speed: Speed) -> Result<Box<dyn Browser>, Failure> {
    Ok(if speed == Speed::Http {
        Box::new(PlainHttp::new()?)
    } else {
        Box::new(WebDriver::local(&LocalOptions::default())?)
    })
}

async fn read_page(session: &mut dyn Session, site: &str, page: usize) -> Result<Guide, Failure> {
    let visited = session.visit(&Url::parse(&format!("{site}/{}", page % DIFFERENT))?).await?;
    Ok(read::guide(&visited.snapshot.ok_or("the page did not come")?))
}

/// Reads `pages` pages with `sessions` sessions at once, each taking the next page that nobody has read.
async fn measure(
    browser: &dyn Browser,
    speed: Speed,
    site: &str,
    pages: usize,
    sessions: usize,
) -> Result<(), Failure> {
    let mut warm = Vec::new();
    for _ in 0..sessions {
        let mut session = browser.open(&Device::default(), speed).await?;
        for page in 0..WARM {
            read_page(session.as_mut(), site, page).await?;
        }
        warm.push(session);
    }
    println!("BEGIN");
    let next = Arc::new(AtomicUsize::new(0));
    let readers: Vec<_> = warm
        .into_iter()
        .map(|mut session| {
            let (next, site) = (next.clone(), site.to_owned());
            tokio::spawn(async move {
                let (mut elements, mut materials) = (0, 0);
                loop {
                    let page = next.fetch_add(1, Ordering::Relaxed);
                    if page >= pages {
                        return Ok::<_, Failure>((session, elements, materials));
                    }
                    let guide = read_page(session.as_mut(), &site, page).await?;
                    elements += guide.elements.len();
                    materials += guide.materials.len();
                }
            })
        })
        .collect();
    let (mut open, mut elements, mut materials) = (Vec::new(), 0, 0);
    for reader in readers {
        let (session, some, rows) = reader.await??;
        open.push(session);
        elements += some;
        materials += rows;
    }
    println!("END {pages} {elements} {materials}");
    for session in open {
        session.close().await;
    }
    browser.close().await;
    Ok(())
}

/// Reads the same pages at all three speeds; what painted shows is what the others are held against.
async fn check(site: &str, pages: usize) -> Result<(), Failure> {
    let painted = read_all(Speed::Painted, site, pages).await?;
    for speed in [Speed::Light, Speed::Http] {
        let others = read_all(speed, site, pages).await?;
        let mut differing = 0;
        for (page, (painted, other)) in painted.iter().zip(&others).enumerate() {
            let same = said(painted) == said(other) && painted.title == other.title;
            differing += usize::from(!same);
            if !same && differing <= 3 {
                println!(
                    "page {page}: {} elements painted, {} at {speed:?}",
                    said(painted).len(),
                    said(other).len()
                );
            }
        }
        println!("{speed:?} against Painted: {} of {pages} pages read the same", pages - differing);
    }
    Ok(())
}

async fn read_all(speed: Speed, site: &str, pages: usize) -> Result<Vec<Guide>, Failure> {
    let browser = opener(speed)?;
    let mut session = browser.open(&Device::default(), speed).await?;
    let mut guides = Vec::new();
    for page in 0..pages {
        guides.push(read_page(session.as_mut(), site, page).await?);
    }
    session.close().await;
    browser.close().await;
    Ok(guides)
}

/// Everything that a guide says, in one order.
fn said(guide: &Guide) -> Vec<(String, String)> {
    let elements = guide.elements.iter().map(|(id, reading)| (id.clone(), reading.text.clone()));
    let fields = guide.materials.iter().enumerate().flat_map(|(row, material)| {
        material.fields.iter().map(move |(field, text)| (format!("{row} {field}"), text.clone()))
    });
    elements.chain(fields).collect()
}
