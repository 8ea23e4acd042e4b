//! `import` and `export`: recordings of other programs as scenarios, and back.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path};

use crate::cli::arguments::{ExportArguments, FromWord, ImportArguments, ToWord};
use crate::cli::exit::{self, Code, Failure};
use crate::cli::screen::Screen;
use crate::scenario::recording::{
    Exported, ImportNote, ImportOptions, Imported, LARGEST_RECORDING, Weight, export_devtools,
    import_recording,
};
use crate::text::printable;

/// Takes every file that can be taken; one that cannot does not keep the others out.
pub(in crate::cli) fn run(arguments: &ImportArguments, screen: &Screen) -> Code {
    let mut code = Code::Nothing;
    let mut taken = Vec::new();
    for file in &arguments.files {
        match one(file, arguments, &mut taken, screen) {
            Ok(()) => {}
            Err(failure) => code = exit::explain(&failure, screen),
        }
    }
    if arguments.plan {
        screen.line("只是预演（--plan），什么都没有写。");
    }
    code
}

fn one(
    file: &Path,
    arguments: &ImportArguments,
    taken: &mut Vec<String>,
    screen: &Screen,
) -> Result<(), Failure> {
    let content = read(file)?;
    let options = ImportOptions { format: arguments.from.map(FromWord::format), strict: arguments.strict };
    let name = file.display().to_string();
    let imported = import_recording(&name, &content, taken, options, &|other| beside(file, other))?;
    taken.extend(imported.scenarios.iter().map(|scenario| scenario.id.clone()));
    screen.line(&screen.strong(&format!("{}（{}）", printable(&name), imported.format.name())));
    let written = write_scenarios(&imported, arguments, screen);
    for note in &imported.notes {
        screen.line(&said(note, screen));
    }
    if !imported.secrets.is_empty() {
        let names: Vec<String> =
            imported.secrets.iter().map(|name| format!("zoutong secret set {name}")).collect();
        screen.line(&format!(
            "  {}  {}（密码没有写进文件，走访前存一次）",
            screen.yellow("要设置"),
            names.join("、")
        ));
    }
    written
}

/// A file that is not too large to be a recording.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let wrong = |why: String| Failure::Usage(format!("{}：{why}", printable(&file.display().to_string())));
    let opened = File::open(file).map_err(|error| wrong(format!("打不开（{error}），检查文件名和权限")))?;
    let mut content = Vec::new();
    opened
        .take(LARGEST_RECORDING + 1)
        .read_to_end(&mut content)
        .map_err(|error| wrong(format!("读不出来（{error}）")))?;
    Ok(content)
}

/// A file in the same folder or below it.
fn beside(file: &Path, other: &str) -> Option<Vec<u8>> {
    let other = Path::new(other);
    let stays = other.components().all(|part| matches!(part, Component::Normal(_)));
    stays.then(|| read(&file.parent().unwrap_or(Path::new("")).join(other)).ok()).flatten()
}

fn write_scenarios(imported: &Imported, arguments: &ImportArguments, screen: &Screen) -> Result<(), Failure> {
    if !arguments.plan {
        std::fs::create_dir_all(&arguments.output)
            .map_err(|source| Failure::System { what: "建立存放场景的文件夹", source })?;
    }
    for scenario in &imported.scenarios {
        let path = arguments.output.join(format!("{}.yaml", scenario.id));
        if !arguments.plan {
            write(&path, scenario.text.as_bytes(), arguments.force)?;
        }
        let mark = screen.green(if arguments.plan { "将写" } else { "写好" });
        let path = printable(&path.display().to_string());
        screen.line(&format!("  {mark}  {path}  {}，{} 步", printable(&scenario.title), scenario.steps));
    }
    Ok(())
}

/// Writes a file; one that is there stays unless it may be replaced.
pub(super) fn write(path: &Path, content: &[u8], force: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(content).map_err(|source| Failure::System { what: "写文件", source })
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let path = printable(&path.display().to_string());
            Err(Failure::Usage(format!("{path} 已经存在，没有覆盖；换一个 -o，或者加 --force 覆盖它")))
        }
        Err(source) => Err(Failure::System { what: "写文件", source }),
    }
}

pub(super) fn said(note: &ImportNote, screen: &Screen) -> String {
    let mark = match note.weight {
        Weight::Remark => screen.faint("说明"),
        Weight::Lost => screen.yellow("不做"),
        Weight::Refused => screen.red("拒绝"),
    };
    let place = if note.place.is_empty() { String::new() } else { format!("{}：", note.place) };
    format!("  {mark}  {place}{}", note.message)
}

/// Gives a scenario away: the recording on standard output or in a file, the notes on standard error.
pub(in crate::cli) fn export(arguments: &ExportArguments, screen: &Screen) -> Result<Code, Failure> {
    let content = read(&arguments.file)?;
    let name = arguments.file.display().to_string();
    let Exported { text, steps, notes } = match arguments.to {
        ToWord::DevTools => export_devtools(&name, &content)?,
    };
    match &arguments.output {
        None => screen.line(&text),
        Some(path) => {
            write(path, text.as_bytes(), arguments.force)?;
            let path = printable(&path.display().to_string());
            screen.line(&format!("{}  {path}  {steps} 步", screen.green("写好")));
        }
    }
    for note in &notes {
        screen.error(&said(note, screen));
    }
    Ok(Code::Nothing)
}
