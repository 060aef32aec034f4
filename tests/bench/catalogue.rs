//! A catalogue of the whole country, made from the list of Fujian and always the same.
//!
//! Every province has the Fujian list under its own name as baseline; every prefecture has a list in
//! which nothing is adopted: each service is written out in both languages with the prefecture's name in
//! it, says what it covers, and how to apply. Names of places are invented.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::path::Path;
use std::{fs, io};

use crate::size::Size;

/// Where the list that everything is made from lies.
const BASELINE: &str = "fujian/migrant-children/2025.yaml";

/// Syllables that invented names are put together from.
const SYLLABLES: &[(&str, &str)] = &[
    ("云", "yun"),
    ("松", "song"),
    ("清", "qing"),
    ("石", "shi"),
    ("竹", "zhu"),
    ("梅", "mei"),
    ("泉", "quan"),
    ("岭", "ling"),
    ("溪", "xi"),
    ("湖", "hu"),
    ("原", "yuan"),
    ("川", "chuan"),
    ("林", "lin"),
    ("沙", "sha"),
    ("桥", "qiao"),
    ("塘", "tang"),
    ("峰", "feng"),
    ("洲", "zhou"),
    ("港", "gang"),
    ("坪", "ping"),
];

/// An invented place.
struct Name {
    id: String,
    zh: String,
    en: String,
}

/// Returns the name number `at`; each is different below 400.
fn name(at: usize) -> Name {
    let count = SYLLABLES.len();
    let (first, second) = (SYLLABLES[at / count % count], SYLLABLES[at % count]);
    let id = format!("{}{}", first.1, second.1);
    let en = id[..1].to_uppercase() + &id[1..];
    Name { id: format!("{id}-{at}"), zh: format!("{}{}", first.0, second.0), en }
}

/// Writes the catalogue to `root` and returns its size in bytes.
pub(crate) fn write(content: &Path, root: &Path, size: &Size) -> io::Result<u64> {
    let mut out = Out { root, bytes: 0 };
    for entry in fs::read_dir(content.join("vocabulary"))? {
        let entry = entry?;
        out.file(
            &format!("vocabulary/{}", entry.file_name().to_string_lossy()),
            &fs::read_to_string(entry.path())?,
        )?;
    }
    let site = fs::read_to_string(content.join("site.yaml"))?;
    out.file("site.yaml", &format!("{site}\nbase_url: https://lists.example.org\n"))?;
    let baseline = Baseline::parse(&fs::read_to_string(content.join(BASELINE))?);
    for province in 0..size.provinces {
        out.province(content, &baseline, province)?;
    }
    for prefecture in 0..size.prefectures {
        out.prefecture(&baseline, prefecture, size)?;
    }
    Ok(out.bytes)
}

/// Changes one plain sentence in the list of the first prefecture, another way each `turn`.
pub(crate) fn change_one(root: &Path, turn: usize) -> io::Result<()> {
    let (province, prefecture) = (province(0), prefecture(0));
    let path = root.join(format!("{}/{}/migrant-children/2025.yaml", province.id, prefecture.id));
    let text = fs::read_to_string(&path)?;
    let start = text.find("        plain:\n          zh: ").expect("every service has a plain sentence");
    let end =
        start + text[start + 15..].find("\n          en:").expect("every sentence is in English too") + 15;
    fs::write(&path, format!("{}（改{turn}）{}", &text[..end], &text[end..]))
}

/// Provinces have the names from 340 on, prefectures those before.
fn province(at: usize) -> Name {
    name(340 + at)
}

fn prefecture(at: usize) -> Name {
    name(at)
}

/// The Fujian list: what stands before the services, and each service.
struct Baseline {
    head: String,
    services: Vec<String>,
}

impl Baseline {
    fn parse(text: &str) -> Self {
        let (head, services) = text.split_once("\nservices:\n").expect("the list has services");
        let is_written = |line: &&str| !line.is_empty() && !line.trim_start().starts_with('#');
        let mut whole: Vec<String> = Vec::new();
        for line in services.lines().filter(is_written) {
            if line.starts_with("  - id: ") {
                whole.push(String::new());
            }
            let service = whole.last_mut().expect("a service starts with its id");
            service.push_str(line);
            service.push('\n');
        }
        Self { head: head.to_owned(), services: whole }
    }
}

/// Writes files below a folder and counts bytes.
struct Out<'a> {
    root: &'a Path,
    bytes: u64,
}

