//! What a file is by its bytes, and whether a program would open it. Pure; files are hostile, so nothing is unpacked.

use std::io::Cursor;

use crate::model::{FileFacts, FileKind};

use super::charset::decode;
use super::html::snapshot_of;

/// The head of every file that Word, Excel and WPS wrote before 2007.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How much of a text is looked at.
const HEAD: usize = 64 * 1024;
/// More visible words than this are content, whatever they mention.
const LONGEST_ERROR: usize = 300;
/// Words of pages that stand where a file should be.
const ERROR_WORDS: &[&str] = &[
    "404",
    "不存在",
    "找不到",
    "未找到",
    "没有找到",
    "无法找到",
    "已删除",
    "已被删除",
    "已失效",
    "出错",
    "错误",
    "异常",
    "not found",
    "error",
];

/// Everything that can be told about a file; `whole` says whether its end came, too.
pub(super) fn facts(bytes: &[u8], whole: bool, declared: &str) -> FileFacts {
    let (kind, opens) = look(bytes, declared);
    FileFacts {
        bytes: bytes.len() as u64,
        whole,
        declared: declared.chars().take(100).collect(),
        kind,
        opens: opens.filter(|_| whole),
    }
}

/// What a file is, as the ending that its name should have; `bin` when that is not known.
pub(super) fn ending_of(bytes: &[u8]) -> &'static str {
    match look(bytes, "") {
        (FileKind::Pdf, _) => "pdf",
        (FileKind::WebPage | FileKind::ErrorPage, _) => "html",
        (FileKind::Text, _) => "txt",
        _ => infer::get(bytes).map_or("bin", |kind| kind.extension()),
    }
}

fn look(bytes: &[u8], declared: &str) -> (FileKind, Option<bool>) {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let head = &bytes[start..bytes.len().min(start + 1024)];
    // Readers look for the head of a PDF in the first kilobyte.
    if head.windows(5).any(|window| window == b"%PDF-") {
        return (FileKind::Pdf, Some(ends_as_pdf(bytes)));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    // Half a sector is the least that such a file has.
    if bytes.starts_with(OLE) {
        return (FileKind::Office, Some(bytes.len() >= 512));
    }
    if head.starts_with(b"{\\rtf") {
        return (FileKind::Office, Some(bytes.trim_ascii_end().ends_with(b"}")));
    }
    match infer::get(bytes).map(|kind| kind.matcher_type()) {
        Some(infer::MatcherType::Image) => (FileKind::Image, picture_opens(bytes)),
        Some(infer::MatcherType::Archive) => (FileKind::Archive, None),
        _ => (words(bytes, declared), None),
    }
}

/// The end of a PDF is its last kilobyte; a few tools write blanks behind it.
fn ends_as_pdf(bytes: &[u8]) -> bool {
    let end = &bytes.trim_ascii_end()[bytes.trim_ascii_end().len().saturating_sub(1024)..];
    end.windows(5).any(|window| window == b"%%EOF")
}

/// A document of several parts in one archive, or an archive.
fn zipped(bytes: &[u8]) -> (FileKind, Option<bool>) {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        // The list of parts stands at the end: a broken one may have been either.
        let office =
            bytes[..bytes.len().min(HEAD)].windows(19).any(|window| window == b"[Content_Types].xml");
        return (if office { FileKind::Office } else { FileKind::Archive }, Some(false));
    };
    let has = |name: &str| archive.file_names().flatten().any(|part| part.eq_ignore_ascii_case(name));
    let office = has("[Content_Types].xml") || has("OFD.xml") || has("mimetype");
    (if office { FileKind::Office } else { FileKind::Archive }, Some(!archive.is_empty()))
}

/// Whether the head of a picture gives its size; `None` for formats whose head is not known here.
fn picture_opens(bytes: &[u8]) -> Option<bool> {
    imagesize::image_type(bytes).ok()?;
    Some(imagesize::blob_size(bytes).is_ok_and(|size| size.width > 0 && size.height > 0))
}

/// Pages and texts; everything else is unknown.
fn words(bytes: &[u8], declared: &str) -> FileKind {
    let text =
        decode(&bytes[..bytes.len().min(HEAD)], Some(declared).filter(|declared| !declared.is_empty()));
    let start = text.trim_start().chars().take(2000).collect::<String>().to_ascii_lowercase();
    let has = |needle: &str| start.contains(needle);
    // Word and Excel save as HTML and as MHTML under their own endings, and open both.
    if has("urn:schemas-microsoft-com:office") || start.starts_with("mime-version:") {
        return FileKind::Office;
    }
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| has(tag)) {
        return if says_error(&text) { FileKind::ErrorPage } else { FileKind::WebPage };
    }
    // An answer of a program: {"code":404,"msg":"文件不存在"}.
    if start.starts_with('{') && says_error(&text) {
        return FileKind::ErrorPage;
    }
    if is_plain(&text) { FileKind::Text } else { FileKind::Unknown }
}

