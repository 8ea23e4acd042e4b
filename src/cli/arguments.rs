//! The words of the command line, declared once; help texts come from here.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::private::{LoginArguments, PrivateArguments, SecretArguments};
use crate::audit::Selection;
use crate::model::{Severity, Speed};
use crate::scenario::recording::RecordingFormat;
use crate::settings::{BrowserChoice, Pictures, Settings};
use crate::store;

/// 走通：沿着群众办事的路径走一遍政务服务门户的各个渠道，把不对的地方记下来。
#[derive(Debug, Parser)]
#[command(name = "zoutong", version)]
pub(super) struct CommandLine {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 走访一个门户，写出问题清单和核查报告
    Run(RunArguments),
    /// 通查办事指南：在各渠道找到、读出成百上千个事项的指南并核查
    Guides(GuidesArguments),
    /// 在自带的演示门户上完整走一遍
    Demo(DemoArguments),
    /// 只启动演示门户，供手工查看
    Portal(PortalArguments),
    /// 读出一个页面上的办事指南
    Read(ReadArguments),
    /// 同一事项的几个页面并排比对
    Compare(CompareArguments),
    /// 用带标准答案的网页，算一算办事指南读得准不准
    Score(ScoreArguments),
    /// 在浏览器里回放一个场景文件或录制文件，每一步当场显示
    Replay(ReplayArguments),
    /// 检查场景文件写得对不对
    Lint(LintArguments),
    /// 把浏览器里录好的操作（Chrome DevTools、Selenium IDE）导入为场景文件
    Import(ImportArguments),
    /// 把场景文件导出成 Chrome DevTools 录制
    Export(ExportArguments),
    /// 用现在的规则重新判断以前的一次走访
    Recheck(RunNameArguments),
    /// 重新生成一次走访的核查报告
    Report(RunNameArguments),
    /// 显示一次走访的结果（默认最近一次）
    Show(RunNameArguments),
    /// 录制：在看得见的浏览器里办一遍，写成场景
    Record(RecordArguments),
    /// 登录测试账号并记住登录状态，以后走访时不用再登录
    Login(LoginArguments),
    /// 存放、列出或删掉密钥（测试账号的密码等），输入时不显示
    Secret(SecretArguments),
    /// 把一次走访做成回放文件，用 Playwright 的查看器逐步看
    Trace(TraceArguments),
    /// 核对一次走访的证据有没有被改动（默认最近一次）
    Verify(RunNameArguments),
    /// 列出 94 个检查项，说明哪些由程序核查
    Checks(ChecksArguments),
    /// 检查这台机器是否准备好了
    Doctor(DoctorArguments),
    /// 新建一个带注释的场景文件夹
    Init(InitArguments),
}

/// Where results go and how pages are opened.
#[derive(Debug, Args)]
pub(super) struct Technical {
    /// 结果存放的文件夹
    #[arg(long, value_name = "文件夹", default_value = "reports", env = "ZOUTONG_REPORTS")]
    pub(super) reports: PathBuf,
    /// 同时打开几个浏览器会话，不写则为处理器核数的两倍
    #[arg(long, value_name = "个数", env = "ZOUTONG_SESSIONS")]
    pub(super) sessions: Option<usize>,
    /// 每一步最多等几秒
    #[arg(long, value_name = "秒", default_value_t = 10, env = "ZOUTONG_PATIENCE")]
    pub(super) patience: u64,
    #[command(flatten)]
    pub(super) browser: BrowserArguments,
}

/// Which browser is driven.
#[derive(Debug, Args)]
pub(super) struct BrowserArguments {
    /// 远程 WebDriver 地址；不写则用本机的 chromedriver
    #[arg(long, value_name = "地址", env = "ZOUTONG_WEBDRIVER")]
    pub(super) webdriver: Option<String>,
    /// chromedriver 的位置；不写则自动查找
    #[arg(long, value_name = "文件", env = "ZOUTONG_DRIVER")]
    pub(super) driver: Option<PathBuf>,
    /// 浏览器的位置；不写则自动查找
    #[arg(long, value_name = "文件", env = "ZOUTONG_BROWSER")]
    pub(super) browser: Option<PathBuf>,
    /// 显示浏览器窗口
    #[arg(long)]
    pub(super) headed: bool,
}

