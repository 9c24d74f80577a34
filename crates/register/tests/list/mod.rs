//! A small list of invented places, as CSV and as spreadsheet.

/// A Land with an independent city, a county with two Gemeinden in an association, a town and an empty area.
#[allow(dead_code)]
pub const CSV: &str = "\
satzart,textkennzeichen,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,bevoelkerung,maennlich,weiblich,jekm2,postleitzahl,laengengrad,breitengrad,schluessel,bezeichnung,verstaedterungschluessel,verstaedterungbezeichnung
10,,01,,,,,Schleswig-Holstein,,,,,,,,,,,,
40,41,01,0,01,,,\"Quarnstadt, Stadt\",,,,,,,,,,,,
50,50,01,0,01,0000,,\"Quarnstadt, Stadt\",,,,,,,,,,,,
60,61,01,0,01,0000,000,\"Quarnstadt, Stadt\", 53.02, 120 164, 60 000, 60 164, 1 701,24937,\"9,43751\",\"54,78252\",F02,Ostsee,01,dicht besiedelt
40,43,01,0,51,,,Tolkmark,,,,,,,,,,,,
50,50,01,0,51,0011,,\"Tolkum, Stadt\",,,,,,,,,,,,
60,63,01,0,51,0011,011,\"Tolkum, Stadt\", 65.21, 12 380, 6 240, 6 140,  190,25541,\"9,13735\",\"53,896932\",F01,Nordsee,02,mittlere Besiedlungsdichte
50,51,01,0,51,5163,,Brelau-Süd,,,,,,,,,,,,
60,64,01,0,51,5163,001,Brelau, 7.5,  439,  222,  217,  67,25712,\"9,280087\",\"54,05643\",F01,Nordsee,03,gering besiedelt
60,64,01,0,51,5163,002,Größen,   10.25, 1 061,  522,  539,  104,25712,\"9,3\",\"54\",F01,Nordsee,03,gering besiedelt
50,50,01,0,51,9999,,Forst,,,,,,,,,,,,
60,66,01,0,51,9999,999,\"Forst, gemfr. Gebiet\", 1.00,  0,  0,  0,  0,,0,0,,,03,gering besiedelt
";

/// The same as spreadsheet: three title rows and a footnote, keys as text, numbers as numbers.
#[allow(dead_code)]
pub fn xlsx(csv: &str) -> Vec<u8> {
    let mut rows = String::new();
    let mut line = 0;
    let mut row = |cells: Vec<String>| {
        line += 1;
        let cells: Vec<String> = cells
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .map(|(at, text)| {
                let letter = char::from(b'A' + at as u8);
                match (at, text.replace(' ', "").replace(',', ".").parse::<f64>()) {
                    (8.., Ok(number)) => format!("<c r=\"{letter}{line}\"><v>{number}</v></c>"),
                    _ => format!(
                        "<c r=\"{letter}{line}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
                    ),
                }
            })
            .collect();
        rows.push_str(&format!("<row r=\"{line}\">{}</row>", cells.concat()));
    };
    row(vec!["Gemeinden in Deutschland".into()]);
    row(vec!["Gebietsstand: 31.12.2019".into()]);
    row(vec![]);
    for text in csv.lines() {
        row(split(text));
    }
    row(vec!["© Erfundenes Amt".into()]);
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Deckblatt\" sheetId=\"1\" r:id=\"r2\"/><sheet name=\"Gemeinden\" sheetId=\"2\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Deckblatt</t></is></c></row></sheetData></worksheet>",
        ),
    ])
}

/// The same as GV100AD of 31.12.2019: fields at their columns, areas in hectares.
#[allow(dead_code)]
pub fn gv100ad(csv: &str) -> String {
    let mut text = String::new();
    for line in csv.lines().skip(1) {
        let cells = split(line);
        let cell = |at: usize| cells[at].trim().to_owned();
        let mut record = [' '; 220];
        let mut put = |column: usize, text: &str| {
            for (at, c) in text.chars().enumerate() {
                record[column - 1 + at] = c;
            }
        };
        put(1, &cell(0));
        put(3, "20191231");
        put(11, &(cell(2) + &cell(3) + &cell(4) + &cell(6)));
        put(19, &cell(5));
        put(23, &cell(7).chars().take(50).collect::<String>());
        put(123, &cell(1));
        if cell(0) == "60" {
            let area: f64 = cell(8).replace(' ', "").parse().expect("an area");
            put(129, &format!("{:011}", (area * 100.0).round()));
            put(140, &format!("{:0>11}", cell(9).replace(' ', "")));
            put(166, &cell(13));
        }
        text.extend(record);
        text.push_str("\r\n");
    }
    text
}

/// Cells of a line that has quotation marks around whole cells only.
fn split(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("never empty").push(c),
        }
    }
    cells
}

/// A zip archive with stored files.
#[allow(dead_code)]
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut head = vec![0x14, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc32(text.as_bytes()).to_le_bytes());
        head.extend((text.len() as u32).to_le_bytes());
        head.extend((text.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend((body.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        body.extend(b"PK\x03\x04");
        body.extend(&head);
        body.extend(name.as_bytes());
        body.extend(text.as_bytes());
    }
    let start = body.len() as u32;
    body.extend(&directory);
    body.extend(b"PK\x05\x06\0\0\0\0");
    body.extend((files.len() as u16).to_le_bytes());
    body.extend((files.len() as u16).to_le_bytes());
    body.extend((directory.len() as u32).to_le_bytes());
    body.extend(start.to_le_bytes());
    body.extend([0, 0]);
    body
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
