//! The news of a list as JSON Feed 1.1, in the words of the theme, like `atom.xml`.

use serde_json::{Value, json};

use super::Theme;
use super::borrowed::without_marks;
use super::voice::Voice;
use crate::route::Route;
use crate::{Feed, FeedEntry};

/// Returns the feed that lies at `route`; addresses are full where the site knows its own.
pub(super) fn json_feed(
    feed: &Feed,
    theme: &Theme,
    voice: Voice<'_>,
    route: &Route,
    base: Option<&str>,
) -> Vec<u8> {
    let say = |key: &str| theme.fill(voice, key, &|_| None).unwrap_or_default();
    let items: Vec<Value> = feed.entries.iter().map(|entry| item(entry, theme, voice)).collect();
    let written = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("{}{}{}", say("changes"), say("colon"), feed.title),
        "home_page_url": feed.page_href,
        "feed_url": base.map_or_else(|| route.link_to(route), |base| route.absolute(base)),
        "language": feed.tag,
        "items": items,
    });
    without_marks(&format!("{written}\n")).into_bytes()
}

fn item(entry: &FeedEntry, theme: &Theme, voice: Voice<'_>) -> Value {
    let edition = |name: &str| (name == "x").then(|| entry.edition.clone());
    let marked = theme.fill(voice, "edition-plain", &edition).unwrap_or_default();
    json!({
        "id": entry.id,
        "url": entry.href,
        "title": format!("{} {marked}", entry.title),
        "content_text": summary(entry, theme, voice),
        "date_published": format!("{}T00:00:00Z", entry.updated),
    })
}

/// Returns how many changes of each kind there are, behind the number of the document.
fn summary(entry: &FeedEntry, theme: &Theme, voice: Voice<'_>) -> String {
    let say = |key: &str| theme.fill(voice, key, &|_| None).unwrap_or_default();
    let counts: Vec<String> = entry
        .counts
        .iter()
        .map(|(kind, count)| format!("{} {count}", say(&format!("change-{kind}"))))
        .collect();
    let told = if counts.is_empty() { say("changes-first") } else { counts.join(&say("list-separator")) };
    entry.number.iter().cloned().chain([told]).collect::<Vec<_>>().join(" ")
}
