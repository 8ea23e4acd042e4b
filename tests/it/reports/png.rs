//! A drawn picture of a page, so that reports have something to embed: one bit a point, stored without compression.

/// A PNG of this size with bars that look like lines of text.
pub(super) fn page(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([1, 0, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"IDAT", &stored(&lines(width as usize, height as usize)));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn lines(width: usize, height: usize) -> Vec<u8> {
    let stride = width.div_ceil(8);
    let mut rows = Vec::with_capacity(height * (stride + 1));
    for y in 0..height {
        rows.push(0);
        let text_line = y > 120 && y % 40 < 14;
        let indent = 20 + (y / 40 % 5) * 2;
        for byte in 0..stride {
            let dark = y < 80 || (text_line && byte > indent && byte + indent + (y / 40 * 7) % 60 < stride);
            rows.push(if dark { 0b0110_1101 } else { 0xff });
        }
    }
    rows
}

fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    out.extend((high << 16 | low).to_be_bytes());
    out
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(data);
    let check = file[start..].iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(check ^ u32::from(*byte), |check, _| {
            (check >> 1) ^ (0xEDB8_8320 & (check & 1).wrapping_neg())
        })
    });
    file.extend((!check).to_be_bytes());
}
