//! The frame of a page: title, description, links to its twins, the way down, the main sections.

use serde::Serialize;

use super::voice::Voice;
use super::{FindShard, Theme, offline};
use crate::api;
use crate::catalogue::{EditionRef, EditionStatus, Place};
use crate::imprint::{self, Imprint};
use crate::lang::{Direction, Language};
use crate::linked;
use crate::pages::{self, ConsultationData, DangerLine};
use crate::route::{Route, percent_encoded};
use crate::{Address, DisplayText, Head, PageKind, Subject, View};

/// What templates get as `page`.
#[derive(Serialize)]
pub(super) struct Frame<'a> {
    pub(super) kind: &'static str,
    title: String,
    description: String,
    canonical: Option<String>,
    alternates: Vec<Alternate<'a>>,
    /// What the page says, as data for programs.
    data: Option<String>,
    crumbs: Vec<Crumb>,
    draft: Option<DraftNotice>,
    /// The status of a list that is not issued.
    unissued: Option<EditionStatus>,
    robots: Option<&'static str>,
    social: Option<Social>,
    linked: Option<String>,
    keep: Option<Keep>,
    /// The script that brings the rest of the page when somebody asks for it.
    parts: Option<String>,
    /// The part of the catalogue that it is about, as the forms of the preview know it.
    edit: Option<String>,
}

/// What pages of one kind in one folder have alike, besides; each is a field of `page`, too.
pub(super) struct AlikeFrame {
    pub(super) nav: Vec<NavSection>,
    pub(super) danger: Option<DangerLine>,
    pub(super) imprint: Option<Imprint>,
    pub(super) search: Option<Search>,
}

/// What keeps a page for when there is no network: the worker of its language, and its pack.
#[derive(Serialize)]
struct Keep {
    worker: String,
    pack: String,
}

/// How chats show a page that somebody sends on.
#[derive(Serialize)]
struct Social {
    locale: String,
    image: String,
}

/// The same page in one language of the site.
#[derive(Serialize)]
struct Alternate<'a> {
    code: &'a str,
    tag: &'a str,
    name: &'a str,
    dir: Direction,
    href: String,
    absolute: Option<String>,
    current: bool,
}

#[derive(Serialize)]
struct Crumb {
    text: DisplayText,
    href: Option<String>,
}

/// One of the main sections; its name is the string `nav-<key>`, or else what the tool calls it.
#[derive(Serialize)]
pub(super) struct NavSection {
    key: &'static str,
    name: Option<DisplayText>,
    href: String,
    current: bool,
}

/// How a page is searched from.
#[derive(Serialize)]
pub(super) struct Search {
    /// The page that works without script.
    href: String,
    /// The script with the texts.
    shard: String,
    /// What some questions need besides.
    more: String,
    /// The texts in the other languages, between spaces, for words of another language than the page's.
    others: String,
    /// The texts of further lists that hold there, each with what some questions need besides, between spaces.
    further: String,
    /// The scripts with the words of danger, between spaces, that in the page's language first.
    danger: String,
    /// The provinces, or other places on top, of which the site has lists.
    covers: String,
}

/// Says that a page is not an official publication.
#[derive(Serialize)]
struct DraftNotice {
    status: EditionStatus,
    notice: Option<DisplayText>,
    consultation: Option<ConsultationData>,
    place: DisplayText,
    baseline_href: Option<String>,
}

