//! Numbers of persons are refused wherever they stand, and no command ever shows one.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "personal/paths.rs"]
mod paths;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use program::qingdan;

/// The public line of China Mobile and the example of GB 11643-1999, put together here so that no file of
/// the project holds one.
fn mobile() -> String {
    ["138", "0013", "8000"].concat()
}

fn identity() -> String {
    ["110105", "19491231", "002X"].concat()
}

/// The mobile number in letters that look like its digits.
fn in_letters() -> String {
    mobile().replace('0', "O").replace('1', "l")
}

/// The number of a card that stands for nobody: a bank's first digits, zeros and the check digit.
fn card() -> String {
    let today = qingdan::date::Date::parse("2026-11-25").expect("a date");
    let mut cards = (0..10).map(|last| ["622202", "000000000000", &last.to_string()].concat());
    cards.find(|card| !qingdan::personal::find(card, today).is_empty()).expect("one of ten digits is right")
}

/// Writes the demonstration to `folder`, with numbers in every kind of file and place.
fn catalogue_with_numbers(folder: &Path) {
    let made = qingdan(folder, &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let (mobile, identity) = (mobile(), identity());
    let spaced = format!("{} {} {}", &mobile[..3], &mobile[3..7], &mobile[7..]);
    let demo = folder.join("demo");
    let add = |name: &str, more: &str| {
        let path = demo.join(name);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the disk works");
        fs::write(&path, format!("{text}\n{more}\n")).expect("the disk works");
    };
    add("site.yaml", &format!("# 联系 {mobile}"));
    add("shifan/jiashi/migrant-children/2027.yaml", &format!("# {identity}"));
    add("vocabulary/terms.yaml", &format!("# {identity}"));
    add(
        "vocabulary/synonyms.yaml",
        &format!("# 学籍号 G{identity}，残疾人证 {identity}43\n# 找 {}", in_letters()),
    );
    add("shifan/guides/ask.zh.md", &format!("# 问\n\n![{mobile}]({}) 卡 {}", in_letters(), card()));
    add(&format!("shifan/IMG{mobile}.jpg"), "");
    add(&format!("shifan/名单G{identity}.docx"), "");
    add("vocabulary/areas.yaml", &format!("  - {{id: call, name: {{zh: 打{mobile}, en: call {spaced}}}}}"));
    add("shifan/place.yaml", &format!("note: {{zh: 联系人 {spaced}, en: call {mobile}}}"));
    add("shifan/jiashi/place.yaml", &format!("{mobile}: x"));
    add(
        "shifan/guides/call.zh.md",
        &format!("# 打电话 {mobile}\n\n**身份证** {identity} [打](tel:{mobile})"),
    );
    add("shifan/broken/place.yaml", &format!("name：{mobile}\n\t- [{identity}"));
    add(&format!("shifan/{mobile}/place.yaml"), "name: 甲");
    add(&format!("shifan/guides/{identity}.zh.md"), "# 甲");
    add(&format!("shifan/名单{mobile}.xlsx"), "");
    add("theme/strings/zh.yaml", &format!("title-findings: 问题 {mobile}"));
    add("theme/templates/page.html", &format!("{{{{ {mobile} }}}}"));
}

#[test]
fn no_command_shows_a_number_that_stands_in_the_catalogue() {
    let folder = tempfile::tempdir().expect("the disk works");
    catalogue_with_numbers(folder.path());
    let list = "shifan/jiashi/migrant-children";
    let commands: &[&[&str]] = &[
        &["check", "demo"],
        &["check", "demo", "--format", "short"],
        &["check", "demo", "--format", "json"],
        &["check", "demo", "--format", "sarif"],
        &["check", "demo", "--format", "github"],
        &["check", "demo", "--format", "html"],
        &["build", "demo", "--drafts", "--staff", "--out", "site"],
        &["coverage", "demo"],
        &["coverage", "demo", "--format", "json"],
        &["coverage", "demo", "--format", "csv"],
        &["status", "demo"],
        &["status", "demo", "--format", "ics"],
        &["diff", list, "demo"],
        &["edition", "new", list, "2031", "demo"],
        &["export", "filing", list, "demo", "--out", "filing"],
        &["translated", "demo"],
        &["fix", "demo", "--dry-run"],
        &["fmt", "demo", "--check"],
        &["fix", "demo"],
        &["fmt", "demo"],
    ];
    let hidden = [
        mobile(),
        identity(),
        mobile()[3..].to_owned(),
        identity()[6..14].to_owned(),
        in_letters(),
        in_letters()[3..].to_owned(),
        card(),
        card()[6..].to_owned(),
    ];
    for lang in ["zh", "en"] {
        for command in commands {
            let ran = qingdan(folder.path(), &[command, &["--lang", lang][..]].concat(), &[]);
            // What these cannot mend keeps nobody from mending the rest.
            let refused = ran.code != 0 || ["fix", "fmt"].contains(&command[0]);
            assert!(refused, "{command:?}: {}", ran.stderr);
            for output in [&ran.stdout, &ran.stderr] {
                let plain = output.replace([' ', '-'], "");
                let shown = hidden.iter().find(|number| plain.contains(*number));
                assert!(shown.is_none(), "{command:?}\n{output}");
            }
        }
    }
    assert!(!folder.path().join("site").exists() && !folder.path().join("filing").exists());
    // Stars are for eyes: what people wrote is theirs to delete.
    for name in ["site.yaml", "shifan/place.yaml", "shifan/jiashi/place.yaml", "shifan/broken/place.yaml"] {
        let text = fs::read_to_string(folder.path().join("demo").join(name)).expect("it is still there");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert!(digits.contains(&mobile()) && !text.contains("****"), "{name}");
    }
}

#[test]
fn numbers_are_refused_wherever_they_hide() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let (mobile, identity) = (mobile(), identity());
    let (start, end) = mobile.split_at(5);
    let entities: String = mobile.bytes().map(|byte| format!("&#{byte};")).collect();
    let card = ["622588", "0000000000"].concat();
    let card = (0..10).map(|last| format!("{}{last}", &card[..15])).find(|card| {
        let today = qingdan::date::Date::parse("2026-11-25").expect("a date");
        !qingdan::personal::find(card, today).is_empty()
    });
    let card = card.expect("one of ten digits is right");
    let places: Vec<(String, String)> = vec![
        ("shifan/place.yaml".into(), format!("note: {{zh: \"找\\x31{}\", en: a}}", &mobile[1..])),
        ("shifan/jiashi/place.yaml".into(), format!("note:\n  zh: >\n    手机{start}-\n    {end}\n  en: a")),
        ("shifan/yishi/place.yaml".into(), format!("note: &a{mobile} x")),
        ("shifan/guides/call.zh.md".into(), format!("# 打电话\n\n{entities}")),
        ("shifan/guides/ask.zh.md".into(), format!("# 问\n\n[问](tel:%31{})", &mobile[1..])),
        ("site.yaml".into(), format!("duty_mobiles: [{{number: '{card}', reason: 值班}}]")),
        ("translations.lock".into(), format!("# 手机 {mobile}")),
        ("shifan/big.yaml".into(), format!("# {identity}\n{}", "# 长\n".repeat(200_000))),
        (format!("shifan/张{mobile}/名单.txt"), String::new()),
        (format!("shifan/.李{mobile}.yaml"), String::new()),
        (format!("shifan/~${mobile}.xlsx"), String::new()),
    ];
    for (name, more) in &places {
        let path = folder.path().join("demo").join(name);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the disk works");
        fs::write(&path, format!("{text}\n{more}\n")).expect("the disk works");
    }
    let ran = qingdan(folder.path(), &["check", "demo", "--format", "short"], &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let refused: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("error[QD1090]")).collect();
    for (name, _) in &places {
        let name = name.replace(&mobile, "138****8000").replace("/名单.txt", "");
        let count = refused.iter().filter(|line| line.starts_with(&format!("{name}:"))).count();
        assert_eq!(count, 1, "{name}: {refused:#?}");
    }
    assert_eq!(refused.len(), places.len(), "{refused:#?}");
}

