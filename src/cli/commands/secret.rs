//! `zoutong secret`: keeps secrets where scenario files find them, and tells their names, never what they are.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal};

use console::Term;
use secrecy::{ExposeSecret, SecretString};

use super::super::exit::{Code, Failure};
use super::super::private::{SecretArguments, SecretDeed};
use super::super::screen::Screen;
use crate::settings::Values;
use crate::vault::{self, Keyring, KeyringTrouble, VaultError};

pub(in super::super) fn run(
    arguments: &SecretArguments,
    values: &Values,
    screen: &Screen,
) -> Result<Code, Failure> {
    match arguments.what {
        SecretDeed::Set => set(arguments, values, screen),
        SecretDeed::List => list(arguments, values, screen),
        SecretDeed::Remove => remove(arguments, screen),
    }
}

fn set(arguments: &SecretArguments, values: &Values, screen: &Screen) -> Result<Code, Failure> {
    let name = name(arguments)?;
    let value = asked(name)?;
    if value.expose_secret().trim().is_empty() {
        return Err(Failure::Usage("没有输入密码，什么也没有存".to_owned()));
    }
    let place = if arguments.keyring {
        Keyring.keep(name, &value)?;
        "系统密钥环".to_owned()
    } else {
        let file = arguments.private.secrets_file();
        vault::keep_secret(&file, name, &value)?;
        format!(" {} ", file.display())
    };
    screen.line(&format!("密钥 {name} 已存进{place}；场景文件里写 {{{{ secret.{name} }}}}"));
    if values.secrets.contains_key(name) {
        screen.line(&format!("注意：环境变量 ZOUTONG_SECRET_{name} 也给了这个密钥，走访时以环境变量为准"));
    }
    Ok(Code::Nothing)
}

fn list(arguments: &SecretArguments, values: &Values, screen: &Screen) -> Result<Code, Failure> {
    let file = vault::read_secrets(&arguments.private.secrets_file())?;
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in values.secrets.keys() {
        places.entry(name.clone()).or_default().push("环境变量");
    }
    for name in file.into_keys() {
        places.entry(name).or_default().push("密钥文件");
    }
    match Keyring.names() {
        Ok(names) => {
            for name in names {
                places.entry(name).or_default().push("系统密钥环");
            }
        }
        // Most servers have none, and nobody has asked for it.
        Err(VaultError::Keyring(KeyringTrouble::NoService)) => {}
        Err(error) => screen.error(&format!("{}{error}", screen.yellow("说明："))),
    }
    if places.is_empty() {
        screen.line("还没有存过密钥。存一个：zoutong secret set 名字");
    }
    for (name, places) in places {
        screen.line(&format!("{name}  {}", screen.faint(&places.join("、"))));
    }
    Ok(Code::Nothing)
}

fn remove(arguments: &SecretArguments, screen: &Screen) -> Result<Code, Failure> {
    let name = name(arguments)?;
    let removed = if arguments.keyring {
        Keyring.remove(name)?
    } else {
        vault::remove_secret(&arguments.private.secrets_file(), name)?
    };
    let place = if arguments.keyring { "系统密钥环" } else { "密钥文件" };
    if !removed {
        return Err(Failure::Usage(format!("{place}里没有密钥 {name}")));
    }
    screen.line(&format!("密钥 {name} 已从{place}里删掉"));
    Ok(Code::Nothing)
}

fn name(arguments: &SecretArguments) -> Result<&str, Failure> {
    let missing = || Failure::Usage("还要写上密钥的名字，例如：zoutong secret set DEMO_PASSWORD".to_owned());
    let name = arguments.name.as_deref().ok_or_else(missing)?;
    if vault::is_secret_name(name) {
        return Ok(name);
    }
    // What was typed may be the password itself.
    Err(Failure::Usage(
        "密钥的名字只能用英文字母、数字和下划线，不能用数字开头；密码不要写在命令里".to_owned(),
    ))
}

/// What the person types, unseen; where something else feeds us, its first line.
fn asked(name: &str) -> Result<SecretString, Failure> {
    let failed = |source| Failure::System { what: "读取输入的密码", source };
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
        return Ok(SecretString::from(line.trim_end_matches(['\n', '\r']).to_owned()));
    }
    let term = Term::stderr();
    let once = |prompt: &str| {
        term.write_str(prompt).and_then(|()| term.read_secure_line()).map(SecretString::from).map_err(failed)
    };
    let value = once(&format!("请输入 {name} 的密码（不会显示）："))?;
    let again = once("请再输入一遍：")?;
    if value.expose_secret() != again.expose_secret() {
        return Err(Failure::Usage("两遍输入的不一样，什么也没有存".to_owned()));
    }
    Ok(value)
}
