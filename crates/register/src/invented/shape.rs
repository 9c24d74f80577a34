//! Counts and quantiles of the real list that the invented one is shaped by.
//!
//! Derived from the Gemeindeverzeichnis of 31.12.2019 (© Statistisches Bundesamt (Destatis)), sizes rounded to tens.
//! Size classes in the order: under 5,000, to under 20,000, to under 100,000, 100,000 and more.

use crate::Land;

/// West, south, east, north in hundredths of a degree.
pub(super) type Box = (i64, i64, i64, i64);

/// What one Land is like.
pub(super) struct Shape {
    pub(super) land: Land,
    /// Independent cities by size class.
    pub(super) independent: [u32; 4],
    /// Towns that belong to a county, by size class.
    pub(super) towns: [u32; 4],
    /// Other Gemeinden by size class.
    pub(super) municipalities: [u32; 4],
    pub(super) counties: usize,
    /// Members of an association usually has.
    pub(super) association_size: usize,
    /// How many of 1,000 Gemeinden of each of the three lower classes belong to an association.
    pub(super) in_associations: [u64; 3],
    /// Inhabitants of the largest city.
    pub(super) largest: i64,
    /// Deciles (0, 10, ..., 100 %) of the inhabitants of Gemeinden under 5,000.
    pub(super) small: [u32; 11],
    /// Where it lies, roughly.
    pub(super) boxes: &'static [Box],
}