/// Builds the frame of a page.
pub(super) fn frame<'a>(view: &View<'a>, head: &Head, theme: &Theme, groups: &[String]) -> Frame<'a> {
    let page = view.page;
    let (kind, policy) = (page.kind.name(), page.kind.policy());
    let words = |name: &str| head.words.get(name).cloned();
    let voice = Voice { lang: page.lang.code.as_str(), groups };
    let fill = |what: &str| theme.fill(voice, &format!("{what}-{kind}"), &words);
    let unissued = imprint::unissued(view);
    // Wherever a draft is seen, in a chat or among results, it says first that it is one.
    let marked = |text: String| match unissued {
        Some(status) if !text.is_empty() => mark(theme, voice, status, &text),
        Some(_) | None => text,
    };
    let base = view.catalogue().site.base_url.as_ref().map(|url| url.value.as_str());
    let crumb = |(text, route): &(DisplayText, Option<Route>)| Crumb {
        text: text.clone(),
        href: route.as_ref().map(|route| view.link(route)),
    };
    Frame {
        kind,
        title: marked(fill("title").or_else(|| own_title(view)).unwrap_or_default()),
        description: marked(fill("description").unwrap_or_default()),
        canonical: base.filter(|_| !view.is_shown_anywhere()).map(|base| page.route.absolute(base)),
        alternates: alternates(view, base),
        data: data(view),
        crumbs: head.crumbs.iter().filter(|_| policy.framed).map(crumb).collect(),
        draft: draft(view).filter(|_| policy.framed),
        unissued,
        robots: (policy.is_hidden() || unissued.is_some()).then_some("noindex"),
        social: social(view, theme, base),
        linked: linked(view, head).as_ref().map(script_safe),
        keep: keep(view),
        parts: theme.has_parts(kind).then(|| view.link(&super::parts_of(&page.route))),
        edit: edited(page.kind.subject()),
    }
}

/// Builds what the pages that are [`alike`] have alike.
pub(super) fn alike_frame(
    view: &View<'_>,
    theme: &Theme,
    groups: &[String],
    find: &FindShard<'_>,
) -> AlikeFrame {
    let policy = view.page.kind.policy();
    let is_public = policy.framed && !policy.is_for_staff();
    let voice = Voice { lang: view.page.lang.code.as_str(), groups };
    AlikeFrame {
        nav: if policy.framed { sections(view, theme, voice) } else { Vec::new() },
        danger: is_public.then(|| pages::danger_line(view)).flatten(),
        imprint: is_public.then(|| imprint::imprint(view)),
        search: search(view, theme, find),
    }
}

/// Returns what pages have in common whose [`AlikeFrame`] is the same: kind, language, folder, what they are about. Services
/// stand in one folder with the same around them, but for who verified them; pages for staff are sections themselves.
pub(super) fn alike(view: &View<'_>) -> String {
    let (page, subject) = (view.page, view.page.kind.subject());
    let route = page.route.as_str();
    let folder = route.rsplit_once('/').map_or("", |(folder, _)| folder);
    let at = if page.kind.policy().is_for_staff() { route } else { folder };
    let about = subject.edition().map(|edition| edition.address());
    let about = about.or_else(|| subject.place().map(|place| place.path.to_string())).unwrap_or_default();
    let verified = subject.service().filter(|service| service.checked.is_some());
    let verified = verified.map_or("", |service| service.id.value.as_str());
    [page.kind.name(), page.lang.code.as_str(), at, &about, verified].join(" ")
}

/// Returns the file in which what a page is about is written, and the way inside it.
fn edited(subject: Subject<'_>) -> Option<String> {
    let file = |edition: EditionRef<'_>| format!("{}.yaml", edition.address());
    let path = match subject {
        Subject::Site => return None,
        Subject::Place(place, _) => format!("{}/place.yaml", place.path),
        Subject::Edition(edition) => file(edition),
        Subject::Service(edition, service) => format!("{}/services/{}", file(edition), service.id.value),
    };
    Some(percent_encoded(&path))
}

/// Returns a title or description that says what status the list has.
fn mark(theme: &Theme, voice: Voice<'_>, status: EditionStatus, text: &str) -> String {
    let word = theme.fill(voice, &format!("status-{}", status.as_str()), &|_| None).unwrap_or_default();
    let values = |name: &str| match name {
        "status" => Some(word.clone()),
        "text" => Some(text.to_owned()),
        _ => None,
    };
    theme.fill(voice, "unissued", &values).unwrap_or_else(|| text.to_owned())
}

/// Returns what a page says to machines; nothing for pages that only lead on and for staff.
fn linked(view: &View<'_>, head: &Head) -> Option<serde_json::Value> {
    let policy = view.page.kind.policy();
    let told = !policy.is_hidden() && !policy.is_for_staff();
    head.linked.clone().or_else(|| told.then(|| linked::other_page(view)))
}

