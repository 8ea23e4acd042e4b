//! Pictures kept as evidence: what kind a file is and how large the picture in it, told from its first bytes.

/// What a report must know of a picture before it shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PictureKind {
    /// Its media type.
    pub(super) media: &'static str,
    /// Width in device pixels.
    pub(super) width: u32,
    /// Height in device pixels.
    pub(super) height: u32,
}

impl PictureKind {
    /// Told from the bytes themselves, never from a name; `None` for anything but a PNG or JPEG with a size.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let (media, width, height) = match png_size(bytes) {
            Some((width, height)) => ("image/png", width, height),
            None => jpeg_size(bytes).map(|(width, height)| ("image/jpeg", width, height))?,
        };
        (width > 0 && height > 0).then_some(Self { media, width, height })
    }
}

/// The IHDR chunk always comes first.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    if rest.get(4..8)? != b"IHDR" {
        return None;
    }
    Some((four(rest, 8)?, four(rest, 12)?))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

/// The segments are walked up to the frame header (SOF0 to SOF15 without DHT, JPG and DAC).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((two(rest, 7)?, two(rest, 5)?));
        }
        rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..)?;
    }
}

fn two(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes(pair)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_tells_its_size() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend([0, 0, 5, 0, 0, 0, 3, 132]);
        assert_eq!(
            PictureKind::of(&bytes),
            Some(PictureKind { media: "image/png", width: 1280, height: 900 })
        );
    }

    #[test]
    fn a_jpeg_tells_its_size_behind_other_segments() {
        let bytes = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x11\x08\x03\x84\x05\0\x03";
        assert_eq!(
            PictureKind::of(bytes),
            Some(PictureKind { media: "image/jpeg", width: 1280, height: 900 })
        );
    }

    #[test]
    fn what_is_no_picture_or_is_cut_short_is_none() {
        for bytes in [
            &b""[..],
            b"<svg onload=alert(1)>",
            b"\xff\xd8\xff\xe0\0\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0",
        ] {
            assert_eq!(PictureKind::of(bytes), None);
        }
    }
}
