//! Why a template could not be filled in, and what to write instead.

use crate::scenario::nearest::nearest;

/// Why a template could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text between `{{` and `}}`, or the expression, is not well formed.
    #[error("{{{{ }}}} 里的写法不对")]
    Syntax,
    /// `{% … %}` and `{# … #}` are not part of the language.
    #[error("这里不能用 {{% %}} 和 {{# #}}")]
    Block,
    /// `{{ }}` inside an expression.
    #[error("when 后面直接写名字，不用 {{{{ }}}}")]
    BracesInExpression,
    /// A name that nothing gives.
    #[error("不认识的名字“{name}”")]
    Unknown {
        /// The name as it was written.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// `item` or `account` in a scenario that is not repeated over them.
    #[error("这里没有“{name}”可用")]
    NotRepeated {
        /// `item` or `account`.
        name: String,
    },
    /// A secret that nobody has given.
    #[error("没有给出密钥“{name}”")]
    NoSecret {
        /// The secret's name.
        name: String,
    },
    /// A name that exists but has no value here (`item.certificate` of an item without one).
    #[error("这里要用的内容是空的")]
    Empty,
    /// A filter that does not exist.
    #[error("不认识的处理方法（“|”后面的词）")]
    UnknownFilter,
    /// The names are right but the calculation is not (a number added to a text …).
    #[error("{{{{ }}}} 里的内容算不出来")]
    Failed,
}

impl TemplateError {
    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Syntax => Some("写成 {{ 名字 }}，例如：{{ item.name }}".to_owned()),
            Self::Block => Some("只能用 {{ }} 取内容；要不要做这一步，请写 when:".to_owned()),
            Self::BracesInExpression => Some("例如：when: item.certificate".to_owned()),
            Self::Unknown { name, known } if known.is_empty() => {
                Some(format!("还没有给出任何变量；“{name}”要由程序或命令行给出"))
            }
            Self::Unknown { name, known } => {
                let list = format!("可用的名字：{}", known.join("、"));
                Some(match near(name, known) {
                    Some(near) => format!("{list}（是不是想写 {near}？）"),
                    None if name.contains('.') => list,
                    None => {
                        format!(
                            "{list}\n自己取的名字要先取到：前面加一步 set: {{ {name}: … }}，或 fetch: {{ from: …, keep: {name} }}"
                        )
                    }
                })
            }
            Self::NotRepeated { name } if name == "row" => {
                Some("要用 row，请在文件开头写 for-each: { rows: 表格文件.csv }".to_owned())
            }
            Self::NotRepeated { name } if name == "loop" => {
                Some("loop.index 是第几遍，只能写在 repeat 和 for-each 的步骤里".to_owned())
            }
            Self::NotRepeated { name } if name == "param" => {
                Some("要用 param，请在文件开头写 params: { 名字: 不给时用的内容 }".to_owned())
            }
            Self::NotRepeated { name } => Some(format!("要用 {name}，请在文件开头写 for-each: {name}s")),
            Self::NoSecret { name } => {
                Some(format!("运行 zoutong secret set {name} 存一次，或设置环境变量 ZOUTONG_SECRET_{name}"))
            }
            Self::Empty => Some("请给这一步加上 when:，例如：when: item.certificate".to_owned()),
            Self::UnknownFilter => Some(format!("可用的有：{}", super::FILTERS.join("、"))),
            Self::Failed => None,
        }
    }

    /// The words of the file that it is about, to point at.
    pub(crate) fn subject(&self) -> Option<&str> {
        match self {
            Self::Unknown { name, .. } | Self::NotRepeated { name } | Self::NoSecret { name } => Some(name),
            Self::Block => Some("{%"),
            _ => None,
        }
    }
}

/// The known name that differs least behind its last dot.
fn near<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    let last = |path: &'a str| path.rsplit('.').next().unwrap_or(path);
    let meant = nearest(name.rsplit('.').next().unwrap_or(name), known.iter().map(|path| last(path)))?;
    known.iter().map(String::as_str).find(|path| last(path) == meant)
}