/// Returns the title of a page that the theme has none for.
fn own_title(view: &View<'_>) -> Option<String> {
    let (title, site) = (view.page.kind.title()?, view.words(&view.catalogue().site.title));
    Some(format!("{} - {site}", view.tell(&title).text))
}

/// Returns the link to what a page says as data for programs; none for pages that only lead on and for staff.
fn data(view: &View<'_>) -> Option<String> {
    let policy = view.page.kind.policy();
    let has = view.catalogue().site.has_open_data && !policy.is_hidden() && !policy.is_for_staff();
    has.then(|| view.link(&api::of_subject(view.page.kind.subject()).route()))
}

/// Returns what keeps a page; none for pages that only lead on, and those that stand anywhere.
fn keep(view: &View<'_>) -> Option<Keep> {
    let (code, kind) = (&view.page.lang.code, view.page.kind);
    (!kind.policy().is_hidden()).then(|| Keep {
        worker: view.link(&offline::worker(code)),
        pack: view.link(&offline::pack(code, kind.subject().place())),
    })
}

/// Returns how chats show a page: with the mark of the site, at an address they can fetch it from where the
/// site says what its own is.
fn social(view: &View<'_>, theme: &Theme, base: Option<&str>) -> Option<Social> {
    if view.page.kind.policy().is_hidden() {
        return None;
    }
    let image = Route::new(theme.asset_names().get("icon-512.png")?.as_str());
    let image = base.map_or_else(|| view.link(&image), |base| image.absolute(base));
    Some(Social { locale: view.page.lang.tag.replace('-', "_"), image })
}

/// Returns `value` as JSON that can stand in a script element: it holds no character of markup.
fn script_safe(value: &serde_json::Value) -> String {
    let escapes = [
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u{2028}", "\\u2028"),
        ("\u{2029}", "\\u2029"),
    ];
    escapes.iter().fold(value.to_string(), |json, (found, escape)| json.replace(found, escape))
}

fn alternates<'a>(view: &View<'a>, base: Option<&str>) -> Vec<Alternate<'a>> {
    let page = view.page;
    let languages = view.catalogue().site.languages.iter();
    languages
        .map(|language| {
            let route = page.kind.address().route(language);
            Alternate {
                code: language.code.as_str(),
                tag: &language.tag,
                name: &language.name,
                dir: language.direction,
                href: view.link(&route),
                absolute: base.filter(|_| !view.is_shown_anywhere()).map(|base| route.absolute(base)),
                current: route == page.route,
            }
        })
        .collect()
}

/// Returns the main sections for pages of a place. Later sections join here.
fn sections(view: &View<'_>, theme: &Theme, voice: Voice<'_>) -> Vec<NavSection> {
    let subject = view.page.kind.subject();
    if view.page.kind.policy().is_for_staff() {
        return view.map.sections().iter().map(|kind| staff_section(view, *kind, theme, voice)).collect();
    }
    let Some(place) = subject.place() else { return Vec::new() };
    let mut sections = vec![section(view, "services", &Address::place(&place.path))];
    let check = Address::in_place(&place.path, "check");
    if view.map.has(&view.route(&check)) {
        sections.push(section(view, "check", &check));
    }
    let shown = subject.edition().or_else(|| view.facts().shown(place).next());
    if let Some(shown) = shown.filter(|shown| view.facts().has_history(*shown)) {
        sections.push(section(view, "changes", &Address::in_list(shown, "changes")));
    }
    let guide = group_guide(view, place, shown).or_else(|| first_guide(view, place));
    if let Some((owner, guide)) = guide {
        let current = matches!(view.page.kind, PageKind::Guide(_));
        let address = Address::guide(Some(&owner.path), guide);
        sections.push(NavSection { current, ..section(view, "guides", &address) });
    }
    sections.extend(shown.map(|shown| section(view, "about", &Address::in_list(shown, "about"))));
    sections
}

