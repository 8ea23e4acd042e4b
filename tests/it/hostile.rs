//! Pages that mean harm, or were only made by a broken program: read in bounded time and memory, with a note, and nothing of
//! them runs. The pages are made here.

use std::time::{Duration, Instant};

use assert_cmd::Command;
use zoutong::audit::{PageReading, read_file};

/// Debug builds on a busy machine are slow; what has no bound takes minutes or for ever.
const PATIENCE: Duration = Duration::from_secs(40);
/// Kilobytes of address space that the program may take for the worst of pages.
const MEMORY: &str = "1500000";

/// What a page said, and what was noted of it.
struct Said(PageReading);

impl Said {
    fn element(&self, id: &str) -> &str {
        self.0.guide.elements.get(id).map_or("", |reading| &reading.text)
    }

    fn notes(&self) -> String {
        self.0.snapshot.notes.join("；")
    }
}

/// Reads a page that was saved to a file, within the time.
fn read(bytes: &[u8]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    std::fs::write(&page, bytes).unwrap();
    let begun = Instant::now();
    let reading = read_file(&page).unwrap();
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    Said(reading)
}

/// Reads a page with the command, with little memory.
fn read_with_little_memory(page: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    std::fs::write(&path, page).unwrap();
    let program = assert_cmd::cargo::cargo_bin("zoutong");
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" read \"$1\"")])
        .args([&program, &path])
        .timeout(PATIENCE)
        .output()
        .unwrap();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{:?}: {wrong}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// A small honest guide with something else before its end.
fn guide_with(more: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>居民身份证换领</title></head><body><h1>居民身份证换领</h1>\
         <table><tr><th>实施主体</th><td>某市公安局</td></tr><tr><th>承诺办结时限</th><td>20个自然日</td></tr>\
         <tr><th>办理地点</th><td>泽州路128号二楼户政窗口</td></tr><tr><th>咨询方式</th><td>0356-2218110</td></tr></table>{more}</body></html>"
    )
}

fn assert_read(said: &Said) {
    assert_eq!(said.element("dept"), "某市公安局");
    assert_eq!(said.element("promise_limit"), "20个自然日");
    assert_eq!(said.element("consult"), "0356-2218110");
}

#[test]
fn five_megabytes_are_read_as_far_as_they_go() {
    let row = "<div class=\"law\"><h4>第一条</h4><p>为了规范办事指南，制定本规定。申请条件、办理时限和收费标准由本机关公布。</p></div>\n";
    let said = read(guide_with(&row.repeat(5 * 1024 * 1024 / row.len())).as_bytes());
    assert_read(&said);
    assert!(said.notes().contains("只读取了前面的部分"), "{}", said.notes());
}

#[test]
fn a_hundred_thousand_nodes_are_cut_with_a_note() {
    let said = read(guide_with(&"<span>受理条件</span><i></i>".repeat(50_000)).as_bytes());
    assert_read(&said);
    assert!(said.notes().contains("个节点，只读取了前面的部分"), "{}", said.notes());
}

#[test]
fn ten_thousand_nested_tags_of_any_kind_do_no_harm() {
    for tag in [
        "div", "span", "b", "table", "ul><li", "dl><dd", "section", "details", "a href=x", "p", "form",
        "svg", "button",
    ] {
        let nest = format!("<{tag}>").repeat(10_000);
        assert_read(&read(guide_with(&format!("{nest}受理条件：深处")).as_bytes()));
    }
}

#[test]
fn one_endless_line_is_cut_with_a_note() {
    for piece in ["没有换行的文字", "申请条件：无；", "<", "&nbsp;", "&#x529e;", "【办理时间】", "　"]
    {
        let line = piece.repeat(5 * 1024 * 1024 / piece.len());
        let said = read(guide_with(&format!("<p>{line}</p>")).as_bytes());
        assert_read(&said);
        if !piece.starts_with(['&', '　', '<']) {
            assert!(said.notes().contains("只读取了前面的部分"), "{piece}: {}", said.notes());
        }
    }
}