/// The sixteen Länder.
pub(super) const LAENDER: [Shape; 16] = [
    Shape {
        land: Land::SchleswigHolstein,
        independent: [0, 0, 2, 2],
        towns: [8, 34, 17, 0],
        municipalities: [998, 44, 1, 0],
        counties: 11,
        association_size: 12,
        in_associations: [985, 372, 0],
        largest: 250_000,
        small: [10, 160, 250, 360, 470, 600, 760, 980, 1330, 2170, 4990],
        boxes: &[(890, 5370, 1090, 5470)],
    },
    Shape {
        land: Land::Hamburg,
        independent: [0, 0, 0, 1],
        towns: [0, 0, 0, 0],
        municipalities: [0, 0, 0, 0],
        counties: 0,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 1_850_000,
        small: [
            4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000,
        ],
        boxes: &[(985, 5345, 1020, 5365)],
    },
    Shape {
        land: Land::Niedersachsen,
        independent: [0, 0, 3, 5],
        towns: [8, 75, 65, 3],
        municipalities: [600, 169, 16, 0],
        counties: 37,
        association_size: 6,
        in_associations: [977, 250, 0],
        largest: 540_000,
        small: [300, 620, 760, 910, 1080, 1260, 1600, 1910, 2420, 3330, 4990],
        boxes: &[(720, 5250, 1100, 5350), (930, 5160, 1060, 5250)],
    },
    Shape {
        land: Land::Bremen,
        independent: [0, 0, 0, 2],
        towns: [0, 0, 0, 0],
        municipalities: [0, 0, 0, 0],
        counties: 0,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 570_000,
        small: [
            4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000,
        ],
        boxes: &[(865, 5302, 895, 5315)],
    },
    Shape {
        land: Land::NordrheinWestfalen,
        independent: [0, 0, 0, 22],
        towns: [3, 66, 173, 8],
        municipalities: [1, 117, 6, 0],
        counties: 31,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 1_090_000,
        small: [
            4220, 4220, 4330, 4330, 4330, 4460, 4460, 4460, 4460, 4900, 4900,
        ],
        boxes: &[
            (620, 5100, 900, 5190),
            (630, 5050, 800, 5100),
            (720, 5190, 890, 5230),
        ],
    },
    Shape {
        land: Land::Hessen,
        independent: [0, 0, 0, 5],
        towns: [23, 109, 54, 0],
        municipalities: [95, 136, 0, 0],
        counties: 21,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 760_000,
        small: [
            970, 2160, 2550, 2880, 3030, 3410, 3800, 4100, 4400, 4690, 4970,
        ],
        boxes: &[(850, 5060, 990, 5150), (820, 4960, 920, 5060)],
    },
    Shape {
        land: Land::RheinlandPfalz,
        independent: [0, 0, 7, 5],
        towns: [38, 71, 9, 0],
        municipalities: [2138, 33, 1, 0],
        counties: 24,
        association_size: 18,
        in_associations: [1000, 817, 0],
        largest: 220_000,
        small: [10, 130, 220, 300, 400, 510, 660, 870, 1210, 1940, 4930],
        boxes: &[(640, 4980, 790, 5070), (740, 4910, 830, 4980)],
    },
    Shape {
        land: Land::BadenWuerttemberg,
        independent: [0, 0, 1, 8],
        towns: [42, 168, 94, 1],
        municipalities: [529, 258, 0, 0],
        counties: 35,
        association_size: 3,
        in_associations: [975, 674, 713],
        largest: 640_000,
        small: [
            100, 760, 1520, 1950, 2300, 2590, 3020, 3410, 3960, 4460, 4990,
        ],
        boxes: &[(790, 4780, 980, 4890), (850, 4890, 980, 4950)],
    },
    Shape {
        land: Land::Bayern,
        independent: [0, 0, 17, 8],
        towns: [63, 188, 41, 0],
        municipalities: [1422, 308, 9, 0],
        counties: 71,
        association_size: 3,
        in_associations: [622, 119, 0],
        largest: 1_480_000,
        small: [
            200, 1010, 1250, 1470, 1730, 2010, 2390, 2900, 3410, 4060, 4990,
        ],
        boxes: &[(1020, 4780, 1280, 4890), (990, 4890, 1220, 5010)],
    },
    Shape {
        land: Land::Saarland,
        independent: [0, 0, 0, 0],
        towns: [0, 8, 8, 1],
        municipalities: [0, 35, 0, 0],
        counties: 6,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 180_000,
        small: [
            4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000,
        ],
        boxes: &[(660, 4920, 730, 4955)],
    },
    Shape {
        land: Land::Berlin,
        independent: [0, 0, 0, 1],
        towns: [0, 0, 0, 0],
        municipalities: [0, 0, 0, 0],
        counties: 0,
        association_size: 2,
        in_associations: [0, 0, 0],
        largest: 3_670_000,
        small: [
            4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000,
        ],
        boxes: &[(1320, 5242, 1360, 5260)],
    },
    Shape {
        land: Land::Brandenburg,
        independent: [0, 0, 3, 1],
        towns: [37, 53, 19, 0],
        municipalities: [256, 44, 4, 0],
        counties: 14,
        association_size: 5,
        in_associations: [915, 72, 0],
        largest: 180_000,
        small: [360, 500, 600, 720, 820, 970, 1240, 1610, 2330, 3330, 4940],
        boxes: &[(1260, 5270, 1410, 5320), (1240, 5170, 1430, 5230)],
    },
    Shape {
        land: Land::MecklenburgVorpommern,
        independent: [0, 0, 1, 1],
        towns: [40, 35, 7, 0],
        municipalities: [635, 7, 0, 0],
        counties: 6,
        association_size: 9,
        in_associations: [982, 548, 0],
        largest: 210_000,
        small: [100, 250, 360, 450, 530, 640, 770, 950, 1260, 2390, 4990],
        boxes: &[(1100, 5340, 1390, 5410)],
    },
    Shape {
        land: Land::Sachsen,
        independent: [0, 0, 0, 3],
        towns: [46, 98, 22, 0],
        municipalities: [213, 37, 0, 0],
        counties: 10,
        association_size: 3,
        in_associations: [568, 230, 136],
        largest: 590_000,
        small: [
            350, 1140, 1430, 1840, 2160, 2470, 2830, 3350, 3770, 4270, 4990,
        ],
        boxes: &[(1240, 5060, 1470, 5140)],
    },
    Shape {
        land: Land::SachsenAnhalt,
        independent: [0, 0, 1, 2],
        towns: [20, 60, 21, 0],
        municipalities: [94, 20, 0, 0],
        counties: 11,
        association_size: 6,
        in_associations: [1000, 0, 0],
        largest: 240_000,
        small: [
            790, 900, 1030, 1110, 1250, 1460, 1690, 1970, 2420, 3140, 4820,
        ],
        boxes: &[(1110, 5130, 1240, 5270)],
    },
    Shape {
        land: Land::Thueringen,
        independent: [0, 0, 4, 2],
        towns: [46, 54, 15, 0],
        municipalities: [488, 24, 0, 0],
        counties: 17,
        association_size: 6,
        in_associations: [927, 359, 133],
        largest: 210_000,
        small: [30, 160, 220, 300, 390, 520, 670, 880, 1300, 2740, 4770],
        boxes: &[(1010, 5050, 1210, 5130)],
    },
];

/// Deciles of the inhabitants in the three upper size classes; the largest city of each Land stands in its shape.
pub(super) const INHABITANTS: [[u32; 11]; 3] = [
    [
        5000, 5530, 6190, 6910, 7850, 8770, 9990, 11470, 13430, 15920, 19990,
    ],
    [
        20000, 21320, 23080, 25100, 27470, 30450, 34860, 40780, 48160, 61280, 99990,
    ],
    [
        100000, 111400, 118910, 137390, 163730, 188690, 231200, 261030, 355100, 588250, 650000,
    ],
];

/// Deciles of the area in hundredths of a square kilometre, by size class.
pub(super) const AREA: [[u32; 11]; 4] = [
    [40, 380, 550, 760, 1010, 1340, 1730, 2280, 3020, 4290, 25430],
    [
        280, 1480, 2170, 2980, 3730, 4670, 5750, 7050, 8620, 11340, 52410,
    ],
    [
        520, 2880, 3940, 5080, 6200, 7170, 8430, 10100, 11730, 15220, 63280,
    ],
    [
        4490, 7740, 9230, 10490, 11710, 13970, 16750, 19270, 21740, 28070, 89110,
    ],
];
