//! Small office files: a ZIP archive of stored parts, and the parts that make it a text document or a workbook.

/// One part of an archive: its path and its bytes.
type Part<'a> = (&'a str, String);

/// A text document (`.docx`) with one paragraph a line.
pub(crate) fn text_document(lines: &[String]) -> Vec<u8> {
    let paragraphs = repeated(lines, |line| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escape(line)));
    let body = format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}\
         </w:body></w:document>"
    );
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    zip(&[
        ("[Content_Types].xml", content_types(&[("/word/document.xml", main)])),
        ("_rels/.rels", relations("officeDocument", "word/document.xml")),
        ("word/document.xml", body),
    ])
}

/// A workbook (`.xlsx`) with one row a line.
pub(crate) fn workbook(lines: &[String]) -> Vec<u8> {
    let rows =
        repeated(lines, |line| format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", escape(line)));
    let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
    let book_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    zip(&[
        (
            "[Content_Types].xml",
            content_types(&[("/xl/workbook.xml", book_type), ("/xl/worksheets/sheet1.xml", sheet_type)]),
        ),
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "{XML}<workbook xmlns=\"{namespace}\" xmlns:r=\"{related}\"><sheets><sheet name=\"表\" sheetId=\"1\" \
                 r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/worksheets/sheet1.xml",
            format!("{XML}<worksheet xmlns=\"{namespace}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

fn repeated<T>(things: &[T], written: impl Fn(&T) -> String) -> String {
    things.iter().map(written).collect::<Vec<_>>().concat()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn content_types(parts: &[(&str, &str)]) -> String {
    let overrides =
        repeated(parts, |(part, kind)| format!("<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"));
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/>{overrides}</Types>"
    )
}

fn relations(kind: &str, target: &str) -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>\
         </Relationships>"
    )
}

/// An archive of stored (uncompressed) parts, after the ZIP application note 4.3.
fn zip(parts: &[Part<'_>]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (path, text) in parts {
        let offset = file.len() as u32;
        let described = description(path, text.as_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&described);
        file.extend(path.as_bytes());
        file.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&described);
        // No comment, disk 0, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (start, size, count) = (file.len() as u32, directory.len() as u32, parts.len() as u16);
    file.extend(directory);
    file.extend(b"PK\x05\x06\x00\x00\x00\x00");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(size.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// What the local header and the directory both say of a part: version 2.0, UTF-8 names, stored, 1980-01-01.
fn description(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut said = vec![0x14, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00];
    let size = (bytes.len() as u32).to_le_bytes();
    said.extend(crc32(bytes).to_le_bytes());
    said.extend(size);
    said.extend(size);
    said.extend((path.len() as u16).to_le_bytes());
    said.extend([0, 0]);
    said
}

/// The checksum of ZIP (CRC-32, polynomial 0xEDB88320).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn office_files_open_as_archives_with_their_text() {
        let lines = ["申请人：<张三> & 李四".to_owned()];
        for (bytes, part) in
            [(text_document(&lines), "word/document.xml"), (workbook(&lines), "xl/worksheets/sheet1.xml")]
        {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut text = String::new();
            archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
            assert!(text.contains("申请人：&lt;张三&gt; &amp; 李四"), "{text}");
        }
    }
}