#[test]
fn no_edition_is_called_by_a_number() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let id = ["530303", "19700522", "7660"].concat();
    let list = "shifan/jiashi/migrant-children";
    let ran = qingdan(folder.path(), &["edition", "new", list, &id, "demo"], &[]);
    assert!(ran.code != 0 && !ran.stderr.contains(&id), "{}", ran.stderr);
    assert!(!folder.path().join("demo").join(list).join(format!("{id}.yaml")).exists());
}

#[test]
fn what_is_typed_is_not_shown_again_either() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let number = mobile();
    let path = format!("shifan/{number}");
    let commands: &[&[&str]] = &[
        &["coverage", &path, "demo"],
        &["diff", &path, "demo"],
        &["edition", "new", &path, "2031", "demo"],
        &["explain", &number],
        &["build", "demo", "--only", &path],
        &["check", "demo", "--today", &number],
        &["import", &path, "demo"],
        &["serve", "demo", "--port", &number],
        &["status", &number],
        &["init", &number],
        &[&number],
    ];
    for command in commands {
        let ran = qingdan(folder.path(), command, &[]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!said.contains(&number), "{command:?}: {said}");
    }
}

#[test]
fn each_number_is_one_error_at_its_place_that_no_setting_lowers() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let site = folder.path().join("demo/site.yaml");
    let text = fs::read_to_string(&site).expect("the demonstration has a site.yaml");
    let lines = text.lines().count();
    let lowered = format!(
        "{text}checks: {{personal-number: off, QD1090: warning}}\n# 电话 {}、{}\n",
        mobile(),
        identity()
    );
    fs::write(&site, lowered).expect("the disk works");
    let ran = qingdan(folder.path(), &["check", "demo", "--format", "short"], &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let found: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("QD1090")).collect();
    let place = |column: usize| format!("site.yaml:{}:{column}: error[QD1090]", lines + 2);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with(&place(6)) && found[0].contains("138****8000"), "{}", found[0]);
    assert!(found[1].starts_with(&place(18)) && found[1].contains("110*************2X"), "{}", found[1]);
}

