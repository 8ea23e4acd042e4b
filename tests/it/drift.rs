//! `zoutong lint --drift`: a page on which the first way to find a button no longer works is walked, and the scenario is put in order.

use std::path::Path;

use assert_cmd::Command;

use super::hitches::run;

/// The page has its button from the second opening on.
const SCENARIO: &str = "scenario: drifted
title: 换了写法
steps:
  - open: /second
  - open: /second
  - tap:
      # 查询按钮
      - css=#old # 旧版
      - text=查询 # 新版
  - repeat: { times: 2, steps: [ { tap: [css=.gone, text=查询] } ] }
";
const MENDED: &str = "scenario: drifted
title: 换了写法
steps:
  - open: /second
  - open: /second
  - tap:
      # 查询按钮
      - text=查询 # 新版
      - css=#old # 旧版
  - repeat: { times: 2, steps: [ { tap: [text=查询, css=.gone] } ] }
";

fn lint(folder: &Path, words: &[&str]) -> (i32, String) {
    let reports = folder.join("reports");
    let mut command = Command::cargo_bin("zoutong").unwrap();
    let output = command.arg("lint").args(words).arg("--reports").arg(&reports).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&printed).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drifted_locator_is_told_with_a_patch_and_written_only_when_that_is_asked_for() {
    let (code, printed, _run, folder) = run(SCENARIO).await;
    assert_eq!(code, 0, "{printed}");
    let file = folder.path().join("a.yaml");
    let (code, told) = lint(folder.path(), &["--drift"]);
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("a.yaml:8:7") && told.contains("PC端：找到的是第 2 种 text=查询（1 次）"),
        "{told}"
    );
    let column = SCENARIO.lines().nth(9).unwrap().split("[css").next().unwrap().len() + 1;
    assert!(
        told.contains(&format!("a.yaml:10:{column}")) && told.contains("第 2 种 text=查询（2 次）"),
        "steps in loops: {told}"
    );
    assert!(told.contains("+      - text=查询 # 新版") && told.contains("+++ "), "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), SCENARIO, "nothing is written unasked");

    let (code, told) = lint(folder.path(), &["--drift", "--write"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), MENDED);

    // The run is of the file as it was.
    let (code, told) = lint(folder.path(), &["--drift"]);
    assert!(code == 0 && told.contains("和走访时不是同一个版本"), "{told}");
    let (code, told) = lint(folder.path(), &["--drift", file.to_str().unwrap()]);
    assert!(code == 0 && told.contains("和走访时不是同一个版本"), "a file is no run: {told}");
    let (code, told) = lint(folder.path(), &["--drift", "19990101"]);
    assert!(code != 0 && told.contains("没有找到走访"), "{told}");
    std::fs::write(folder.path().join("reports/runs").join("damaged"), "").unwrap();
    let damaged = folder.path().join("damaged");
    std::fs::create_dir(&damaged).unwrap();
    std::fs::write(damaged.join("run.json"), "{").unwrap();
    let (code, told) = lint(folder.path(), &["--drift", damaged.to_str().unwrap()]);
    assert!(code == 3 && told.contains("内容不完整"), "{told}");
}

#[test]
fn writing_needs_a_run_and_linting_needs_a_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(lint(folder.path(), &[]).0, 2);
    assert_eq!(lint(folder.path(), &["--write", "a.yaml"]).0, 2);
}