/// What a page shows, and its title.
fn visible_words(html: &str) -> String {
    let snapshot = snapshot_of(html, "");
    let shown = snapshot.nodes.iter().filter(|node| node.is_text() && !node.hidden);
    shown.fold(snapshot.title.clone(), |words, node| words + &node.text)
}

/// A page of few words that speak of an error.
fn says_error(text: &str) -> bool {
    let visible = if text.trim_start().starts_with('{') { text.to_owned() } else { visible_words(text) };
    let visible = visible.to_lowercase();
    visible.chars().count() <= LONGEST_ERROR && ERROR_WORDS.iter().any(|word| visible.contains(word))
}

/// Text has no control characters, and hardly any that could not be decoded.
fn is_plain(text: &str) -> bool {
    let total = text.chars().count();
    let odd = text
        .chars()
        .filter(|letter| *letter == '\u{fffd}' || (letter.is_control() && !letter.is_whitespace()));
    total > 0 && odd.count() * 100 <= total
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn seen(bytes: &[u8]) -> (FileKind, Option<bool>) {
        let facts = facts(bytes, true, "");
        (facts.kind, facts.opens)
    }

    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for part in parts {
            writer.start_file(*part, stored).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn whole_documents_open_and_cut_ones_do_not() {
        let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n";
        assert_eq!(seen(pdf), (FileKind::Pdf, Some(true)));
        assert_eq!(seen(&pdf[..30]), (FileKind::Pdf, Some(false)));
        let docx = archive(&["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(seen(&docx), (FileKind::Office, Some(true)));
        assert_eq!(seen(&docx[..docx.len() - 30]), (FileKind::Office, Some(false)));
        assert_eq!(seen(&archive(&["申请表.pdf"])), (FileKind::Archive, Some(true)));
        assert_eq!(seen(&archive(&["OFD.xml", "Doc_0/Document.xml"])), (FileKind::Office, Some(true)));
        let ole = [OLE, &[0; 600]].concat();
        assert_eq!(seen(&ole), (FileKind::Office, Some(true)));
        assert_eq!(seen(&ole[..100]), (FileKind::Office, Some(false)));
        assert_eq!(seen(b"{\\rtf1 \\par}\n"), (FileKind::Office, Some(true)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0";
        assert_eq!(seen(png), (FileKind::Image, Some(true)));
        assert_eq!(facts(&pdf[..30], false, "").opens, None, "what did not come to its end may be sound");
    }

    #[test]
    fn a_page_of_words_about_an_error_is_told_from_a_page_and_from_what_word_saved() {
        let page = |body: &str| {
            format!("<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")
        };
        assert_eq!(seen(page("<p>您访问的文件不存在</p>").as_bytes()).0, FileKind::ErrorPage);
        assert_eq!(seen(br#"{"code":404,"msg":"no such file: not found"}"#).0, FileKind::ErrorPage);
        assert_eq!(seen(page("<p>居民身份证换领登记表</p>").as_bytes()).0, FileKind::WebPage);
        let long = page(&format!("<p>{}如有错误请联系我们</p>", "填写说明".repeat(200)));
        assert_eq!(seen(long.as_bytes()).0, FileKind::WebPage);
        let word = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><body>表</body></html>";
        assert_eq!(seen(word.as_bytes()).0, FileKind::Office);
        assert_eq!(seen("申请表\n姓名：".as_bytes()).0, FileKind::Text);
        assert_eq!(seen(b"").0, FileKind::Unknown);
        assert_eq!(seen(&[0, 1, 2, 3, 250, 251]).0, FileKind::Unknown);
    }

    proptest! {
        #[test]
        fn no_bytes_can_break_it(bytes in prop::collection::vec(any::<u8>(), 0..2000), head in 0_usize..6) {
            let heads: [&[u8]; 6] = [b"", b"PK\x03\x04", b"%PDF-", OLE, b"<html>", b"\x89PNG\r\n\x1a\n"];
            let file = [heads[head], &bytes].concat();
            prop_assert_eq!(facts(&file, true, "text/html; charset=gbk").bytes, file.len() as u64);
        }
    }
}
