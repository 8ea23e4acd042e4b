//! Reading pages: snapshot in, facts out. Pure functions without configuration: guide elements are found by the
//! catalogue's labels in whatever structure a page has. It knows nothing of browsers, channels or checks.

mod candidate;
mod choose;
mod cut;
mod follow;
mod frame;
mod grid;
mod heading;
mod labels;
mod line;
mod login;
mod materials;
mod media;
mod name;
mod noise;
mod order;
mod page;
mod rivals;
mod shape;
mod spot;
mod tabs;
mod tag;
mod value;
mod words;

use crate::model::{Capture, Catalogue, Element, Facts, Guide, ReadWhat, Requirement, Snapshot, Visit};

use page::Page;

/// The guide on a page. A page that is none gives a guide with few or no elements.
#[must_use]
pub fn guide(snapshot: &Snapshot) -> Guide {
    let page = Page::new(snapshot);
    if page.len() == 0 {
        return Guide { url: snapshot.url.clone(), title: snapshot.title.clone(), ..Guide::default() };
    }
    let found = candidate::collect(&page);
    let materials = materials::read(&page, &found);
    let media = media::read(&page, &found);
    let mut elements = choose::choose(&page, &found);
    materials::speak_for(&mut elements, &materials);
    let title = name::title(&page, &found, snapshot);
    name::fall_back(&page, &title, &mut elements);
    let title = name::labelled(&elements).unwrap_or(title);
    let rivals = rivals::rivals(&found, &elements);
    Guide { url: snapshot.url.clone(), title, elements, rivals, materials, media, notes: media::notes(&page) }
}

/// Everything that the captures of a visit show. `load` gives the page of a capture, where it is still there.
#[must_use]
pub fn facts(visit: &Visit, load: &dyn Fn(&Capture) -> Option<Snapshot>) -> Facts {
    let last = |what: ReadWhat| {
        let capture = visit.captures.iter().rev().find(|capture| capture.what == what)?;
        Some((capture.id.clone(), load(capture)?))
    };
    let read = last(ReadWhat::Guide).map(|(id, page)| (id, guide(&page)));
    let login = login::read(
        visit.shown_name.as_deref(),
        last(ReadWhat::LoginForm),
        last(ReadWhat::LoginResult),
        last(ReadWhat::LoginError),
    );
    Facts { guide: read, login }
}

/// Required elements that a guide does not show.
#[must_use]
pub fn missing(guide: &Guide) -> Vec<&'static Element> {
    let shown = |id: &str| {
        guide.elements.contains_key(id)
            || (id == "materials" && !guide.materials.is_empty())
            || guide.media.iter().any(|medium| medium.element == id)
    };
    let elements = Catalogue::embedded().elements.iter();
    elements.filter(|element| element.required == Requirement::Required && !shown(&element.id)).collect()
}
