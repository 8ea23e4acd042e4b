//! The words of the command line about what is private: where it is kept, and the commands about secrets and log-ins.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::{BrowserArguments, pair};

/// The name of the secrets file in the private folder.
const SECRETS: &str = "secrets";

/// Where secrets and log-in states are kept.
#[derive(Debug, Args)]
pub(super) struct PrivateArguments {
    /// 存放密钥和登录状态的文件夹，只有自己能看
    #[arg(long, value_name = "文件夹", default_value = ".zoutong", env = "ZOUTONG_PRIVATE")]
    pub(super) private: PathBuf,
    /// 密钥文件，一行一个 名字=密码；不写则用上面文件夹里的 secrets
    #[arg(long, value_name = "文件", env = "ZOUTONG_SECRETS")]
    secrets: Option<PathBuf>,
}

impl PrivateArguments {
    /// The secrets file, whether or not there is one.
    pub(super) fn secrets_file(&self) -> PathBuf {
        self.secrets.clone().unwrap_or_else(|| self.private.join(SECRETS))
    }
}

#[derive(Debug, Args)]
pub(super) struct SecretArguments {
    /// 做什么：set 存一个（输入时不显示），list 列出有哪些名字，remove 删掉一个
    #[arg(value_name = "做什么")]
    pub(super) what: SecretDeed,
    /// 密钥的名字，就是 {{ secret.名字 }} 里的名字
    #[arg(value_name = "名字")]
    pub(super) name: Option<String>,
    /// 存进系统密钥环，不存进密钥文件
    #[arg(long)]
    pub(super) keyring: bool,
    #[command(flatten)]
    pub(super) private: PrivateArguments,
}

/// What is done about secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SecretDeed {
    /// Keep one.
    #[value(name = "set")]
    Set,
    /// Tell the names of all.
    #[value(name = "list")]
    List,
    /// Take one out.
    #[value(name = "remove")]
    Remove,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct LoginArguments {
    /// 场景文件夹（里面有 portal.yaml、测试账号和登录场景）；只列出或忘掉时可以不写
    #[arg(value_name = "场景文件夹")]
    pub(super) folder: Option<PathBuf>,
    /// 只登录这些渠道（pc、app …），可重复
    #[arg(short = 'c', long = "channel", value_name = "渠道")]
    pub(super) channels: Vec<String>,
    /// 只登录这些测试账号，写账号的名称，可重复
    #[arg(short = 'a', long = "account", value_name = "账号")]
    pub(super) accounts: Vec<String>,
    /// 由人在浏览器窗口里自己登录，不走登录场景（要加 --headed）
    #[arg(long, requires = "headed")]
    pub(super) by_hand: bool,
    /// 只列出现在登录着的账号和渠道
    #[arg(long, conflicts_with_all = ["forget", "by_hand"])]
    pub(super) list: bool,
    /// 忘掉保存的登录状态；可以用 --channel、--account 只忘一部分
    #[arg(long, conflicts_with = "by_hand")]
    pub(super) forget: bool,
    /// 场景文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    /// 允许运行场景文件里的网页代码（script）
    #[arg(long)]
    pub(super) allow_scripts: bool,
    /// 每一步最多等几秒
    #[arg(long, value_name = "秒", default_value_t = 10, env = "ZOUTONG_PATIENCE")]
    pub(super) patience: u64,
    #[command(flatten)]
    pub(super) private: PrivateArguments,
    #[command(flatten)]
    pub(super) browser: BrowserArguments,
}
