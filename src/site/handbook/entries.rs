//! What is found in the handbook: chapters and their sections, fields, findings, and what is published beside it.
//!
//! The entries of one language stand in the same order as those of the other: each is found by its title in both.

use super::chapter::{self, ChapterPart};
use super::explained::{Bit, explained};
use super::{LANGUAGES, Published, Topic, codes, fields, file, lang_code, read, says, title};
use crate::diagnostic::{Code, Message, UiLang};
use crate::personal::masked;
use crate::schema::tables::DOCUMENTS;
use crate::search::{Article, Shelf, ShelfPart};
use crate::text;

/// So many characters of a section are shown below its title.
const LINE: usize = 120;

/// The parts, in the order in which they are offered.
const CHAPTERS: usize = 0;
const FIELDS: usize = 1;
const FINDINGS: usize = 2;
const BESIDE: usize = 3;

/// Words of a question that say nothing of what is looked for.
const IGNORED: &[&str] = &[
    "的",
    "了",
    "吗",
    "呢",
    "我",
    "是",
    "在",
    "和",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "为什么",
    "可以",
    "能不能",
    "应该",
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "for",
    "is",
    "are",
    "do",
    "does",
    "i",
    "my",
    "it",
    "how",
    "what",
    "why",
    "can",
    "should",
];

/// Returns everything that is found in one language. An entry is also found by its title in the other.
pub(super) fn shelf(lang: UiLang, published: Option<&Published>) -> Shelf {
    let part = |topic: Topic, name: Message| ShelfPart {
        address: format!("{}/{}", lang_code(lang), file(topic)),
        name: name.get(lang).to_owned(),
    };
    let mut parts = vec![
        part(Topic::Contents, text!("章节", "Chapters")),
        part(Topic::Fields, text!("每个字段", "Each field")),
        part(Topic::Findings, text!("每种问题", "Each finding")),
    ];
    if published.is_some() {
        parts.push(part(Topic::Api, text!("数据接口和更新记录", "Data for programs, and changes")));
    }
    let mut articles = articles(lang, published);
    for other in LANGUAGES.into_iter().filter(|other| *other != lang) {
        for (own, same) in articles.iter_mut().zip(self::articles(other, published)) {
            debug_assert_eq!(own.address, same.address, "both languages have the same entries");
            if own.title != same.title && own.part != FIELDS {
                own.keys.push(same.title);
            }
        }
    }
    Shelf { folder: lang_code(lang).to_owned(), title: String::new(), parts, articles, ignored: IGNORED }
}

fn articles(lang: UiLang, published: Option<&Published>) -> Vec<Article> {
    let mut articles = chapters(lang);
    // A key stands in several files: that of the list, which is written most, comes first.
    let (list, others): (Vec<usize>, Vec<usize>) =
        (0..DOCUMENTS.len()).partition(|at| fields::name(*at) == "list");
    articles.extend(list.into_iter().chain(others).flat_map(|at| document(at, lang)));
    articles.extend(codes().filter_map(|code| finding(code, lang)));
    articles.extend(published.into_iter().flat_map(|published| beside(lang, published)));
    articles
}

/// Returns a kind of finding.
fn finding(code: &'static Code, lang: UiLang) -> Option<Article> {
    let page = explained(code, lang)?;
    let bits = page.sections.iter().flat_map(|section| &section.bits);
    // Examples show what is wrong, and are not looked for.
    let mut texts = bits.filter_map(|bit| match bit {
        // A number that shows what is refused is refused here, too.
        Bit::Prose { html } => Some(masked(&plain(html))),
        Bit::Lines { .. } => None,
    });
    let first = texts.next().unwrap_or_else(|| says(code, lang).to_owned());
    Some(Article {
        label: code.id.to_owned(),
        address: file(Topic::Finding(code)),
        part: FINDINGS,
        title: says(code, lang).to_owned(),
        keys: vec![code.id.to_owned(), code.name.replace('-', " ")],
        lines: vec![first],
        rest: texts.collect::<Vec<_>>().join("\n"),
    })
}

/// Returns the chapters, each with its sections behind it.
fn chapters(lang: UiLang) -> Vec<Article> {
    let mut articles = Vec::new();
    for at in 0..chapter::names().len() {
        let page = read(lang, at);
        let article = |address: String, title: String, line: String| Article {
            label: (at + 1).to_string(),
            address,
            part: CHAPTERS,
            title,
            keys: Vec::new(),
            lines: vec![line],
            rest: String::new(),
        };
        articles.push(article(file(Topic::Chapter(at)), page.title, page.lead));
        for part in &page.parts {
            if let ChapterPart::Section { id, title } = part {
                let address = format!("{}#{id}", file(Topic::Chapter(at)));
                articles.push(article(address, title.clone(), String::new()));
                continue;
            }
            let said = said(part);
            let last = articles.len() - 1;
            let Some(open) = articles.get_mut(last) else { continue };
            match &mut open.lines[..] {
                [line] if line.is_empty() => line.extend(said.chars().take(LINE)),
                _ => {}
            }
            open.rest.push_str(&said);
            open.rest.push('\n');
        }
    }
    // What has no words of its own is shown by its title.
    for article in &mut articles {
        if article.lines.iter().all(String::is_empty) {
            article.lines = vec![article.title.clone()];
        }
    }
    articles
}

