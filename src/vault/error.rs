//! What could not be kept or had again, without a word of what it is.

use std::fmt;
use std::path::PathBuf;

/// A place in a secrets file where something is wrong; what stands there is never part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// Why the keyring of this machine is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringTrouble {
    /// No keyring service runs in this session.
    NoService,
    /// It is locked, and nobody has unlocked it.
    Locked,
    /// It did not answer in time.
    Silent,
    /// It holds something else under this name.
    Unreadable,
    /// It refused for another reason.
    Refused,
}

impl fmt::Display for KeyringTrouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoService => "这台机器上没有正在运行的密钥环",
            Self::Locked => "密钥环锁着，没有解开",
            Self::Silent => "密钥环一直没有应答",
            Self::Unreadable => "密钥环里这个名字下存的不是密钥",
            Self::Refused => "密钥环没有照办",
        })
    }
}

/// Something private could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A private file could be read by others.
    #[error("{path} 里是不能给别人看的内容，别人却能读到它（权限是 {mode:o}），没有读取")]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file could not be read.
    #[error("读不了 {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    #[error("写不进 {path}")]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A secrets file is not written as it should be.
    #[error("密钥文件写得不对，没有读取{}", places(path, wrong))]
    SecretsFile {
        /// The file.
        path: PathBuf,
        /// Where and what.
        wrong: Vec<Misplaced>,
    },
    /// A secret cannot be kept in the file.
    #[error("这个密钥不能存进密钥文件：{0}")]
    Value(&'static str),
    /// The keyring is of no use.
    #[error("系统密钥环用不了：{0}")]
    Keyring(KeyringTrouble),
}

fn places(path: &std::path::Path, wrong: &[Misplaced]) -> String {
    let line =
        |one: &Misplaced| format!("\n  --> {}:{}:{}  {}", path.display(), one.line, one.column, one.what);
    wrong.iter().map(line).collect()
}

impl VaultError {
    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::OpenToOthers { path, .. } => format!("运行 chmod 600 {} 再试", path.display()),
            Self::Read { .. } | Self::Write { .. } => {
                "看看文件在不在、是不是自己的；用 --private 可以换一个文件夹".to_owned()
            }
            Self::SecretsFile { .. } => {
                "一行写一个密钥，写成 名字=密码，名字用英文字母、数字和下划线；# 开头的是说明".to_owned()
            }
            Self::Value(_) => "请换一个密码".to_owned(),
            Self::Keyring(KeyringTrouble::NoService) => {
                "改存到密钥文件：zoutong secret set 名字（不加 --keyring）；或者用环境变量 ZOUTONG_SECRET_名字".to_owned()
            }
            Self::Keyring(KeyringTrouble::Locked | KeyringTrouble::Silent) => {
                "先在桌面上解锁密钥环再试；没有桌面的机器请改用密钥文件".to_owned()
            }
            Self::Keyring(KeyringTrouble::Unreadable | KeyringTrouble::Refused) => {
                "用系统自带的密钥环管理程序看一看；或者改用密钥文件".to_owned()
            }
        }
    }
}
