//! Looking into PNG and JPEG: whether they are whole; what says where and by whom they were made is taken out.

use crate::attachment::FileFault;

/// The first bytes of every PNG.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Most pixels a side.
const SIDE: u32 = 8000;

/// Chunks of PNG that say how it looks; all others (text, time, EXIF) are left out.
const CHUNKS: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP",
];

/// A PNG without its metadata (W3C PNG, 5.3 chunk layout).
pub(crate) fn png(bytes: &[u8]) -> Result<Vec<u8>, FileFault> {
    let mut kept = PNG.to_vec();
    let mut at = PNG.len();
    loop {
        let head = bytes.get(at..at + 8).ok_or(FileFault::Damaged)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at
            .checked_add(length)
            .and_then(|e| e.checked_add(12))
            .ok_or(FileFault::Damaged)?;
        let chunk = bytes.get(at..end).ok_or(FileFault::Damaged)?;
        let kind = &head[4..8];
        if at == PNG.len() {
            if kind != b"IHDR" || length != 13 {
                return Err(FileFault::Damaged);
            }
            let side = |from: usize| {
                u32::from_be_bytes([
                    chunk[from],
                    chunk[from + 1],
                    chunk[from + 2],
                    chunk[from + 3],
                ])
            };
            fits(side(8), side(12))?;
        }
        if CHUNKS.iter().any(|c| *c == kind) {
            kept.extend(chunk);
        }
        if kind == b"IEND" {
            return Ok(kept);
        }
        at = end;
    }
}

fn fits(width: u32, height: u32) -> Result<(), FileFault> {
    if width == 0 || height == 0 {
        return Err(FileFault::Damaged);
    }
    if width > SIDE || height > SIDE {
        return Err(FileFault::TooManyPixels);
    }
    Ok(())
}

/// A JPEG without its metadata (ITU T.81, annex B). The way up that a camera noted in EXIF is kept, nothing else of it.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, FileFault> {
    let mut kept = vec![0xff, 0xd8];
    let mut at = 2;
    let mut sized = false;
    loop {
        let marker = match bytes.get(at..at + 2).ok_or(FileFault::Damaged)? {
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => *marker,
            _ => return Err(FileFault::Damaged),
        };
        let length = match bytes.get(at + 2..at + 4) {
            Some([a, b]) => usize::from(u16::from_be_bytes([*a, *b])),
            _ => return Err(FileFault::Damaged),
        };
        let segment = bytes
            .get(at..at + 2 + length)
            .filter(|_| length >= 2)
            .ok_or(FileFault::Damaged)?;
        match marker {
            // Start of frame: height, then width.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let size = segment.get(5..9).ok_or(FileFault::Damaged)?;
                let side = |i: usize| u32::from(u16::from_be_bytes([size[i], size[i + 1]]));
                fits(side(2), side(0))?;
                sized = true;
                kept.extend(segment);
            }
            0xe1 => kept.extend(way_up(segment)),
            // APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe) say how it looks; the others and comments go.
            0xe0 | 0xe2 | 0xee => kept.extend(segment),
            0xe3..=0xed | 0xef | 0xfe => {}
            0xda => {
                let scan = &bytes[at..];
                let end = scan
                    .windows(2)
                    .rposition(|w| w == [0xff, 0xd9])
                    .ok_or(FileFault::Damaged)?;
                if !sized {
                    return Err(FileFault::Damaged);
                }
                kept.extend(&scan[..end + 2]);
                return Ok(kept);
            }
            _ => kept.extend(segment),
        }
        at += 2 + length;
    }
}

/// An EXIF segment that holds the way up only, where there was one.
fn way_up(segment: &[u8]) -> Vec<u8> {
    let Some(tiff) = segment.get(4..).and_then(|s| s.strip_prefix(b"Exif\0\0")) else {
        return Vec::new();
    };
    let little = tiff.starts_with(b"II");
    let short = |at: usize| -> Option<u16> {
        let pair: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        })
    };
    let long = |at: usize| -> Option<usize> {
        let four: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        } as usize)
    };
    let found = long(4).and_then(|first| {
        let count = usize::from(short(first)?);
        (0..count.min(200))
            .map(|i| first + 2 + i * 12)
            .find_map(|at| (short(at)? == 0x0112).then(|| short(at + 8))?)
    });
    match found {
        Some(way @ 2..=8) => {
            let mut made = b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01".to_vec();
            made.extend(way.to_be_bytes());
            made.extend([0, 0, 0, 0, 0, 0]);
            made
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachment::{FileKind, inspect};

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [
            &u32::try_from(data.len()).unwrap().to_be_bytes()[..],
            kind,
            data,
            &[0; 4],
        ]
        .concat()
    }

    fn png_of(side: u32) -> Vec<u8> {
        let head = [
            &side.to_be_bytes()[..],
            &side.to_be_bytes(),
            &[8, 2, 0, 0, 0],
        ]
        .concat();
        [
            PNG,
            &chunk(b"IHDR", &head),
            &chunk(b"tEXt", b"Author\0Anna Beispiel"),
            &chunk(b"IDAT", b"x"),
            &chunk(b"IEND", b""),
        ]
        .concat()
    }

    #[test]
    fn a_picture_keeps_its_pixels_and_loses_who_made_it_where() {
        let (kind, kept) = inspect(&png_of(10)).unwrap();
        assert_eq!(kind, FileKind::Png);
        assert!(!kept.windows(4).any(|w| w == b"Anna") && kept.windows(4).any(|w| w == b"IDAT"));
        assert_eq!(inspect(&png_of(9000)), Err(FileFault::TooManyPixels));
        assert_eq!(inspect(&png_of(10)[..40]), Err(FileFault::Damaged));
        let exif = b"\xff\xe1\x00\x36Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS: 52.5 13.4......";
        let frame = b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00";
        let bytes = [
            &b"\xff\xd8"[..],
            exif,
            frame,
            b"\xff\xda\x00\x02data\xff\xd9rest",
        ]
        .concat();
        let (kind, kept) = inspect(&bytes).unwrap();
        assert_eq!(kind, FileKind::Jpeg);
        assert!(!kept.windows(3).any(|w| w == b"GPS"));
        assert!(
            kept.ends_with(b"data\xff\xd9"),
            "nothing behind the end is kept"
        );
        let way = kept.windows(2).position(|w| w == [0x01, 0x12]).unwrap();
        assert_eq!(kept[way + 8..way + 10], [0, 6], "which way is up");
    }
}
