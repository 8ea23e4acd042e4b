//! Walks the flow of `benches/flow.sh`: our own contender. `flow_walker SITE FLOWS` prints `BEGIN` when warm, and `END STEPS`.
#![expect(clippy::print_stdout, reason = "a measuring program prints its figures")]

use std::error::Error;
use std::time::Duration;

use url::Url;
use zoutong::browser::webdriver::{LocalOptions, WebDriver};
use zoutong::browser::{Act, Browser, Session, Tried};
use zoutong::model::{Device, Locator, Speed, Typing};

type Failure = Box<dyn Error + Send + Sync>;

const PATIENCE: Duration = Duration::from_secs(10);
const STEPS: usize = 12;
const WARM: usize = 2;

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [site, flows] = given.as_slice() else { return Err("flow_walker SITE FLOWS".into()) };
    let flows: usize = flows.parse()?;
    let browser = WebDriver::local(&LocalOptions::default())?;
    let mut session = browser.open(&Device::default(), Speed::Painted).await?;
    for _ in 0..WARM {
        walk(session.as_mut(), site).await?;
    }
    println!("BEGIN");
    for _ in 0..flows {
        walk(session.as_mut(), site).await?;
    }
    println!("END {}", flows * STEPS);
    session.close().await;
    browser.close().await;
    Ok(())
}

async fn walk(session: &mut dyn Session, site: &str) -> Result<(), Failure> {
    session.goto(&Url::parse(&format!("{site}/login"))?).await?;
    fill(session, "#user", "zhangsan").await?;
    fill(session, "#password", "correct horse").await?;
    act(session, Act::Choose { from: at("#role"), option: "企业法人".to_owned() }).await?;
    act(session, Act::Tap(at("#enter"))).await?;
    fill(session, "#words", "户外牌匾设置登记").await?;
    act(session, Act::Tap(at("#find"))).await?;
    act(session, Act::Tap(at("#item7"))).await?;
    act(session, Act::Await(at("#limit"))).await?;
    act(session, Act::Tap(at("#apply"))).await?;
    fill(session, "#applicant", "张三").await?;
    act(session, Act::Tap(at("#next"))).await?;
    act(session, Act::Await(at("#done"))).await
}

async fn fill(session: &mut dyn Session, into: &str, text: &str) -> Result<(), Failure> {
    let typing = Typing::default();
    act(session, Act::Type { into: at(into), text: text.to_owned(), typing }).await
}

async fn act(session: &mut dyn Session, act: Act) -> Result<(), Failure> {
    match session.act(&act, PATIENCE).await? {
        Tried::Done(_) => Ok(()),
        Tried::Missed(missed) => Err(format!("{act:?}: {missed:?}").into()),
    }
}

fn at(selector: &str) -> Vec<Locator> {
    vec![Locator::Css(selector.to_owned())]
}