fn staff_section(view: &View<'_>, kind: PageKind<'_>, theme: &Theme, voice: Voice<'_>) -> NavSection {
    let known = theme.fill(voice, &format!("nav-{}", kind.name()), &|_| None);
    let name = kind.title().filter(|_| known.is_none()).map(|title| view.tell(&title));
    NavSection { name, ..section(view, kind.name(), &kind.address()) }
}

fn section(view: &View<'_>, key: &'static str, address: &Address) -> NavSection {
    let route = view.route(address);
    NavSection { key, name: None, href: view.link(&route), current: route == view.page.route }
}

/// Returns the guide that the group of a list names, of the nearest place that has it, this one or above.
fn group_guide<'a>(
    view: &View<'a>,
    place: &'a Place,
    shown: Option<EditionRef<'a>>,
) -> Option<(&'a Place, &'a str)> {
    let named = &view.catalogue().group_of(shown?)?.guide.as_ref()?.value;
    let mut at = Some(place);
    while let Some(here) = at {
        if let Some(guide) = here.guides.iter().find(|guide| guide.name == *named) {
            return Some((here, &guide.name));
        }
        at = view.catalogue().parent(&here.path);
    }
    None
}

/// Returns the first guide of the nearest place that has any, this one or above.
fn first_guide<'a>(view: &View<'a>, place: &'a Place) -> Option<(&'a Place, &'a str)> {
    match place.guides.first() {
        Some(guide) => Some((place, &guide.name)),
        None => first_guide(view, view.catalogue().parent(&place.path)?),
    }
}

/// Returns how the page is searched from. Pages for staff and those that only lead on are not.
fn search(view: &View<'_>, theme: &Theme, find: &FindShard<'_>) -> Option<Search> {
    let page = view.page;
    if !page.kind.policy().searches {
        return None;
    }
    let place = view.facts().searched(page.kind.subject().place())?;
    let link = |language: &Language| Some(page.route.link_to(&find(page, language)?.texts));
    let danger = |language: &Language| Some(page.route.link_to(&find(page, language)?.danger?));
    let others = || view.catalogue().site.languages.iter().filter(|other| other.code != page.lang.code);
    let further: Vec<Route> =
        find(page, page.lang)?.further.into_iter().flat_map(|(texts, more)| [texts, more]).collect();
    Some(Search {
        href: view.href(&Address::in_place(&place.path, "search")),
        shard: link(page.lang)?,
        more: page.route.link_to(&find(page, page.lang)?.more),
        others: others().filter_map(link).collect::<Vec<_>>().join(" "),
        further: further.iter().map(|route| page.route.link_to(route)).collect::<Vec<_>>().join(" "),
        covers: covers(view, theme),
        danger: std::iter::once(page.lang).chain(others()).filter_map(danger).collect::<Vec<_>>().join(" "),
    })
}

/// Returns the names of the places on top: who types one that is not among them hears which there are.
fn covers(view: &View<'_>, theme: &Theme) -> String {
    let voice = Voice { lang: view.page.lang.code.as_str(), groups: &[] };
    let between = theme.fill(voice, "list-separator", &|_| None).unwrap_or_default();
    let tops = view.catalogue().children(None).into_iter();
    tops.map(|place| view.words(place.short())).collect::<Vec<_>>().join(&between)
}

fn draft(view: &View<'_>) -> Option<DraftNotice> {
    let shown = view.page.kind.subject().edition().filter(|_| !view.page.kind.policy().is_for_staff())?;
    if shown.edition.status == EditionStatus::Issued {
        return None;
    }
    let baseline =
        shown.edition.measured_against.as_ref().and_then(|address| view.catalogue().edition(&address.value));
    let route = baseline.map(|baseline| view.route(&Address::place(&baseline.place.path)));
    Some(DraftNotice {
        status: shown.edition.status,
        notice: view.say_some(shown.edition.notice.as_ref()),
        consultation: pages::consultation(view, shown.edition)
            .filter(|_| shown.edition.status == EditionStatus::Consultation),
        place: view.say(shown.place.short()),
        baseline_href: route.filter(|route| view.map.has(route)).map(|route| view.link(&route)),
    })
}