impl BrowserArguments {
    pub(super) fn choice(&self) -> BrowserChoice {
        match &self.webdriver {
            Some(address) => BrowserChoice::Remote(address.clone()),
            None => BrowserChoice::Local {
                driver: self.driver.clone(),
                browser: self.browser.clone(),
                headed: self.headed,
            },
        }
    }
}

impl Technical {
    pub(super) fn settings(&self) -> Settings {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Settings {
            reports: self.reports.clone(),
            private: None,
            browser: self.browser.choice(),
            // Walks wait more than they compute: two sessions a core keep the cores busy.
            sessions: self.sessions.unwrap_or(cores * 2).clamp(1, 64),
            patience: Duration::from_secs(self.patience.clamp(1, 600)),
            pictures: Pictures::default(),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// 场景文件夹（里面有 portal.yaml）
    #[arg(value_name = "场景文件夹")]
    pub(super) folder: PathBuf,
    #[command(flatten)]
    pub(super) selection: SelectionArguments,
    /// 达到哪种严重程度才算不合格（退出码 1）
    #[arg(long, value_name = "程度", default_value = "一般")]
    pub(super) fail_on: FailOn,
    /// 场景文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    /// 允许运行场景文件里的网页代码（script）
    #[arg(long)]
    pub(super) allow_scripts: bool,
    #[command(flatten)]
    pub(super) evidence: EvidenceArguments,
    #[command(flatten)]
    pub(super) private: PrivateArguments,
    #[command(flatten)]
    pub(super) technical: Technical,
}

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// 场景文件（.yaml），或录制文件（DevTools 的 JSON、Selenium IDE 的 .side 和旧表格）
    #[arg(value_name = "文件")]
    pub(super) file: PathBuf,
    /// 门户文件（portal.yaml）或它所在的文件夹；不写则用文件旁边的，旁边没有就只访问录制里的网站
    #[arg(long, value_name = "文件")]
    pub(super) portal: Option<PathBuf>,
    #[command(flatten)]
    pub(super) selection: SelectionArguments,
    /// 另外允许访问的主机，可重复
    #[arg(long = "host", value_name = "主机")]
    pub(super) hosts: Vec<String>,
    /// 每一步之前等人按回车
    #[arg(long)]
    pub(super) step: bool,
    /// 每一步之后停多少毫秒
    #[arg(long, value_name = "毫秒", default_value_t = 0)]
    pub(super) slow_mo: u64,
    /// 有一步没做成就停住，浏览器不关，等人按回车
    #[arg(long)]
    pub(super) pause_on_error: bool,
    /// 达到哪种严重程度才算不合格（退出码 1）
    #[arg(long, value_name = "程度", default_value = "一般")]
    pub(super) fail_on: FailOn,
    /// 场景文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    /// 允许运行场景文件里的网页代码（script）
    #[arg(long)]
    pub(super) allow_scripts: bool,
    #[command(flatten)]
    pub(super) evidence: EvidenceArguments,
    #[command(flatten)]
    pub(super) private: PrivateArguments,
    #[command(flatten)]
    pub(super) technical: Technical,
}

#[derive(Debug, Args)]
pub(super) struct GuidesArguments {
    /// 门户文件（portal.yaml）或它所在的文件夹；接着做以前的一次时可以不写
    #[arg(long, value_name = "文件")]
    pub(super) portal: Option<PathBuf>,
    /// 接着做以前被中断的一次：编号、编号的开头、文件夹，不写则为最近一次
    #[arg(long, value_name = "走访", num_args = 0..=1, default_missing_value = "最近")]
    pub(super) resume: Option<String>,
    /// 只读这些渠道（pc、app …），可重复
    #[arg(short = 'c', long = "channel", value_name = "渠道")]
    pub(super) channels: Vec<String>,
    /// 只读名称含这些字的事项，可重复
    #[arg(short = 'i', long = "item", value_name = "事项")]
    pub(super) items: Vec<String>,
    /// 每个渠道最多读几个指南
    #[arg(long, value_name = "个数")]
    pub(super) limit: Option<usize>,
    /// 不去下载指南里的附件、流程图，也不去敲在线办理、预约的入口
    #[arg(long)]
    pub(super) no_attachments: bool,
    /// 怎么取页面；自动则先试读几页，读得一样就用最快的
    #[arg(long, value_name = "方式", default_value = "自动")]
    pub(super) speed: SpeedChoice,
    /// 输出 JSON
    #[arg(long)]
    pub(super) json: bool,
    /// 达到哪种严重程度才算不合格（退出码 1）
    #[arg(long, value_name = "程度", default_value = "一般")]
    pub(super) fail_on: FailOn,
    /// 门户文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) technical: Technical,
}

/// How pages are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SpeedChoice {
    /// Found out by trying.
    #[value(name = "自动", alias = "auto")]
    Auto,
    /// Plain HTTP.
    #[value(name = "http")]
    Http,
    /// A browser without images and layout.
    #[value(name = "light")]
    Light,
    /// A browser that paints everything.
    #[value(name = "painted")]
    Painted,
}

