//! What the filter of the pages for staff searches in the browser: every problem once, in one language, as a script
//! that calls a function, so that it is found from `file://` too.

use serde::Serialize;

use super::{BaselineOverview, gaps_address, list_address};
use crate::catalogue::Service;
use crate::compare::{Verdict, axis_words};
use crate::diagnostic::Message;
use crate::lang::{Language, Localized};
use crate::route::Route;
use crate::{Address, DisplayText, SiteMap};

/// All that the filter knows of one baseline.
#[derive(Serialize)]
struct GapTable<'t> {
    /// The language of official words, as pages mark it.
    official: &'t str,
    /// What the axes are called.
    axes: Vec<(&'t str, String)>,
    /// Prefecture, name, address of each list.
    lists: Vec<(&'t str, &'t str, String)>,
    /// Id, label, title, area of each service.
    services: Vec<(&'t str, String, &'t str, &'t str)>,
    /// Service, place on the page of a list, and official words of each provision that is not met somewhere.
    provisions: Vec<(usize, String, &'t str)>,
    /// Verdict and sign.
    verdicts: Vec<(&'t str, &'t str)>,
    problems: Vec<ProblemRow<'t>>,
}

/// A problem: its provision, verdict, axes, reasons, what to do, lists.
type ProblemRow<'t> = (usize, usize, Vec<usize>, Vec<String>, Option<String>, &'t [usize]);

/// Returns the scripts, one a baseline and language.
pub fn scripts(map: &SiteMap<'_>) -> Vec<(Route, Vec<u8>)> {
    let languages = &map.facts.catalogue().site.languages;
    let official = languages.reference().tag.as_str();
    let languages = languages.iter();
    let all = languages.flat_map(|lang| map.facts.baselines().iter().map(move |known| (lang, known)));
    all.map(|(lang, known)| (route(known, lang), script(known, lang, official))).collect()
}

/// Returns where the script of a baseline lies.
pub fn route(known: &BaselineOverview<'_>, lang: &Language) -> Route {
    let page = gaps_address(known.baseline).route(lang);
    let stem = page.as_str().strip_suffix(".html").unwrap_or(page.as_str());
    Route::new(format!("{stem}.js"))
}

fn script(known: &BaselineOverview<'_>, lang: &Language, official: &str) -> Vec<u8> {
    let json = serde_json::to_string(&table(known, lang, official)).expect("plain data is JSON");
    let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("qingdanGaps({json});\n").into_bytes()
}

fn table<'t>(known: &'t BaselineOverview<'_>, lang: &Language, official: &'t str) -> GapTable<'t> {
    let text = |text: &'t Localized| text.for_reader(&lang.code).1;
    let tell = |message: &Message| DisplayText::of_tool(message, &lang.code).text;
    let root = Address::staff("").route(lang);
    let mut axes: Vec<&str> = known.problems.iter().flat_map(|problem| problem.axes.clone()).collect();
    axes.sort_unstable();
    axes.dedup();
    let services = &known.baseline.edition.services;
    let mut provisions: Vec<(usize, String, &str)> = Vec::new();
    let mut problems = Vec::new();
    for problem in &known.problems {
        let anchor = super::anchor(&problem.baseline.address());
        // Problems of one provision stand together.
        if provisions.last().is_none_or(|(_, last, _)| *last != anchor) {
            let id = &problem.baseline.service.id.value;
            let service = services.iter().position(|service| service.id.value == *id).unwrap_or_default();
            provisions.push((service, anchor, problem.baseline.provision.quote.value.as_str()));
        }
        problems.push((
            provisions.len() - 1,
            Verdict::ALL.iter().position(|verdict| *verdict == problem.verdict).unwrap_or_default(),
            problem.axes.iter().filter_map(|axis| axes.binary_search(axis).ok()).collect(),
            problem.reasons.iter().map(tell).collect(),
            problem.remedy.as_ref().map(tell),
            problem.lists.as_slice(),
        ));
    }
    let mut prefecture_of = vec![""; known.lists.len()];
    for prefecture in &known.prefectures {
        prefecture.lists.iter().for_each(|at| prefecture_of[*at] = prefecture.place.path.as_str());
    }
    let lists = known.lists.iter().zip(prefecture_of).map(|(held, prefecture)| {
        let local = held.coverage.local;
        (prefecture, text(local.place.short()), root.link_to(&list_address(local).route(lang)))
    });
    let text_of_service = |service: &'t Service| {
        let label = crate::common::label(service.number.value);
        (service.id.value.as_str(), label, text(&service.body.title), service.body.area.value.as_str())
    };
    GapTable {
        official,
        axes: axes.iter().map(|axis| (*axis, tell(&axis_words(axis)))).collect(),
        lists: lists.collect(),
        services: services.iter().map(text_of_service).collect(),
        provisions,
        verdicts: Verdict::ALL.iter().map(|verdict| (verdict.as_str(), verdict.sign())).collect(),
        problems,
    }
}
