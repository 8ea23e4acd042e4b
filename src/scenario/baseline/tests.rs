//! What exports really look like, and bytes that are none.

use proptest::prelude::*;

use super::{Baseline, BaselineError, parse};
use crate::model::Guide;

fn read(text: &str) -> Baseline {
    parse("库.csv", text.as_bytes().to_vec()).expect("a table of items")
}

fn said<'g>(guide: &'g Guide, element: &str) -> &'g str {
    guide.elements.get(element).map_or("", |reading| reading.text.as_str())
}

fn names(guide: &Guide) -> Vec<&str> {
    guide.materials.iter().map(crate::model::Material::name).collect()
}

const PLAIN: &str = "事项清单（2023年）,,,\n事项名称,实施编码,承诺办结时限（工作日）,是否收费\n居民身份证换领,1140500,20,0\n护照签发,=\"114\",\"7个\n工作日\",收费\n";

#[test]
fn headings_below_a_title_with_units_quotes_and_spreadsheet_codes() {
    let baseline = read(PLAIN);
    assert_eq!(baseline.items.len(), 2);
    let (first, second) = (&baseline.items[0], &baseline.items[1]);
    assert_eq!((said(first, "item_name"), said(first, "impl_code")), ("居民身份证换领", "1140500"));
    assert_eq!((said(first, "promise_limit"), said(first, "fee_flag")), ("20个工作日", "否"));
    assert_eq!((said(second, "impl_code"), said(second, "promise_limit")), ("114", "7个\n工作日"));
    assert_eq!(first.url, "库.csv 第 3 行");
    assert_eq!(baseline.notes, Vec::<String>::new());
}

#[test]
fn gbk_utf16_and_marks_say_the_same() {
    let (gbk, ..) = encoding_rs::GBK.encode(PLAIN);
    let marked = [b"\xEF\xBB\xBF", PLAIN.as_bytes()].concat();
    let wide = PLAIN.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
    for bytes in [gbk.into_owned(), marked, wide] {
        assert_eq!(parse("库.csv", bytes).unwrap(), read(PLAIN));
    }
}

#[test]
fn what_is_not_understood_is_said_and_left_out() {
    let baseline = read(
        "事项名称,领导批示,法定办结时限,咨询方式,联系电话,实施编码\n甲,好,20,1,2,1.11405E+30\n,,,0356-1,,\n",
    );
    assert_eq!(baseline.items.len(), 1);
    assert_eq!(said(&baseline.items[0], "legal_limit"), "");
    assert_eq!(said(&baseline.items[0], "consult"), "1");
    assert_eq!(
        baseline.notes,
        [
            "库.csv有看不懂的列，没有用上：“领导批示”",
            "库.csv的“咨询方式”和“联系电话”都是“咨询方式”，只用“咨询方式”这一列",
            "库.csv第 3 行没有事项名称也没有编码，没有用上",
            "库.csv的“法定办结时限”有的只有数字没有单位，这些没有拿来对照",
            "库.csv第 2 行的编码被表格软件当成数字，后面的位数已经丢失；把这一列设为“文本”再导出",
        ]
    );
}

#[test]
fn the_national_columns_with_their_dictionary() {
    let baseline = read(
        "task_name;task_code;promise_day;promise_type;is_fee;project_type;transact_addr\n甲;114;5;工作日;1;2;文昌西街1号\n",
    );
    let guide = &baseline.items[0];
    let found = ["item_name", "promise_limit", "fee_flag", "project_type", "place"].map(|id| said(guide, id));
    assert_eq!(found, ["甲", "5个工作日", "是", "承诺件", "文昌西街1号"]);
}

#[test]
fn a_code_that_may_be_any_is_told_by_its_length() {
    let code = "1".repeat(31);
    let baseline = read(&format!("事项名称,事项编码\n甲,{code}\n乙,140511001000\n"));
    assert_eq!(said(&baseline.items[0], "impl_code"), code);
    assert_eq!(said(&baseline.items[1], "base_code"), "140511001000");
}

#[test]
fn a_cell_lists_the_materials() {
    for cell in ["\"1.居民户口簿\n2.登记表\"", "居民户口簿；登记表。", "居民户口簿、登记表"]
    {
        let baseline = read(&format!("事项名称,申请材料\n甲,{cell}\n"));
        assert_eq!(names(&baseline.items[0]), ["居民户口簿", "登记表"], "{cell}");
    }
    assert_eq!(names(&read("事项名称,申请材料\n甲,无需提交材料。\n").items[0]), Vec::<&str>::new());
}

#[test]
fn json_with_materials_as_objects_or_names_wherever_the_array_lies() {
    let text = r#"{"code": 200, "data": {"list": [
        {"事项名称": "甲", "承诺办结时限": "5个工作日", "是否网办": true,
         "materials": [{"name": "居民户口簿", "份数": 1}, {"材料名称": "登记表", "is_need": "1"}]},
        {"事项名称": "乙", "申请材料": ["身份证"]}]}}"#;
    let baseline = read(text);
    assert_eq!(names(&baseline.items[0]), ["居民户口簿", "登记表"]);
    assert_eq!(baseline.items[0].materials[1].fields["need"], "必要");
    assert_eq!((said(&baseline.items[0], "online_flag"), names(&baseline.items[1])), ("是", vec!["身份证"]));
    let alone = read(r#"{"事项名称": "甲", "materials": [{"name": "居民户口簿", "copies": "1"}]}"#);
    assert_eq!((alone.items.len(), names(&alone.items[0])), (1, vec!["居民户口簿"]));
}

#[test]
fn what_is_no_export_is_refused_with_the_place() {
    let error = |bytes: &[u8]| parse("库", bytes.to_vec()).unwrap_err().to_string();
    assert_eq!(error(b" \n,,\n"), "事项库文件 库 里没有内容");
    assert_eq!(error("姓名,年龄\n张三,3\n".as_bytes()), "事项库文件 库 里找不到表头");
    assert_eq!(error("事项名称,实施编码\n".as_bytes()), "事项库文件 库 里有表头，但一个事项也没有");
    assert_eq!(error(b"a,b\n\xff\xff,c\n"), "事项库文件 库 第 2 行的文字编码认不出来");
    assert_eq!(error(b"PK\x03\x04 no more"), "事项库文件 库 已损坏或格式不对：不是完整的工作簿");
    assert_eq!(error(b"[{]"), "事项库文件 库 已损坏或格式不对：第 1 行第 3 列不合 JSON 的写法");
    assert!(matches!(parse("库", b"[]".to_vec()), Err(BaselineError::Empty { .. })));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0_usize..5) {
        let start: &[u8] = [&b""[..], b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0], b"[{", "事项名称,".as_bytes()][kind];
        let _ = parse("库", [start, &bytes].concat());
    }

    #[test]
    fn no_table_panics(cells in prop::collection::vec(
        prop::sample::select(vec!["事项名称", "甲", "实施编码", "材料名称", "份数", "promise_day", "20", "1E30", "", "\n", "★", "（", "materials"]), 0..40,
    ), width in 1_usize..6) {
        let rows: Vec<String> = cells.chunks(width).map(|row| row.join(",")).collect();
        let _ = parse("库", rows.join("\n").into_bytes());
    }
}
