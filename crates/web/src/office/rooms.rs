//! The rooms of the back office: what stands in its head, and in which room a page is.

use store::Role;

use crate::frame::{Ask, NavLink, StaffNav};

/// A page that the head leads to.
struct Door {
    path: &'static str,
    /// Key of its name.
    name: &'static str,
    open_to: fn(&Role) -> bool,
}

/// Pages that belong together.
struct Room {
    /// Key of its name.
    name: &'static str,
    doors: &'static [Door],
    /// Further pages in it, which others of its pages lead to.
    behind: &'static [&'static str],
}

const ROOMS: [Room; 6] = [
    Room {
        name: "web-office-overview-title",
        doors: &[door("/verwaltung", "web-office-overview-title", everybody)],
        behind: &[],
    },
    Room {
        name: "web-office-overview-waves",
        doors: &[door(
            "/verwaltung/befragungen",
            "web-office-overview-waves",
            everybody,
        )],
        behind: &[
            "/verwaltung/feld",
            "/verwaltung/ruecklauf",
            "/verwaltung/herkunft",
            "/verwaltung/vorlagen",
        ],
    },
    Room {
        name: "web-evaluation-title",
        doors: &[
            door(
                "/verwaltung/auswertung",
                "web-evaluation-nav-tables",
                research,
            ),
            door("/verwaltung/ergebnisse", "web-evaluation-kept-nav", editing),
            door("/verwaltung/offene-antworten", "coding-list-title", editing),
        ],
        behind: &[],
    },
    Room {
        name: "web-office-practices-title",
        doors: &[
            door(
                "/verwaltung/praxisbeispiele",
                "web-office-nav-practices",
                editing,
            ),
            door("/verwaltung/luecken", "gaps-office-nav", everybody),
            door("/verwaltung/suche", "web-search-lists-title", editing),
        ],
        behind: &[
            "/verwaltung/uebernahmen",
            "/verwaltung/kodes",
            "/verwaltung/handlungsfelder",
            "/verwaltung/links",
        ],
    },
    Room {
        name: "web-public-editions",
        doors: &[door("/verwaltung/ausgaben", "web-public-editions", editing)],
        behind: &[],
    },
    Room {
        name: "web-office-nav-records",
        doors: &[
            door("/verwaltung/postausgang", "web-office-mails-title", editing),
            door("/verwaltung/protokoll", "web-office-audit-title", editing),
        ],
        behind: &[],
    },
];

/// What the head shows to `role` on the page that is asked for: the rooms, and the pages of the room that one is in.
pub(super) fn nav(ask: &Ask, role: &Role) -> StaffNav {
    let mut rooms = Vec::new();
    let mut pages = Vec::new();
    for room in &ROOMS {
        let doors: Vec<&Door> = room.doors.iter().filter(|d| (d.open_to)(role)).collect();
        let Some(first) = doors.first() else {
            continue;
        };
        let mut paths = doors
            .iter()
            .map(|d| d.path)
            .chain(room.behind.iter().copied());
        let inside = paths.any(|path| leads_to(path, &ask.path));
        // A room with one page is that page.
        let name = if doors.len() == 1 {
            first.name
        } else {
            room.name
        };
        rooms.push(link(ask, first.path, name, inside));
        if inside && doors.len() > 1 {
            pages = doors
                .iter()
                .map(|d| link(ask, d.path, d.name, leads_to(d.path, &ask.path)))
                .collect();
        }
    }
    StaffNav { rooms, pages }
}

/// Whether a page is the door's or lies behind it; the overview has only itself behind its door.
fn leads_to(door: &str, path: &str) -> bool {
    let behind = path.strip_prefix(door);
    behind.is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && door != "/verwaltung"))
}

fn link(ask: &Ask, path: &str, name: &str, inside: bool) -> NavLink {
    NavLink {
        href: ask.to(path),
        name: ask.t(name),
        current: match (path == ask.path, inside) {
            (true, _) => Some("page"),
            (false, true) => Some("true"),
            (false, false) => None,
        },
    }
}

const fn door(path: &'static str, name: &'static str, open_to: fn(&Role) -> bool) -> Door {
    Door {
        path,
        name,
        open_to,
    }
}

fn everybody(_: &Role) -> bool {
    true
}

fn editing(role: &Role) -> bool {
    matches!(role, Role::Researcher | Role::Editor)
}

fn research(role: &Role) -> bool {
    matches!(role, Role::Researcher)
}
