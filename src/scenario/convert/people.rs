//! Items and accounts.

use super::filled;
use crate::model::{Account, Audience, Item};
use crate::scenario::fault::Fault;
use crate::scenario::file::people::{AccountFile, AccountsFile, AudienceWord, ItemFile, ItemsFile};
use crate::scenario::margin::Margin;
use crate::scenario::yaml::{Later, Written};

/// The service items; one that is listed twice is noted and kept once.
pub(in crate::scenario) fn items(file: &ItemsFile, margin: &mut Margin<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for entry in &file.0 {
        let item = item(entry, margin);
        if items.iter().any(|other| other.name == item.name) {
            let fault = Fault::new(entry.name.mark, format!("事项“{}”写了两次", item.name));
            margin.warn(fault.hint("后面这个不会再查一遍，请删掉一个"));
        } else {
            items.push(item);
        }
    }
    items
}

fn item(entry: &ItemFile, margin: &mut Margin<'_>) -> Item {
    let name = filled(&entry.name, "事项名称", margin);
    let code = entry.code.as_ref().and_then(|code| later(code, &format!("事项“{name}”的实施编码"), margin));
    Item {
        colloquial: entry.colloquial.0.iter().map(|word| filled(word, "日常用语", margin)).collect(),
        code: code.map(|code| code.value),
        audience: audience(entry.audience.unwrap_or(AudienceWord::Personal)),
        certificate: entry.certificate.as_ref().map(|word| filled(word, "证件名称", margin)),
        name,
    }
}

fn audience(word: AudienceWord) -> Audience {
    match word {
        AudienceWord::Personal => Audience::Personal,
        AudienceWord::Enterprise => Audience::Enterprise,
    }
}

/// A value that may be filled in later; noted while it is missing.
pub(super) fn later(value: &Later, what: &str, margin: &mut Margin<'_>) -> Option<Written<String>> {
    match value.filled() {
        Ok(written) => Some(written),
        Err(mark) => {
            margin.missing(Fault::new(mark, format!("{what}还没有填")));
            None
        }
    }
}

/// The test accounts; one that is not filled in yet is noted and left out.
pub(in crate::scenario) fn accounts(file: &AccountsFile, margin: &mut Margin<'_>) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for entry in &file.0 {
        if accounts.iter().any(|other| other.name == entry.name.value.trim()) {
            let fault = Fault::new(entry.name.mark, format!("账号“{}”写了两次", entry.name.value));
            margin.wrong(fault.hint("每个账号要有自己的名字"));
        }
        accounts.extend(account(entry, margin));
    }
    accounts
}

fn account(entry: &AccountFile, margin: &mut Margin<'_>) -> Option<Account> {
    let name = filled(&entry.name, "账号的名字", margin);
    let user = later(&entry.user, &format!("“{name}”的登录账号"), margin);
    let password = later(&entry.password, &format!("“{name}”的密码"), margin);
    let shown_name = later(&entry.shown_name, &format!("“{name}”登录后显示的名字"), margin);
    let password_secret = password.and_then(|password| secret_name(&password, margin));
    Some(Account {
        name,
        audience: audience(entry.audience),
        user: user?.value,
        password_secret: password_secret?,
        shown_name: shown_name?.value,
    })
}

/// The name in `{{ secret.NAME }}`; anything else would be a password in a file.
fn secret_name(written: &Written<String>, margin: &mut Margin<'_>) -> Option<String> {
    let inner = written.value.trim().strip_prefix("{{").and_then(|text| text.strip_suffix("}}"));
    let name = inner.map(str::trim).and_then(|path| path.strip_prefix("secret."));
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    let name = name.filter(is_name).map(str::to_owned);
    if name.is_none() {
        margin.wrong(
            Fault::new(written.mark, "密码不能直接写在文件里")
                .hint("写成 \"{{ secret.名字 }}\"，例如：\"{{ secret.DEMO_PASSWORD }}\"\n真正的密码用 zoutong secret set 名字 存一次，名字用英文字母、数字和下划线"),
        );
    }
    name
}