#[test]
fn of_a_value_that_is_a_number_nothing_else_is_said() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    for (name, value) in [
        ("shifan/jiashi/place.yaml", format!("code: '{}'", identity())),
        ("shifan/yishi/place.yaml", format!("tier: {}", mobile())),
    ] {
        let path = folder.path().join("demo").join(name);
        let text = fs::read_to_string(&path).expect("the demonstration has these");
        let key = value.split_once(' ').expect("a key and a value").0;
        let lines = text.lines().map(|line| if line.starts_with(key) { value.as_str() } else { line });
        fs::write(&path, lines.collect::<Vec<_>>().join("\n")).expect("the disk works");
    }
    let ran = qingdan(folder.path(), &["check", "demo", "--format", "short"], &[]);
    let errors: Vec<&str> = ran.stderr.lines().filter(|line| line.contains(": error[")).collect();
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors.iter().all(|line| line.contains("QD1090")), "{errors:#?}");
}

#[test]
fn the_official_documents_and_the_catalogue_tell_of_nobody() {
    let today = qingdan::date::Date::parse("2026-11-25").expect("a date");
    for folder in ["content", "src/site/demo", "themes", "tests/checks/base", "tests/oracle"] {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        let mut files = 0;
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next).expect("the folder is there") {
                let path = entry.expect("the disk works").path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(text) = fs::read_to_string(&path) {
                    files += 1;
                    let found = qingdan::personal::find(&text, today);
                    assert!(found.is_empty(), "{}: {found:?}", path.display());
                    let details = qingdan::personal::details(&text);
                    let telling: Vec<&str> = details.into_iter().map(|detail| &text[detail.range]).collect();
                    assert!(telling.is_empty(), "{}: {telling:?}", path.display());
                }
            }
        }
        assert!(files > 0, "{folder} has no file");
    }
}

#[test]
fn the_schemas_for_editors_offer_words_with_stars_over_numbers() {
    let folder = tempfile::tempdir().expect("the disk works");
    catalogue_with_numbers(folder.path());
    let ran = qingdan(folder.path(), &["schema", "demo", "--document", "edition", "--keys", "both"], &[]);
    assert!(ran.stdout.contains("打138****8000") && !ran.stdout.contains(&mobile()), "{}", ran.stderr);
    assert!(!ran.stdout.contains("138 0013"));
}
