//! Opens the demo portal on fixed ports for looking at it by hand: `cargo run --example demo_portal [--clean]`.

use zoutong::demo::{Settings, TEST_ACCOUNTS, serve};

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example talks to the person who started it")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clean = std::env::args().any(|argument| argument == "--clean");
    let ports = Some([8101, 8102, 8103, 8104, 8105]);
    let portal = serve(Settings { clean, ports, ..Settings::default() }).await?;
    for (channel, address) in portal.addresses() {
        println!("{channel:<6} {address}");
    }
    for account in TEST_ACCOUNTS {
        println!("{} / {}（{}）", account.account, account.password, account.shown_name);
    }
    tokio::signal::ctrl_c().await?;
    println!("申报提交次数：{}", portal.submissions());
    portal.close().await;
    Ok(())
}
