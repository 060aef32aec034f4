//! An invented province with many places, every one with a list of its own, some of them lower than the
//! provincial list; made from the list of Fujian and always the same.
//!
//! Each list writes the provincial services out and says what they cover. By its number, a list lacks a
//! service, sets quotas of its own, has words of its own or only permits in others, so that there are gaps of every kind and few
//! of them are the same in two places.

use std::fs;
use std::path::Path;

/// Where the list that everything is made from lies.
const BASELINE: &str = "fujian/migrant-children/2025.yaml";

/// How many places there are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Prefectures, each with a list.
    pub prefectures: usize,
    /// Counties of each prefecture, each with a list.
    pub counties: usize,
}

/// Writes the catalogue to `root`.
pub fn write(root: &Path, size: Size) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let read = |path: &str| fs::read_to_string(content.join(path)).expect("the content is there");
    for entry in fs::read_dir(content.join("vocabulary")).expect("the vocabulary is there") {
        let name = entry.expect("it can be read").file_name().to_string_lossy().into_owned();
        put(root, &format!("vocabulary/{name}"), &read(&format!("vocabulary/{name}")));
    }
    put(root, "site.yaml", &read("site.yaml"));
    let named = |text: &str| text.replace("福建", "示范").replace("Fujian", "Shifan");
    put(root, "shifan/place.yaml", &named(&read("fujian/place.yaml")).replace("350000", "990000"));
    let baseline = named(&read(BASELINE));
    put(root, "shifan/migrant-children/2025.yaml", &baseline);
    let services = services(&baseline);
    for prefecture in 0..size.prefectures {
        let folder = format!("shifan/p{prefecture:03}");
        let at = prefecture * (size.counties + 1);
        let (zh, en) = (format!("第{prefecture}市"), format!("City {prefecture}"));
        place(root, &folder, &zh, &en, ("prefecture", at));
        put(root, &format!("{folder}/migrant-children/2026.yaml"), &list(&services, at));
        for county in 0..size.counties {
            let folder = format!("{folder}/c{county:02}");
            let (zh, en) = (format!("{prefecture}市{county}县"), format!("County {prefecture}-{county}"));
            place(root, &folder, &zh, &en, ("county", at + county + 1));
            put(root, &format!("{folder}/migrant-children/2026.yaml"), &list(&services, at + county + 1));
        }
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)).expect("there is room");
}

fn place(root: &Path, folder: &str, zh: &str, en: &str, (tier, at): (&str, usize)) {
    let text = format!("name: {{zh: {zh}, en: {en}}}\ntier: {tier}\ncode: '99{:04}'\n", at + 1);
    put(root, &format!("{folder}/place.yaml"), &text);
}

/// Returns the services of the provincial list, each as it is written.
fn services(baseline: &str) -> Vec<String> {
    let (_, services) = baseline.split_once("\nservices:\n").expect("the list has services");
    let mut whole: Vec<String> = Vec::new();
    for line in services.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with('#')) {
        if line.starts_with("  - id: ") {
            whole.push(String::new());
        }
        let service = whole.last_mut().expect("a service starts with its id");
        service.push_str(line);
        service.push('\n');
    }
    whole
}

/// Returns the list of place number `at`.
fn list(services: &[String], at: usize) -> String {
    let status = if at.is_multiple_of(3) { "draft" } else { "issued\ndates: {issued: 2026-03-02}" };
    let mut text = format!(
        "title: {{zh: 流动儿童在居住地享有关爱服务清单, en: List of care services}}\nordinal: 1\nstatus: {status}\n\
         measured_against: shifan/migrant-children/2025\nservices:\n"
    );
    for (number, service) in services.iter().enumerate() {
        match (at + number) % 6 {
            0 => {}
            1 => text.push_str(&own(service, &|quote| format!("{quote}，每年限{}名", 20 + at))),
            2 => text.push_str(&own(service, &|quote| format!("{quote}，视第{at}号文件的情况办理"))),
            3 => {
                let permit = service.replace("strength: must", "strength: permit");
                text.push_str(&own(&permit, &|quote| format!("可以{quote}")));
            }
            _ => text.push_str(&own(service, &|quote| quote.to_owned())),
        }
    }
    text
}

/// Returns a service with what it covers, its official words changed by `reword`.
fn own(service: &str, reword: &dyn Fn(&str) -> String) -> String {
    let id = service.lines().next().and_then(|line| line.strip_prefix("  - id: ")).expect("it has an id");
    let mut text = service.to_owned();
    let quotes = service.lines().filter_map(|line| line.trim_start().strip_prefix("quote: "));
    let mut quotes: Vec<&str> = quotes.collect();
    quotes.sort_unstable();
    quotes.dedup();
    for quote in quotes {
        text = text.replace(quote, &reword(quote));
    }
    let mut whole = String::new();
    for line in text.lines() {
        whole.push_str(line);
        whole.push('\n');
        if let Some(provision) = line.strip_prefix("      - id: ") {
            whole.push_str(&format!("        covers: [{id}/{provision}]\n"));
        }
    }
    whole
}
