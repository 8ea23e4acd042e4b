//! What is wrong with a text that is not YAML, said in Chinese: every error of the parser, none of its words.

use serde_saphyr::granit_parser::ErrorKind;
use serde_saphyr::localizer::ExternalMessageSource;
use serde_saphyr::{Error, Location};

use crate::scenario::fault::{Fault, Mark};
use crate::scenario::source::Source;

/// The parser's error as a fault, with the slip that a person most probably made.
pub(super) fn explain(error: &Error, source: &Source) -> Fault {
    let mark = error.location().map_or(Mark::FILE, |place| mark_of(place, source));
    let fault = match innermost(error) {
        Error::ExternalMessage { source: origin, .. } => match origin.as_ref() {
            ExternalMessageSource::Parser(scan) => explain_scan(scan.kind(), mark),
            _ => unreadable(mark),
        },
        other => explain_value(other, mark),
    };
    slip(source, &fault).unwrap_or(fault)
}

fn innermost(mut error: &Error) -> &Error {
    while let Error::WithSnippet { error: inner, .. } | Error::AliasError { error: inner, .. } = error {
        error = inner;
    }
    error
}

fn mark_of(place: Location, source: &Source) -> Mark {
    let lines = source.text.lines().count().max(1);
    let line = usize::try_from(place.line()).unwrap_or_default();
    if line > lines {
        let last = source.line(lines).chars().count();
        return Mark::point(lines, last + 1);
    }
    Mark::point(line, usize::try_from(place.column()).unwrap_or(1).max(1))
}

fn unreadable(mark: Mark) -> Fault {
    Fault::new(mark, "这里不符合 YAML 的写法").hint("请对照上下几行的缩进、冒号和引号")
}

/// Errors above the grammar of YAML: limits, anchors, tags, several documents.
fn explain_value(error: &Error, mark: Mark) -> Fault {
    match error {
        Error::Eof { .. } => {
            Fault::new(Mark::FILE, "文件里还没有内容").hint("可以从 scenarios/demo 里复制一个文件来改")
        }
        Error::MultipleDocuments { .. } => Fault::new(mark, "一个文件里只能有一份内容")
            .hint("请删掉“---”这一行，或把后面的内容放到另一个文件"),
        Error::UnknownAnchor { .. } => symbol(mark),
        Error::MergeKeyNotAllowed { .. } | Error::MergeValueNotMapOrSeqOfMaps { .. } => {
            Fault::new(mark, "这里不能用“<<”").hint("请把内容直接写出来")
        }
        Error::UnsupportedTag { .. } | Error::TaggedScalarCannotDeserializeIntoString { .. } => {
            Fault::new(mark, "“!”开头的文字要加引号").hint("在两边加上英文引号，例如：\"!重要\"")
        }
        Error::Budget { breach, .. } => explain_limit(breach, mark),
        Error::InvalidUtf8Input => Fault::new(Mark::FILE, "文件不是 UTF-8 编码").hint("请另存为 UTF-8"),
        Error::ContainerEndMismatch { .. } => Fault::new(mark, "括号不成对").hint("[ 要有 ]，{ 要有 }"),
        _ => unreadable(mark),
    }
}

fn explain_limit(breach: &serde_saphyr::budget::BudgetBreach, mark: Mark) -> Fault {
    use serde_saphyr::budget::BudgetBreach;
    match breach {
        BudgetBreach::Aliases { .. }
        | BudgetBreach::Anchors { .. }
        | BudgetBreach::AliasAnchorRatio { .. } => symbol(mark),
        BudgetBreach::MergeKeys { .. } => Fault::new(mark, "这里不能用“<<”").hint("请把内容直接写出来"),
        BudgetBreach::Depth { .. } => too_deep(mark),
        BudgetBreach::SequenceUnbalanced => Fault::new(mark, "括号不成对").hint("[ 要有 ]，{ 要有 }"),
        BudgetBreach::Documents { .. } => Fault::new(mark, "一个文件里只能有一份内容"),
        _ => Fault::new(mark, "文件内容太多").hint("请把内容分成几个文件"),
    }
}

fn symbol(mark: Mark) -> Fault {
    Fault::new(mark, "“&”和“*”开头的文字要加引号")
        .hint("在两边加上英文引号，例如：\"*必填\"（YAML 的引用写法在这里不能用）")
}

fn too_deep(mark: Mark) -> Fault {
    Fault::new(mark, "一层套一层，套得太深了").hint("场景文件一般不超过五六层，请检查缩进和括号")
}