impl Out<'_> {
    fn file(&mut self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        self.bytes += text.len() as u64;
        fs::write(path, text)
    }

    fn province(&mut self, content: &Path, baseline: &Baseline, at: usize) -> io::Result<()> {
        let Name { id, zh, en } = province(at);
        let named = |text: &str| text.replace("福建", &zh).replace("Fujian", &en);
        let place = fs::read_to_string(content.join("fujian/place.yaml"))?;
        self.file(
            &format!("{id}/place.yaml"),
            &named(&place).replace("350000", &format!("{}0000", at + 11)),
        )?;
        for entry in fs::read_dir(content.join("fujian/guides"))? {
            let entry = entry?;
            let text = fs::read_to_string(entry.path())?;
            // A guide to another list leads to pages that this catalogue does not have.
            if text.contains("/left-behind-children/") {
                continue;
            }
            let text = named(&text).replace("/fujian/", &format!("/{id}/"));
            self.file(&format!("{id}/guides/{}", entry.file_name().to_string_lossy()), &text)?;
        }
        let list = format!("{}\nservices:\n{}", baseline.head, baseline.services.concat());
        self.file(&format!("{id}/migrant-children/2025.yaml"), &named(&list))
    }

    fn prefecture(&mut self, baseline: &Baseline, at: usize, size: &Size) -> io::Result<()> {
        let above = at % size.provinces;
        let folder = format!("{}/{}", province(above).id, prefecture(at).id);
        let Name { zh, en, .. } = prefecture(at);
        let code = format!("{}{:02}00", above + 11, at / size.provinces % 99 + 1);
        self.file(
            &format!("{folder}/place.yaml"),
            &format!("name: {{zh: {zh}市, en: {en} City}}\nshort_name: {{zh: {zh}, en: {en}}}\ncode: '{code}'\ntier: prefecture\n"),
        )?;
        let mut list = format!(
            "title:\n  zh: {zh}市流动儿童在居住地享有关爱服务清单\n  \
             en: List of care services for migrant children in their place of residence, {en} City\n\
             ordinal: 1\nstatus: issued\ndates: {{signed: 2025-06-20, issued: 2025-06-25, filed: 2025-07-01}}\n\
             measured_against: {}/migrant-children/2025\nservices:\n",
            province(above).id
        );
        for service in 0..size.services {
            list.push_str(&own_service(baseline, service, &zh, &en));
        }
        self.file(&format!("{folder}/migrant-children/2025.yaml"), &list)
    }
}

/// Returns service number `at` of a prefecture: the baseline's, told as its own, or a local addition.
fn own_service(baseline: &Baseline, at: usize, zh: &str, en: &str) -> String {
    let round = at / baseline.services.len();
    let mut text = String::new();
    let mut id = String::new();
    for line in baseline.services[at % baseline.services.len()].lines() {
        if let Some(service) = line.strip_prefix("  - id: ") {
            id = service.to_owned();
            let suffix = if round > 0 { format!("-{round}") } else { String::new() };
            text.push_str(&format!("  - id: {service}{suffix}\n"));
        } else if line.starts_with("    number: ") {
            text.push_str(&format!("    number: {}\n", at + 1));
        } else {
            // The same change everywhere, so that quotes are still found in the official text.
            let line = line
                .replace("流动儿童", &format!("{zh}市流动儿童"))
                .replace("igrant children", &format!("igrant children in {en}"));
            text.push_str(&line);
            text.push('\n');
        }
        if let (0, Some(provision)) = (round, line.strip_prefix("      - id: ")) {
            text.push_str(&format!("        covers: [{id}/{provision}]\n"));
        }
    }
    text.push_str(&APPLY.replace("某某", zh).replace("Moumou", en));
    text
}

/// How to apply, of a usual length.
const APPLY: &str = "    apply:
      where:
        zh: 某某市居住地的乡镇（街道）政务服务中心或者社区服务站，也可以到某某市政务服务中心一楼综合窗口
        en: The service centre of your township or subdistrict in Moumou, the community service station, or the general counter on the ground floor of the Moumou government service centre
      bring:
        - zh: 监护人的身份证和户口簿，没有带原件的可以先带复印件
          en: The guardian's identity card and household register; copies will do at first
        - zh: 孩子的出生医学证明或者户口簿上孩子的那一页
          en: The child's birth certificate or the child's page of the household register
        - zh: 居住证，或者租房合同等能说明住在某某市的材料
          en: A residence permit, a lease or another paper that shows that you live in Moumou
      steps:
        - zh: 先打电话或者到窗口问清楚要带的材料
          en: Call or ask at the counter what to bring
        - zh: 交材料、填表，工作人员当场看材料是不是齐全
          en: Hand in the papers and fill in the form; the staff check at once whether anything is missing
        - zh: 等通知，结果会告诉监护人
          en: Wait for the notice; the guardian is told the result
      fee:
        zh: 办理不收费
        en: Applying is free of charge
      time:
        zh: 工作日上午8:30到12:00，下午2:30到5:30
        en: Working days, 8:30 to 12:00 and 14:30 to 17:30
      phone: '12345'
      basis:
        zh: 某某市流动儿童在居住地享有关爱服务清单及有关部门的办事指南
        en: The list of care services of Moumou and the guides of the departments responsible
";
