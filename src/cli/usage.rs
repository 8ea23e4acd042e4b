//! Help and wrong usage, in Chinese throughout: clap supplies the facts, the sentences are ours.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches};

use super::arguments::{Command, CommandLine};

/// Why there is no command to run.
pub(super) enum Stopped {
    /// Help or version was asked for.
    Shown(String),
    /// The words were wrong.
    Wrong(String),
}

const TOP: &str = "{about}\n\n用法：zoutong <命令> [选项]\n\n命令：\n{subcommands}\n\n选项：\n{options}\n\n\
退出码：\n  0  没有问题\n  1  有达到 --fail-on 程度的问题，或有 soft 步骤未通过\n  2  命令或场景文件写得不对，没有开始走访\n  \
3  程序自己无法工作（缺浏览器、磁盘满等）\n  4  有内容没能看到或有走访没有走完，结果不完整（可能同时有问题）\n  130  被人中断\n";
const BELOW: &str = "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}\n";
const BELOW_PLAIN: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}\n";

/// The command that the arguments ask for.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Stopped> {
    let matches = command().try_get_matches_from(arguments).map_err(|error| stopped(&error))?;
    CommandLine::from_arg_matches(&matches).map(|line| line.command).map_err(|error| stopped(&error))
}

/// clap's own English (headings, help flags, default values) is replaced everywhere.
fn command() -> clap::Command {
    let mut top = chinese_flags(CommandLine::command())
        .help_template(TOP)
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"))
        .disable_help_subcommand(true);
    let names: Vec<String> = top.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        top = top.mut_subcommand(name, below);
    }
    top
}

fn below(command: clap::Command) -> clap::Command {
    let name = command.get_name().to_owned();
    let positionals: Vec<String> = command
        .get_positionals()
        .map(|argument| {
            let shown = argument
                .get_value_names()
                .and_then(|names| names.first())
                .map_or("参数", |name| name.as_str());
            if argument.is_required_set() { format!(" <{shown}>") } else { format!(" [{shown}]") }
        })
        .collect();
    let template = if positionals.is_empty() { BELOW_PLAIN } else { BELOW };
    let usage = format!("zoutong {name}{} [选项]", positionals.concat());
    chinese_flags(command)
        .override_usage(usage)
        .help_template(template)
        .mut_args(|argument| if argument.get_action().takes_values() { in_words(argument) } else { argument })
}

/// clap's remarks on defaults and choices are English; ours stand in the help text.
fn in_words(argument: Arg) -> Arg {
    let possible: Vec<String> =
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let mut help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    if !possible.is_empty() {
        help = format!("{help}，可选：{}", possible.join("、"));
    }
    if !default.is_empty() {
        help = format!("{help}，默认 {}", default.join(" "));
    }
    argument.help(help).hide_default_value(true).hide_possible_values(true).hide_env(true)
}

fn chinese_flags(command: clap::Command) -> clap::Command {
    command
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助"))
}

fn stopped(error: &clap::Error) -> Stopped {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Stopped::Shown(error.render().to_string())
        }
        ErrorKind::DisplayVersion => Stopped::Shown(error.render().to_string()),
        kind => Stopped::Wrong(wrong(error, kind)),
    }
}

fn wrong(error: &clap::Error, kind: ErrorKind) -> String {
    let said = |context| error.get(context).map(words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let sentence = match kind {
        ErrorKind::UnknownArgument => format!("不认识的选项或多余的参数“{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("不认识的命令“{}”", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "还要写上一个命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面还要写上值"),
        ErrorKind::InvalidValue => format!("“{value}”不能用在 {argument}"),
        ErrorKind::ValueValidation => format!("“{value}”不能用在 {argument}：{}", reason(error)),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的个数不对"),
        ErrorKind::TooManyValues => format!("{argument} 写得太多了，多出“{value}”"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能这样重复或一起使用"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => "命令写得不对".to_owned(),
    };
    let mut text = format!("错误：{sentence}");
    let valid =
        [ContextKind::ValidValue, ContextKind::ValidSubcommand].into_iter().map(said).collect::<String>();
    if !valid.is_empty() {
        let _ = write!(text, "\n可用的有：{valid}");
    }
    let near: String =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .map(said)
            .collect();
    if !near.is_empty() {
        let _ = write!(text, "\n是不是想写 {near}？");
    }
    text.push_str("\n建议：运行 zoutong --help 查看全部命令，zoutong <命令> --help 查看某个命令的用法");
    text
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Our own value parsers already speak Chinese; clap's number parsers do not.
fn reason(error: &clap::Error) -> String {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    if said.is_ascii() { "要写成一个合适的数字".to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_words(arguments: &[&str]) -> String {
        let arguments = std::iter::once("zoutong").chain(arguments.iter().copied()).map(OsString::from);
        match parse(arguments) {
            Err(Stopped::Wrong(text)) => text,
            _ => panic!("accepted"),
        }
    }

    fn has_english(text: &str) -> bool {
        let longest = text
            .split(|character: char| !character.is_ascii_lowercase())
            .filter(|word| !["zoutong", "help", "fail", "on", "demo", "sessions", "sesions"].contains(word))
            .map(str::len)
            .max();
        longest.unwrap_or(0) > 6
    }

    #[test]
    fn wrong_usage_is_told_in_chinese() {
        let cases: &[&[&str]] = &[
            &["dmeo"],
            &["demo", "--sesions", "2"],
            &["demo", "--items", "many"],
            &["run"],
            &["run", "x", "--fail-on", "坏"],
            &["run", "x", "--var", "abc"],
            &["compare", "http://a"],
            &["lint"],
        ];
        for case in cases {
            let text = wrong_words(case);
            assert!(text.starts_with("错误：") && !has_english(&text), "{case:?}: {text}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
