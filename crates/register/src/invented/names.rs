//! Names that sound German and that no place has: invented stems with the endings of their region.

use std::collections::BTreeSet;

use super::Dice;
use crate::Land;

/// The parts of a region's names.
struct Region {
    stems: &'static str,
    links: [&'static str; 8],
    endings: &'static str,
}

const NORTH: Region = Region {
    stems: "Ahln Brask Dorv Elsk Fehl Gresk Hamk Ilmk Jars Klint Lüng Mohrk Norv Oldr Pelw Quarm Resk Sorg Tjar Ulk \
            Vang Wisk Brunk Delv Ekk Friesk Gaark Hoyk Jeld Kolm Lask Mersk Nübb Oss Randv Schwev Stolk Teelk Uhlk \
            Wendr Arnk Bokk Dräg Hüsk Krems Lemm Südr Wulfk Barv Hadr Kehd Tarmk",
    links: ["", "", "en", "en", "er", "els", "ings", "um"],
    endings: "büttel stedt husen dorf koog brarup by wisch horst loh feld rade hude werder beck stede",
};

const EAST: Region = Region {
    stems: "Brel Drag Golt Jesch Kalz Krim Lubz Melk Nidr Pril Quol Rassn Selk Tresk Ulz Veltr Wuls Zarn Bals Deng \
            Flahn Gnev Jahm Kösn Lieps Mürz Plan Rog Schmol Stolb Tir Wol Zemm Brudn Damk Grasn Klandr Landsk Mellr \
            Paßn Rüs Stegl Tauchn Wirsk Borkn Kresl Lotz Perk Sarm Trebk",
    links: ["", "", "", "en", "en", "er", "ing", "ern"],
    endings: "ow itz in au walde hagen berg nitz dorf felde heide see mark luch mühl hain",
};

const MIDDLE: Region = Region {
    stems: "Adelk Brams Dills Ebs Falks Gems Hasp Irls Kaspr Lohrk Marsk Nass Orks Pletz Quer Ramk Sellr Trims Ulmr \
            Vock Warns Zell Arf Bors Crum Dersk Elstn Frohn Grems Hels Isch Kells Lürs Morn Nersk Oth Reps Schlir \
            Stams Tharm Umsk Walk Wins Brettk Gonds Harks Löss Rink Bilst Dorns Gelst Hummr Kress Lamm Merxl Notz \
            Pfriem Rösk Sperl Tolm Veits Wiers Zind Ahrs Bemm Drusk Ettl Gilk Hundr Jostn Klemm",
    links: ["", "", "", "en", "en", "er", "els", "ings"],
    endings: "bach rode hausen scheid rath roth heim hain weiler born thal berg stein bühren leben kirch schied feld",
};

const SOUTH: Region = Region {
    stems: "Aml Bretn Darl Eml Furn Gmain Hirl Ipf Kriml Lamp Melch Nörl Ortl Pirn Quell Ralm Schwaign Traml Urm Virl \
            Wörl Zirn Albr Birl Dierl Eschl Fromm Grüm Hagl Isml Kirl Laubr Moorn Nerl Obrl Pfaud Riegl Sims Tandl \
            Ums Weidl Zeil Brunnl Gerz Holf Köss Limbr Rupp Auerl Buchl Degl Haslr Krummr Pfriml Sternl Waxl Benz \
            Dolln Ehrl Gurt Hemmr Jettl",
    links: ["", "", "", "en", "en", "er", "ings", "ers"],
    endings: "ingen heim hofen ach kirchen ried bronn moos berg stetten au wang zell kofen bühl felden hausen winkel",
};

/// Words in front of a name; rare.
const FRONTS: [&str; 8] = [
    "Ober", "Nieder", "Alt", "Neu", "Groß ", "Klein ", "Unter", "Hohen",
];

/// What has been named so far: each name once.
pub(super) struct Names {
    taken: BTreeSet<String>,
    north: Parts,
    east: Parts,
    middle: Parts,
    south: Parts,
}

/// A region's words one by one.
struct Parts {
    stems: Vec<&'static str>,
    links: [&'static str; 8],
    endings: Vec<&'static str>,
}

impl Names {
    /// Nothing is named yet.
    pub(super) fn new() -> Self {
        let parts = |region: &Region| Parts {
            stems: region.stems.split_whitespace().collect(),
            links: region.links,
            endings: region.endings.split_whitespace().collect(),
        };
        Self {
            taken: BTreeSet::new(),
            north: parts(&NORTH),
            east: parts(&EAST),
            middle: parts(&MIDDLE),
            south: parts(&SOUTH),
        }
    }

    /// A new name for a Gemeinde.
    pub(super) fn place(&mut self, land: Land, dice: &mut Dice) -> String {
        self.fresh(|names| {
            let base = names.parts(land).base(dice);
            if !dice.chance(9) {
                return base;
            }
            match *dice.pick(&FRONTS) {
                front if front.ends_with(' ') => format!("{front}{base}"),
                front => format!("{front}{}", base.to_lowercase()),
            }
        })
    }

    /// A new name for a county.
    pub(super) fn county(&mut self, land: Land, dice: &mut Dice) -> String {
        self.fresh(|names| {
            let stems = &names.parts(land).stems;
            let (stem, other) = (dice.pick(stems), dice.pick(stems));
            match dice.below(5) {
                0 => format!("{stem}engau"),
                1 => format!("{stem}er Land"),
                2 => format!("{stem}enmark"),
                3 => format!("{stem}erland"),
                _ => format!("{stem}en-{other}er-Kreis"),
            }
        })
    }

    /// Tries until a name is new; after many tries the last one gets an addition, so that this ends.
    fn fresh(&mut self, mut make: impl FnMut(&Self) -> String) -> String {
        let mut name = make(self);
        for _ in 0..2_000 {
            if !self.taken.contains(&name) {
                break;
            }
            name = make(self);
        }
        while self.taken.contains(&name) {
            name.push_str(" II");
        }
        self.taken.insert(name.clone());
        name
    }

    fn parts(&self, land: Land) -> &Parts {
        match land {
            Land::SchleswigHolstein | Land::Hamburg | Land::Niedersachsen | Land::Bremen => {
                &self.north
            }
            Land::Berlin
            | Land::Brandenburg
            | Land::MecklenburgVorpommern
            | Land::Sachsen
            | Land::SachsenAnhalt => &self.east,
            Land::NordrheinWestfalen
            | Land::Hessen
            | Land::RheinlandPfalz
            | Land::Saarland
            | Land::Thueringen => &self.middle,
            Land::BadenWuerttemberg | Land::Bayern => &self.south,
        }
    }
}

impl Parts {
    fn base(&self, dice: &mut Dice) -> String {
        let stem = *dice.pick(&self.stems);
        let ending = *dice.pick(&self.endings);
        let link = match *dice.pick(&self.links) {
            "" if is_hard_to_say(stem, ending) => "en",
            link => link,
        };
        format!("{stem}{link}{ending}")
    }
}

/// Two consonants at the end of the stem and one at the start of the ending.
fn is_hard_to_say(stem: &str, ending: &str) -> bool {
    let vowel = |c: char| "aeiouäöüy".contains(c);
    let closed = stem.chars().rev().take(2).all(|c| !vowel(c));
    closed && ending.chars().next().is_some_and(|c| !vowel(c))
}
