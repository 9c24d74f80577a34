//! The records of a `.sav` file's dictionary, as far as we put in one of our own.
//!
//! Source: PSPP, "System File Format".

/// The file with missing values declared for long texts (record 7, subtype 22): `names` are the variables' long names,
/// `codes` at most three texts of at most eight bytes. ambers 0.4.6 writes short names there, which SPSS takes but
/// other readers do not find.
///
/// `None` when the file is not as expected.
pub(crate) fn with_missing_texts(file: &[u8], names: &[&str], codes: &[String]) -> Option<Vec<u8>> {
    let end = dictionary_end(file)?;
    let mut record = Vec::new();
    for name in names {
        put(&mut record, name.len());
        record.extend_from_slice(name.as_bytes());
        record.push(u8::try_from(codes.len()).ok()?);
        put(&mut record, 8);
        for code in codes {
            record.extend_from_slice(format!("{code:<8}").as_bytes().get(..8)?);
        }
    }
    let mut whole = file[..end].to_vec();
    for number in [7, 22, 1, record.len()] {
        put(&mut whole, number);
    }
    whole.extend(record);
    whole.extend_from_slice(&file[end..]);
    Some(whole)
}

fn put(bytes: &mut Vec<u8>, number: usize) {
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// Where the record that ends the dictionary (999) begins.
fn dictionary_end(file: &[u8]) -> Option<usize> {
    const HEADER: usize = 176;
    let number = |at: usize| -> Option<usize> {
        let bytes = file.get(at..at + 4)?.try_into().ok()?;
        Some(i32::from_le_bytes(bytes).unsigned_abs() as usize)
    };
    let mut at = HEADER;
    loop {
        at = match number(at)? {
            999 => return Some(at),
            // A variable: type, label or not, how many missing values, two formats, name.
            2 => {
                let label = match number(at + 8)? {
                    0 => 0,
                    _ => 4 + number(at + 32)?.next_multiple_of(4),
                };
                at + 32 + label + 8 * number(at + 12)?
            }
            // Value labels, each eight bytes and a text with its length, padded to eight; then the variables' places.
            3 => {
                let mut next = at + 8;
                for _ in 0..number(at + 4)? {
                    let length = usize::from(*file.get(next + 8)?);
                    next += 8 + (1 + length).next_multiple_of(8);
                }
                next
            }
            4 => at + 8 + 4 * number(at + 4)?,
            // Documents: lines of 80 bytes.
            6 => at + 8 + 80 * number(at + 4)?,
            7 => at + 16 + number(at + 8)? * number(at + 12)?,
            _ => return None,
        };
    }
}
