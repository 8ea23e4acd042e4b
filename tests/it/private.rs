//! Secrets as a technician keeps them: typed without echo, kept for their owner alone, told by name only.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use assert_cmd::Command;

/// Exit code, what was printed, what was complained about. There is no keyring in this world.
fn zoutong(world: &Path, arguments: &[&str], typed: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("zoutong").unwrap();
    command.current_dir(world).args(arguments).write_stdin(typed);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env_remove("ZOUTONG_SECRETS");
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_secret_is_kept_listed_by_name_and_removed() {
    let world = tempfile::tempdir().unwrap();
    let (code, out, err) = zoutong(world.path(), &["secret", "set", "DEMO_PASSWORD"], "geheim=1 #\n");
    assert_eq!(code, 0, "{err}");
    let file = world.path().join(".zoutong/secrets");
    assert!(fs::read_to_string(&file).unwrap().ends_with("DEMO_PASSWORD=geheim=1 #\n"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (_, list, noise) = zoutong(world.path(), &["secret", "list"], "");
    assert!(list.contains("DEMO_PASSWORD") && list.contains("密钥文件") && noise.is_empty(), "{list}{noise}");
    for said in [out, err, list] {
        assert!(!said.contains("geheim"), "{said}");
    }
    assert_eq!(zoutong(world.path(), &["secret", "remove", "DEMO_PASSWORD"], "").0, 0);
    assert_eq!(zoutong(world.path(), &["secret", "remove", "DEMO_PASSWORD"], "").0, 2);
}

#[test]
fn a_password_in_the_place_of_the_name_is_not_repeated() {
    let world = tempfile::tempdir().unwrap();
    let (code, out, err) = zoutong(world.path(), &["secret", "set", "geheim!"], "x\n");
    assert_eq!(code, 2);
    assert!(err.contains("错误") && !format!("{out}{err}").contains("geheim"), "{out}{err}");
}

#[test]
fn a_file_that_others_can_read_is_refused_with_the_way_out() {
    let world = tempfile::tempdir().unwrap();
    zoutong(world.path(), &["secret", "set", "A"], "geheim\n");
    let file = world.path().join(".zoutong/secrets");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(zoutong(world.path(), &["init", "portal"], "").0, 0);
    for arguments in [&["secret", "list"][..], &["run", "portal"], &["secret", "set", "B"]] {
        let (code, _, err) = zoutong(world.path(), arguments, "x\n");
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("644") && err.contains("chmod 600 .zoutong/secrets"), "{err}");
    }
}

#[test]
fn what_is_wrong_in_the_file_is_told_by_place_without_its_words() {
    let world = tempfile::tempdir().unwrap();
    let file = world.path().join("my.secrets");
    fs::write(&file, "# x\nA=1\nhunter2\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let (code, out, err) = zoutong(world.path(), &["secret", "list", "--secrets", "my.secrets"], "");
    assert_eq!(code, 2);
    assert!(err.contains("my.secrets:3:1  这一行没有等号") && err.contains("建议"), "{err}");
    assert!(!format!("{out}{err}").contains("hunter2"));
}

#[test]
fn a_machine_without_a_keyring_is_told_at_once() {
    let world = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let (code, _, err) = zoutong(world.path(), &["secret", "set", "A", "--keyring"], "geheim\n");
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("没有正在运行的密钥环") && err.contains("建议") && !err.contains("geheim"), "{err}");
    assert!(began.elapsed() < Duration::from_secs(10));
}