/// Returns what a piece of a chapter says, as plain text.
fn said(part: &ChapterPart) -> String {
    match part {
        ChapterPart::Prose { html } => plain(html),
        ChapterPart::Section { title, .. } => title.clone(),
        ChapterPart::File { text, .. }
        | ChapterPart::Wrong { text }
        | ChapterPart::Right { text }
        | ChapterPart::Before { text, .. }
        | ChapterPart::After { text, .. } => text.clone(),
        ChapterPart::Console { lines } => {
            let typed = lines.iter().filter(|line| line.typed).map(|line| line.text.as_str());
            typed.collect::<Vec<_>>().join("\n")
        }
        ChapterPart::Figure { alt, caption, .. } => format!("{alt} {caption}"),
    }
}

/// Returns a document and its fields.
fn document(at: usize, lang: UiLang) -> Vec<Article> {
    let (address, document) = (file(Topic::Document(at)), fields::document(at, lang));
    let first = Article {
        label: String::new(),
        address: address.clone(),
        part: FIELDS,
        title: title(lang, Topic::Document(at)),
        keys: vec![fields::name(at)],
        lines: vec![document.path.clone()],
        rest: String::new(),
    };
    let fields =
        document.tables.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    let field = |(table, field): (&fields::TableFields, &fields::FieldRow)| {
        let choices = field.choices.iter().flat_map(|choice| [choice.value, choice.other]);
        let names = [field.key, field.other].into_iter().chain(field.also.iter().copied());
        let colon = text!("：", ": ");
        Article {
            label: title(lang, Topic::Document(at)),
            address: format!("{address}#{}", field.id),
            part: FIELDS,
            title: format!("{} {}", field.key, field.other),
            keys: names.map(|name| name.replace('_', " ")).collect(),
            lines: vec![format!("{}{}{}", table.title, colon.get(lang), field.says)],
            rest: choices.collect::<Vec<_>>().join(" "),
        }
    };
    std::iter::once(first).chain(fields.map(field)).collect()
}

/// Returns what is published beside the handbook.
fn beside(lang: UiLang, published: &Published) -> Vec<Article> {
    let article = |address: String, title: String, line: String| Article {
        label: String::new(),
        address,
        part: BESIDE,
        title,
        keys: Vec::new(),
        lines: vec![line],
        rest: String::new(),
    };
    let changes = text!("更新记录", "Changelog");
    let what = text!("每一版增加、改变和修正了什么。", "What each version added, changed and mended.");
    let mut articles =
        vec![article(file(Topic::Changes), changes.get(lang).to_owned(), what.get(lang).to_owned())];
    articles.extend(published.api.files.iter().map(|known| {
        article(format!("{}#{}", file(Topic::Api), known.id), known.path.clone(), known.about.clone())
    }));
    articles.extend(published.api.types.iter().map(|known| {
        let about = if known.about.is_empty() { &known.name } else { &known.about };
        article(format!("{}#{}", file(Topic::Api), known.id), known.name.clone(), about.clone())
    }));
    articles
}

/// Returns the words of a safe page of Markdown, without its elements.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for character in html.chars() {
        match character {
            '<' => is_inside = true,
            '>' if is_inside => is_inside = false,
            _ if is_inside => {}
            character => text.push(character),
        }
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    known.iter().fold(text, |text, (written, meant)| text.replace(written, meant)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{plain, shelf};
    use crate::diagnostic::UiLang;

    #[test]
    fn the_words_of_a_page_are_told_without_its_elements() {
        let page = crate::syntax::markdown::html("写成 `<a> & b`，**不要**空格。", &|_| None);
        assert_eq!(plain(&page), "写成 <a> & b，不要空格。");
    }

    #[test]
    fn both_languages_have_the_same_entries_in_the_same_order() {
        let addresses = |lang| {
            let all = shelf(lang, None).articles.into_iter();
            all.map(|article| article.address).collect::<Vec<_>>()
        };
        assert_eq!(addresses(UiLang::Zh), addresses(UiLang::En));
        let all = shelf(UiLang::Zh, None).articles;
        assert!(all.iter().all(|article| article.lines.iter().all(|line| !line.is_empty())));
    }
}