/// Errors of the grammar of YAML itself.
fn explain_scan(kind: &ErrorKind, mark: Mark) -> Fault {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => {
            Fault::new(mark, "这里用了制表符（Tab 键）").hint("缩进请用空格，每一层两个空格")
        }
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => {
            Fault::new(mark, "引号没有成对").hint("开头用了什么引号，结尾就要用同样的英文引号")
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            Fault::new(mark, "引号后面还有多余的文字").hint("请把整段文字都放进引号里")
        }
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => {
            Fault::new(mark, "双引号里的反斜杠“\\”写法不对").hint("改用单引号，单引号里的反斜杠不用处理")
        }
        K::RecursionLimitExceeded => too_deep(mark),
        K::UnknownAnchor | K::MissingAnchorOrAliasName => symbol(mark),
        K::UnexpectedCharacter { character } => {
            Fault::new(mark, format!("“{character}”开头的文字要加引号")).hint("在两边加上英文引号")
        }
        other => explain_layout(other, mark),
    }
}

/// Errors of brackets, colons and indentation.
fn explain_layout(kind: &ErrorKind, mark: Mark) -> Fault {
    use ErrorKind as K;
    match kind {
        K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::UnclosedFlowCollection { .. }
        | K::MismatchedFlowCollectionEnd { .. }
        | K::MisplacedFlowCollectionEnd
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator => Fault::new(mark, "括号不成对，或者括号里少了逗号")
            .hint("[ 要有 ]，{ 要有 }；文字本身带括号时，请加英文引号"),
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::MappingKeyNotAllowed => {
            Fault::new(mark, "这里的冒号不该出现")
                .hint("文字里带“: ”时要加英文引号；上一行如果没写完，请检查缩进")
        }
        K::SimpleKeyExpected | K::InvalidSimpleKey => {
            Fault::new(mark, "这一行少了冒号").hint("每一行写成“键: 值”，用英文冒号加一个空格")
        }
        K::InvalidIndentation
        | K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed
        | K::BlockEntryInFlowCollection
        | K::InvalidFlowScalarIndent
        | K::InvalidQuotedScalarIndent
        | K::InvalidBlockScalarIndent => Fault::new(mark, "缩进没有对齐")
            .hint("同一层的几行要从同一列开始；“- ”后面的几行要和第一个字对齐"),
        K::ExpectedTagBang
        | K::UndeclaredTagHandle
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag => {
            Fault::new(mark, "“!”开头的文字要加引号").hint("在两边加上英文引号，例如：\"!重要\"")
        }
        K::BomInsideDocument => Fault::new(mark, "这里有一个看不见的字符").hint("请删掉这一行重新输入"),
        _ => unreadable(mark),
    }
}

/// Slips that the parser notices only later, or says something else about.
fn slip(source: &Source, fault: &Fault) -> Option<Fault> {
    let numbers = [fault.mark.line, fault.mark.line.saturating_sub(1)];
    numbers.into_iter().filter(|number| *number > 0).find_map(|number| slip_in(source.line(number), number))
}

fn slip_in(line: &str, number: usize) -> Option<Fault> {
    let words = line.trim_start().trim_start_matches("- ");
    let at = |index: usize, length: usize| Mark {
        line: number,
        column: 1 + line[..index].chars().count(),
        length,
    };
    if words.starts_with('#') {
        return None;
    }
    if let Some(index) = line.find("{{").filter(|index| !line[..*index].contains(['"', '\''])) {
        return Some(
            Fault::new(at(index, 2), "{{ }} 没有加引号")
                .hint("把整段文字放进英文引号，例如：\"{{ item.name }}怎么办理？\""),
        );
    }
    let key = words.find(['：', ':', '"', '\'', ' '])?;
    let index = line.len() - words.len() + key;
    words[key..]
        .starts_with('：')
        .then(|| Fault::new(at(index, 1), "这里用了中文冒号“：”").hint("请改成英文冒号加一个空格“: ”"))
}

#[cfg(test)]
mod tests {
    use super::super::node::Node;
    use super::*;

    fn fault(text: &str) -> Fault {
        Node::parse(&Source { name: "a.yaml".into(), text: text.into() }).unwrap_err()
    }

    #[test]
    fn common_slips_are_named_where_they_are() {
        assert_eq!(fault("a: 1\nb：2\nc: 3\n").message, "这里用了中文冒号“：”");
        assert_eq!(fault("a: {{ b }}怎么办\n").message, "{{ }} 没有加引号");
        assert_eq!(fault("a:\n\t- b\n").message, "这里用了制表符（Tab 键）");
        assert_eq!(fault("a: *登录\n").message, "“&”和“*”开头的文字要加引号");
        assert_eq!(fault("a: @登录\n").message, "“@”开头的文字要加引号");
    }

    #[test]
    fn no_message_has_english_of_the_parser() {
        for text in [
            "a: [1, 2",
            "a: b: c",
            "a: 'x",
            "a: \"\\q\"",
            "- a\nb: 1",
            "a: !x y",
            "a: 1\n---\nb: 2",
            "{a: b]",
        ] {
            let fault = fault(text);
            let said = format!("{}{}", fault.message, fault.hint.unwrap_or_default());
            let longest = said.split(|letter: char| !letter.is_ascii_alphabetic()).map(str::len).max();
            assert!(longest < Some(5), "{text:?}: {said}");
        }
    }
}
