//! Exports of the office's database: workbooks, and what the portal file and `compare` make of them.

use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};
use zoutong::model::{ChannelId, Material};
use zoutong::scenario::{Variables, load_portal, read_baseline};

const CODE: &str = "11140500MB1234567X4140511001000";

/// Items on one sheet, below a title; their materials on another one.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let items = workbook.add_worksheet().set_name("事项").unwrap();
    items.write_string(0, 0, "晋城市事项库").unwrap();
    let heads = ["序号", "事项名称", "实施编码", "承诺办结时限（工作日）", "咨询方式", "到办事现场次数"];
    for (column, heading) in heads.into_iter().enumerate() {
        items.write_string(2, u16::try_from(column).unwrap(), heading).unwrap();
    }
    items.write_string(3, 1, "居民身份证换领").unwrap();
    items.write_string(3, 2, CODE).unwrap();
    items.write_number(3, 3, 20.0).unwrap();
    items.write_formula(3, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    items.write_number(3, 5, 1.0).unwrap();
    items.write_string(4, 1, "护照签发").unwrap();
    items.write_number(4, 2, 1.114_05e30).unwrap();
    let materials = workbook.add_worksheet().set_name("材料").unwrap();
    let rows = [
        ["实施编码", "材料名称", "材料必要性"],
        [CODE, "居民户口簿", "1"],
        [CODE, "登记表", "非必要"],
        ["0", "无主的材料", ""],
    ];
    for (row, cells) in rows.into_iter().enumerate() {
        for (column, cell) in cells.into_iter().enumerate() {
            materials
                .write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), cell)
                .unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_items_and_materials_and_what_is_wrong_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("事项库.xlsx");
    std::fs::write(&path, workbook()).unwrap();
    let baseline = read_baseline(&path).unwrap();
    let said = |at: usize, element: &str| {
        baseline.items[at].elements.get(element).map(|reading| reading.text.as_str())
    };
    assert_eq!(baseline.items.len(), 2);
    assert_eq!((said(0, "impl_code"), said(0, "promise_limit")), (Some(CODE), Some("20个工作日")));
    assert_eq!((said(0, "consult"), said(0, "visits"), said(1, "impl_code")), (None, Some("1"), None));
    let names: Vec<&str> = baseline.items[0].materials.iter().map(Material::name).collect();
    assert_eq!(names, ["居民户口簿", "登记表"]);
    assert_eq!(baseline.items[0].materials[0].fields["need"], "必要");
    let notes = baseline.notes.join("\n").replace(&path.display().to_string(), "库");
    assert_eq!(
        notes,
        "库 工作表“事项”的 E4 单元格是公式错误 #DIV/0!，没有用上\n\
         库 工作表“事项”第 5 行的编码被表格软件当成数字，后面的位数已经丢失；把这一列设为“文本”再导出\n\
         库 工作表“材料”第 4 行对不上事项（或没有材料名称），没有用上"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_workbook_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>()) {
        let mut bytes = workbook();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let folder = tempfile::tempdir().unwrap();
        let (whole, half) = (folder.path().join("a.xlsx"), folder.path().join("b.xlsx"));
        std::fs::write(&whole, &bytes).unwrap();
        std::fs::write(&half, &bytes[..cut.index(bytes.len())]).unwrap();
        let _ = (read_baseline(&whole), read_baseline(&half));
    }
}

fn portal(folder: &Path, lines: &str) {
    let text = format!(
        "portal: 试验门户\nhosts: [portal.test]\n{lines}channels:\n  pc:\n    name: PC端\n    home: http://portal.test/\n"
    );
    std::fs::write(folder.join("portal.yaml"), text).unwrap();
}

#[test]
fn the_portal_file_names_authority_and_baseline_whose_items_are_a_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    portal(folder.path(), "authority: pc\nbaseline: 事项库.xlsx\n");
    std::fs::write(folder.path().join("事项库.xlsx"), workbook()).unwrap();
    let library = load_portal(folder.path(), &Variables::new()).unwrap();
    let standard = &library.portal.standard;
    assert_eq!(standard.authority, Some(ChannelId::from("pc")));
    let items: Vec<_> = standard.items().into_iter().map(|item| (item.name, item.code)).collect();
    let items: Vec<_> = items.iter().map(|(name, code)| (name.as_str(), code.as_deref())).collect();
    assert_eq!(items, [("居民身份证换领", Some(CODE)), ("护照签发", None)]);
    assert_eq!(library.notes.len(), 3, "{:?}", library.notes);
}

#[test]
fn a_misspelt_export_is_asked_back() {
    let folder = tempfile::tempdir().unwrap();
    portal(folder.path(), "baseline: 事项表.xlsx\n");
    std::fs::write(folder.path().join("事项库.xlsx"), workbook()).unwrap();
    let errors = load_portal(folder.path(), &Variables::new()).unwrap_err().render(false);
    assert!(errors.contains("是不是想写 事项库.xlsx？"), "{errors}");
}

/// A page of the item that promises so many working days.
fn page(folder: &Path, name: &str, days: u32) -> String {
    let rows = [
        ("事项名称", "居民身份证换领".to_owned()),
        ("实施编码", CODE.to_owned()),
        ("承诺办结时限", format!("{days}个工作日")),
        ("到办事现场次数", "1次".to_owned()),
        ("是否收费", "否".to_owned()),
    ];
    let rows = rows.map(|(label, value)| format!("<tr><th>{label}</th><td>{value}</td></tr>")).concat();
    let path = folder.join(name);
    std::fs::write(&path, format!("<meta charset=utf-8><title>办事指南</title><table>{rows}</table>"))
        .unwrap();
    path.display().to_string()
}

fn compared(arguments: &[&str]) -> serde_json::Value {
    let output =
        Command::cargo_bin("zoutong").unwrap().arg("compare").args(arguments).arg("--json").output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn pages_that_agree_are_measured_against_the_export() {
    let folder = tempfile::tempdir().unwrap();
    let pages = [page(folder.path(), "a.html", 15), page(folder.path(), "b.html", 15)];
    let export = folder.path().join("库.csv");
    std::fs::write(&export, "事项名称,承诺办结时限,到办事现场次数\n居民身份证换领,20工作日,一次\n").unwrap();
    let export = export.display().to_string();
    let whole = compared(&[&pages[0], &pages[1], "--baseline", &export]);
    let differences = whole["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "{whole:#}");
    assert_eq!(differences[0]["kind"], "baseline");
    assert_eq!(differences[0]["element"], "promise_limit");
    assert_eq!(differences[0]["baseline"], "20工作日");
    assert_eq!(differences[0]["odd"], serde_json::json!(["page1", "page2"]));
    assert_eq!(compared(&[&pages[0], &pages[1]])["differences"], serde_json::json!([]));
    std::fs::write(&export, "事项名称,承诺办结时限\n护照签发,20工作日\n").unwrap();
    let elsewhere = compared(&[&pages[0], &pages[1], "--baseline", &export]);
    assert_eq!(elsewhere["differences"], serde_json::json!([]));
    assert!(elsewhere["notes"][0].as_str().unwrap().contains("找不到“居民身份证换领”"), "{elsewhere:#}");
}
