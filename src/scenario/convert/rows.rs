//! 数据表: the CSV or XLSX file that a scenario or a step is repeated over.

use super::said::{file_beside, path_beside};
use crate::model::RowTable;
use crate::scenario::baseline::{BaselineError, read_rows};
use crate::scenario::fault::Fault;
use crate::scenario::margin::Margin;
use crate::scenario::yaml::Written;

/// Nobody walks so many in one night.
const MOST_ROWS: usize = 10_000;

/// The rows of a file beside the scenario file.
pub(super) fn rows(written: &Written<String>, margin: &mut Margin<'_>) -> Option<RowTable> {
    let file = file_beside(written, margin)?;
    let fault = match read_rows(&path_beside(&file, margin), &file) {
        Ok(table) if table.rows.len() > MOST_ROWS => {
            Fault::new(written.mark, format!("表格文件“{file}”有 {} 行，太多了", table.rows.len()))
                .hint(format!("最多 {MOST_ROWS} 行，请分成几个文件"))
        }
        Ok(table) => return Some(table),
        Err(BaselineError::Absent { .. }) => {
            Fault::new(written.mark, format!("场景文件旁边没有表格文件“{file}”"))
                .hint("把 CSV 或 XLSX 文件放在场景文件旁边，第一行是列名")
        }
        Err(BaselineError::NoItems { .. } | BaselineError::Empty { .. }) => {
            Fault::new(written.mark, format!("表格文件“{file}”里没有数据"))
                .hint("第一行是列名，下面每行写一组数据")
        }
        Err(BaselineError::Damaged { why, .. }) => {
            Fault::new(written.mark, format!("表格文件“{file}”已损坏或格式不对：{why}"))
                .hint("用表格软件打开看看，另存为 XLSX 再试")
        }
        Err(error) => Fault::new(written.mark, format!("表格文件“{file}”读不出来")).hint(error.advice()),
    };
    margin.wrong(fault);
    None
}
