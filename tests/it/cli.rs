//! The commands as a person types them: what they print and which exit code they give.

use assert_cmd::Command;

fn zoutong(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("zoutong").unwrap().args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn help_is_chinese_and_names_every_command_and_exit_code() {
    let (code, out, _) = zoutong(&["--help"]);
    assert_eq!(code, 0);
    for word in [
        "run", "guides", "demo", "portal", "read", "compare", "lint", "recheck", "report", "show", "trace",
        "record", "verify", "checks", "doctor", "init", "score", "import", "export", "login", "secret",
        "130",
    ] {
        assert!(out.contains(word), "{word} is not in:\n{out}");
    }
    for english in ["Usage", "Options", "Commands", "Print help"] {
        assert!(!out.contains(english), "{english} is in:\n{out}");
    }
}

#[test]
fn wrong_usage_is_exit_code_2_with_advice() {
    for arguments in [
        &["wlak"][..],
        &["run"],
        &["run", "没有这个文件夹"],
        &["guides"],
        &["guides", "--portal", "没有"],
        &["demo", "--down", "web"],
        &["lint", "没有"],
        &["read", "gopher://x"],
        &["checks", "没有"],
    ] {
        let (code, _, err) = zoutong(arguments);
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains("错误"), "{arguments:?}: {err}");
    }
}

#[test]
fn checks_lists_all_94_items() {
    let (code, out, _) = zoutong(&["checks"]);
    assert_eq!(code, 0);
    assert!(out.contains("共 94 项") && out.contains("guide.consistency"), "{out}");
    let (_, one, _) = zoutong(&["checks", "guide.consistency"]);
    assert!(one.contains("R01") && one.contains("依据"), "{one}");
}

#[test]
fn a_new_project_is_written_once_and_lints() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("门户");
    let path = path.to_str().unwrap();
    assert_eq!(zoutong(&["init", path]).0, 0);
    let (code, out, _) = zoutong(&["lint", path]);
    assert_eq!(code, 0);
    assert!(out.contains("待填写"), "{out}");
    assert_ne!(zoutong(&["init", path]).0, 0, "an existing project was overwritten");
}

#[test]
fn jincheng_lints_and_says_what_is_missing() {
    let (code, out, _) = zoutong(&["lint", "scenarios/jincheng"]);
    assert_eq!(code, 0);
    assert!(out.contains("首页网址还没有填"), "{out}");
}

#[test]
fn a_saved_page_is_read_without_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("指南.html");
    let page = "<h1>社会保障卡申领</h1><table><tr><th>承诺办结时限</th><td>5个工作日</td></tr>\
                <tr><th>是否收费</th><td>不收费</td></tr><tr><th>咨询电话</th><td>0356-2026101</td></tr></table>";
    std::fs::write(&file, page).unwrap();
    let (code, out, err) = zoutong(&["read", file.to_str().unwrap(), "--json"]);
    assert_eq!(code, 0, "{err}");
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(read["elements"]["promise_limit"]["text"], "5个工作日");
    assert_eq!(read["elements"]["consult"]["text"], "0356-2026101");
}

#[test]
fn no_run_is_told_with_where_it_was_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = zoutong(&["show", "--reports", folder.path().to_str().unwrap()]);
    assert_eq!(code, 3);
    assert!(err.contains("没有找到") && err.contains("建议"), "{err}");
}