fn numbered(count: usize, before: &str, after: &str) -> String {
    (0..count).flat_map(|number| [before.to_owned(), number.to_string(), after.to_owned()]).collect()
}

#[test]
fn tags_that_multiply_are_stopped() {
    let fonts = numbered(4_000, "<font color=", ">");
    let page = guide_with(&format!("<p>{fonts}{}", "<p>x".repeat(20_000)));
    let words = read_with_little_memory(&page);
    assert!(words.contains("某市公安局") && words.contains("只读取了前面的部分"), "{words}");
    let attributes = numbered(300_000, " a", "=1");
    assert_read(&read(guide_with(&format!("<div{attributes}>x</div>")).as_bytes()));
    let spans = "<td colspan=999999999 rowspan=999999999>受理条件</td>".repeat(300);
    assert_read(&read(guide_with(&format!("<table><tr>{spans}</tr><tr>{spans}</tr></table>")).as_bytes()));
}

#[test]
fn tables_of_any_size_and_shape_are_read() {
    let wide = format!("<tr>{}</tr>", "<th>材料名称</th>".repeat(3_000));
    assert_read(&read(guide_with(&format!("<table>{}</table>", wide.repeat(5))).as_bytes()));
    let long = "<tr><td>1</td><td>身份证</td><td>原件</td></tr>".repeat(15_000);
    let table = format!(
        "<h3>申请材料</h3><table><tr><th>序号</th><th>材料名称</th><th>材料形式</th></tr>{long}</table>"
    );
    let said = read(guide_with(&table).as_bytes());
    assert_read(&said);
    assert!(said.0.guide.materials.len() <= 200);
    let tables = "<table><tr><td>受理条件</td><td>".repeat(1_500);
    assert_read(&read(guide_with(&tables).as_bytes()));
}

#[test]
fn data_in_scripts_is_bounded() {
    for script in [
        "[".repeat(200_000),
        "{\"a\":".repeat(100_000),
        format!("{{\"受理条件\":\"{}\"}}", "长".repeat(1_500_000)),
    ] {
        for open in ["<script type=\"application/json\">", "<script>window.__INITIAL_STATE__="] {
            assert_read(&read(guide_with(&format!("{open}{script}</script>")).as_bytes()));
        }
    }
}

#[test]
fn broken_encodings_are_read_and_said() {
    let page = guide_with("");
    let undeclared = page.replace("<meta charset=\"utf-8\">", "");
    let (gbk, ..) = encoding_rs::GBK.encode(&undeclared);
    assert_read(&read(&gbk));
    assert_read(&read(&gbk[..gbk.len() - "</table></body></html>".len() - 1]));
    // The page says UTF-8 and is GBK; the page says GBK and is UTF-8.
    let (liar, ..) = encoding_rs::GBK.encode(&page);
    assert_read(&read(&liar));
    assert_read(&read(page.replace("utf-8", "gb2312").as_bytes()));
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_read(&read(&wide));
    assert_read(&read(&[&[0xff, 0xfe][..], &wide].concat()));
    assert_read(&read(&page.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()));
    assert_read(&read(page.replace("utf-8", "utf-16").as_bytes()));
}

#[test]
fn a_page_of_two_encodings_is_read_as_the_one_that_most_of_it_has() {
    let (foreign, ..) = encoding_rs::GBK.encode("友情链接：某某区政府");
    let page = guide_with("<div>@</div>");
    let at = page.find('@').unwrap();
    let mixed = [&page.as_bytes()[..at], &foreign, &page.as_bytes()[at + 1..]].concat();
    let said = read(&mixed);
    assert_read(&said);
    assert!(said.notes().contains("无法识别"), "{}", said.notes());
    // A page cut in the middle of a character stays readable too.
    let (cut, _) = page.split_at(page.find("<div>").unwrap());
    assert_read(&read(&[cut.as_bytes(), "<p>电".as_bytes().split_last().unwrap().1].concat()));
}
