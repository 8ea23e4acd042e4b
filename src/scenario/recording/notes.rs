//! 导入说明: what an import or export did that a person should know, and where in the recording.

use std::collections::HashSet;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 说明: done otherwise than recorded, nothing is lost.
    Remark,
    /// 丢失: kept in the file, but it will not be done.
    Lost,
    /// 拒绝: what the recording's own format, or safety, does not allow.
    Refused,
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImportNote {
    /// Where: 第 3 步, 测试“登录”第 2 条; empty when the whole file is meant.
    pub place: String,
    /// How it is meant.
    pub weight: Weight,
    /// What, in one Chinese clause, never with a secret in it.
    pub message: String,
}

/// Notes as they come up, all of one place.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) list: Vec<ImportNote>,
    pub(super) place: String,
    known: HashSet<ImportNote>,
}

impl Notes {
    pub(super) fn remark(&mut self, message: impl Into<String>) {
        self.add(Weight::Remark, &message.into());
    }

    pub(super) fn lost(&mut self, message: impl Into<String>) {
        self.add(Weight::Lost, &message.into());
    }

    pub(super) fn refused(&mut self, message: impl Into<String>) {
        self.add(Weight::Refused, &message.into());
    }

    fn add(&mut self, weight: Weight, message: &str) {
        let note = ImportNote {
            place: crate::text::printable(&self.place),
            weight,
            message: crate::text::printable(message),
        };
        if self.known.insert(note.clone()) {
            self.list.push(note);
        }
    }
}