impl SpeedChoice {
    /// The speed, where one was named.
    pub(super) fn speed(self) -> Option<Speed> {
        match self {
            Self::Auto => None,
            Self::Http => Some(Speed::Http),
            Self::Light => Some(Speed::Light),
            Self::Painted => Some(Speed::Painted),
        }
    }
}

/// Which pictures are kept.
#[derive(Debug, Args)]
pub(super) struct EvidenceArguments {
    /// 留哪些截图：none 不留，problems 读取的页面和走不下去的地方，steps 每一步之后
    #[arg(long = "evidence", value_name = "范围", default_value = "problems")]
    pictures: PicturesChoice,
}

impl EvidenceArguments {
    pub(super) fn pictures(&self) -> Pictures {
        match self.pictures {
            PicturesChoice::None => Pictures::None,
            PicturesChoice::Problems => Pictures::Problems,
            PicturesChoice::Steps => Pictures::Steps,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PicturesChoice {
    None,
    Problems,
    Steps,
}

/// Limits of a run.
#[derive(Debug, Args)]
pub(super) struct SelectionArguments {
    /// 只走这些渠道（pc、app …），可重复
    #[arg(short = 'c', long = "channel", value_name = "渠道")]
    pub(super) channels: Vec<String>,
    /// 只走这些场景，可重复
    #[arg(short = 's', long = "scenario", value_name = "场景")]
    pub(super) scenarios: Vec<String>,
    /// 只走名称含这些字的事项，可重复
    #[arg(short = 'i', long = "item", value_name = "事项")]
    pub(super) items: Vec<String>,
}

impl SelectionArguments {
    pub(super) fn selection(&self) -> Selection {
        Selection {
            scenarios: self.scenarios.clone(),
            channels: self.channels.clone(),
            items: self.items.clone(),
        }
    }
}

/// From which severity on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Only severe problems.
    #[value(name = "严重", alias = "major")]
    Major,
    /// Severe and ordinary ones.
    #[value(name = "一般", alias = "minor")]
    Minor,
    /// Hints too.
    #[value(name = "提示", alias = "note")]
    Note,
    /// Never.
    #[value(name = "从不", alias = "never")]
    Never,
}

impl FailOn {
    /// Whether a problem of this severity makes a run fail.
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Major => severity >= Severity::Major,
            Self::Minor => severity >= Severity::Minor,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// 演示门户不带预埋的问题
    #[arg(long)]
    pub(super) clean: bool,
    /// 事项个数
    #[arg(long, value_name = "个数", default_value_t = 40)]
    pub(super) items: usize,
    /// 按这个种子随机预埋问题；不写则用固定的一套
    #[arg(long, value_name = "种子")]
    pub(super) seed: Option<u64>,
    /// 让这个渠道打不开（pc、app、mini、kiosk），可重复
    #[arg(long, value_name = "渠道")]
    pub(super) down: Vec<String>,
    #[command(flatten)]
    pub(super) evidence: EvidenceArguments,
    #[command(flatten)]
    pub(super) technical: Technical,
}

#[derive(Debug, Args)]
pub(super) struct PortalArguments {
    /// 演示门户不带预埋的问题
    #[arg(long)]
    pub(super) clean: bool,
    /// 事项个数
    #[arg(long, value_name = "个数", default_value_t = 40)]
    pub(super) items: usize,
    /// 按这个种子随机预埋问题；不写则用固定的一套
    #[arg(long, value_name = "种子")]
    pub(super) seed: Option<u64>,
    /// 第一个端口，五个渠道依次往后；不写则用空闲端口
    #[arg(long, value_name = "端口")]
    pub(super) port: Option<u16>,
}

/// In which forms a result is wanted.
#[derive(Debug, Args)]
pub(super) struct ShownAs {
    /// 输出 JSON（格式见 docs/JSON.md）
    #[arg(long)]
    pub(super) json: bool,
    /// 另写一份网页报告
    #[arg(long, value_name = "文件")]
    pub(super) html: Option<PathBuf>,
    /// 另写一份 Excel 表格
    #[arg(long, value_name = "文件")]
    pub(super) xlsx: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ReadArguments {
    /// 网址，或保存下来的网页文件
    #[arg(value_name = "网址或文件")]
    pub(super) source: String,
    /// 打开两次，看哪些内容自己会变（办件计数、排队人数……）
    #[arg(long)]
    pub(super) twice: bool,
    #[command(flatten)]
    pub(super) shown_as: ShownAs,
    #[command(flatten)]
    pub(super) browser: BrowserArguments,
}

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// 两个到八个网址（或保存下来的网页文件）
    #[arg(value_name = "网址或文件", num_args = 2..=8, required = true)]
    pub(super) sources: Vec<String>,
    /// 以第几个页面为准（从 1 数起）；不写则少数服从多数
    #[arg(long, value_name = "第几个")]
    pub(super) authority: Option<usize>,
    /// 事项库导出的文件（XLSX、CSV 或 JSON）：各页面都与它对照
    #[arg(long, value_name = "文件")]
    pub(super) baseline: Option<PathBuf>,
    /// 每个网址都打开两次；不写则只再打开说法不一的页面
    #[arg(long)]
    pub(super) twice: bool,
    #[command(flatten)]
    pub(super) shown_as: ShownAs,
    #[command(flatten)]
    pub(super) browser: BrowserArguments,
}

#[derive(Debug, Args)]
pub(super) struct ScoreArguments {
    /// 文件夹：每个网页（名称.html）旁边有一份标准答案（名称.truth.json）
    #[arg(value_name = "文件夹")]
    pub(super) folder: PathBuf,
    /// 输出 JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct LintArguments {
    /// 场景文件或文件夹，可以写几个；和 --drift 一起用时可以不写
    #[arg(value_name = "文件或文件夹", required_unless_present = "drift")]
    pub(super) paths: Vec<PathBuf>,
    /// 场景文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    /// 对照一次走访，看哪些步骤前面的找法已经失效，给出调整次序的补丁；不写批次就用最近一次
    #[arg(long, value_name = "批次", num_args = 0..=1, default_missing_value = store::LATEST)]
    pub(super) drift: Option<String>,
    /// 照补丁修改文件（只改次序，注释和排版不动；改过的文件检查无误才写入）
    #[arg(long, requires = "drift")]
    pub(super) write: bool,
    /// 走访结果所在的文件夹
    #[arg(long, value_name = "文件夹", default_value = "reports", env = "ZOUTONG_REPORTS")]
    pub(super) reports: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// 录制文件，可以一次给几个
    #[arg(value_name = "录制文件", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// 是什么录的；不写则看内容
    #[arg(long, value_name = "格式")]
    pub(super) from: Option<FromWord>,
    /// 场景文件写到哪个文件夹
    #[arg(short = 'o', long, value_name = "文件夹", default_value = ".")]
    pub(super) output: PathBuf,
    /// 只说会写什么、丢什么，不写文件
    #[arg(long)]
    pub(super) plan: bool,
    /// 有一处不合格式或不安全，就整个拒绝
    #[arg(long)]
    pub(super) strict: bool,
    /// 覆盖已经存在的文件
    #[arg(long)]
    pub(super) force: bool,
}

/// Who recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FromWord {
    /// Chrome DevTools Recorder.
    #[value(name = "devtools")]
    DevTools,
    /// Selenium IDE projects.
    #[value(name = "side")]
    Side,
    /// Selenium IDE's older HTML tables.
    #[value(name = "selenese")]
    Selenese,
}

impl FromWord {
    /// The format that is meant.
    pub(super) fn format(self) -> RecordingFormat {
        match self {
            Self::DevTools => RecordingFormat::DevTools,
            Self::Side => RecordingFormat::Side,
            Self::Selenese => RecordingFormat::Selenese,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// 场景文件
    #[arg(value_name = "场景文件")]
    pub(super) file: PathBuf,
    /// 导出成什么
    #[arg(long, value_name = "格式", default_value = "devtools")]
    pub(super) to: ToWord,
    /// 写到哪个文件；不写则显示出来
    #[arg(short = 'o', long, value_name = "文件")]
    pub(super) output: Option<PathBuf>,
    /// 覆盖已经存在的文件
    #[arg(long)]
    pub(super) force: bool,
}

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ToWord {
    /// Chrome DevTools Recorder.
    #[value(name = "devtools")]
    DevTools,
}

#[derive(Debug, Args)]
pub(super) struct RunNameArguments {
    /// 走访的编号、编号的开头、文件夹，或“最近”
    #[arg(value_name = "走访", default_value = "最近")]
    pub(super) run: String,
    /// 结果存放的文件夹
    #[arg(long, value_name = "文件夹", default_value = "reports", env = "ZOUTONG_REPORTS")]
    pub(super) reports: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RecordArguments {
    /// 从哪个网址开始；不写则从 --portal 里这个渠道的首页开始
    #[arg(value_name = "网址")]
    pub(super) url: Option<String>,
    /// 在哪个渠道录制（pc、app、mini、kiosk …），决定屏幕大小
    #[arg(short, long, value_name = "渠道")]
    pub(super) channel: Option<String>,
    /// 门户文件（portal.yaml）或它所在的文件夹
    #[arg(long, value_name = "文件")]
    pub(super) portal: Option<PathBuf>,
    /// 场景的标题，默认用第一个页面的标题
    #[arg(long, value_name = "标题")]
    pub(super) title: Option<String>,
    /// 写到哪个文件，默认 <场景编号>.yaml
    #[arg(short, long, value_name = "文件")]
    pub(super) output: Option<PathBuf>,
    /// 覆盖已经存在的文件
    #[arg(long)]
    pub(super) force: bool,
    /// 门户文件里的变量，写成 名称=值，可重复
    #[arg(long = "var", value_name = "名称=值", value_parser = pair)]
    pub(super) variables: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) browser: BrowserArguments,
}

#[derive(Debug, Args)]
pub(super) struct TraceArguments {
    #[command(flatten)]
    pub(super) run: RunNameArguments,
    /// 哪一次走访；不写则列出全部
    #[arg(long, value_name = "编号")]
    pub(super) visit: Option<String>,
    /// 写到哪个文件，默认 <编号>.zip
    #[arg(short, long, value_name = "文件")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ChecksArguments {
    /// 只看一个检查项的详细说明
    #[arg(value_name = "检查项")]
    pub(super) check: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    /// 同时检查这个场景文件夹里各渠道的地址能否打开
    #[arg(value_name = "场景文件夹")]
    pub(super) scenarios: Option<PathBuf>,
    #[command(flatten)]
    pub(super) technical: Technical,
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// 新文件夹的位置
    #[arg(value_name = "文件夹", default_value = "scenarios/我的门户")]
    pub(super) folder: PathBuf,
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("要写成 名称=值".to_owned()),
    }
}
