//! How good the proposals are: the Fujian list with other words, other amounts and another order, where the right
//! answers are known. `cargo test --test import proposals -- --nocapture` prints the figures.

use std::collections::BTreeSet;

use qingdan::compare::Verdict;

use super::{desk, lines};

/// Words a prefecture might write instead, in sets that are used one at a time.
const OTHER_WORDS: &[&[(&str, &str)]] = &[
    &[("提供", "给予"), ("流动儿童", "随迁儿童"), ("资助", "补助"), ("服务", "")],
    &[("符合条件的", "符合我市规定条件的"), ("免除", "免收"), ("就近", "就近就便"), ("协助", "帮助")],
    &[
        ("居住地", "现居住地"),
        ("开展", "组织开展"),
        ("家庭经济困难", "困难家庭"),
        ("为", "向"),
        ("保障", "确保"),
    ],
    &[
        ("提供", "免费提供"),
        ("儿童", "未成年人"),
        ("组织", "积极组织"),
        ("纳入", "及时纳入"),
        ("发放", "按月发放500元"),
    ],
];

/// What a clause has to answer: the addresses of the baseline whose words it was made of.
struct Clause {
    text: String,
    covers: BTreeSet<String>,
}

/// Returns the clauses of every service, with other words.
fn reworded(set: usize, keep_every: usize) -> Vec<(usize, Vec<Clause>)> {
    let content = desk::content();
    let mut at = 0;
    let services = desk::baseline(&content).services.iter().enumerate().map(|(number, service)| {
        let mut clauses: Vec<Clause> = Vec::new();
        for provision in &service.body.provisions {
            let quote = provision.quote.value.as_str();
            let address = format!("{}/{}", service.id.value, provision.id.value);
            at += 1;
            let mut text = quote.to_owned();
            if at % keep_every != 0 {
                for (from, to) in OTHER_WORDS[set] {
                    text = text.replacen(from, to, 1);
                }
            }
            match clauses
                .iter_mut()
                .find(|known| known.covers.iter().any(|other| same_quote(&content, other, quote)))
            {
                Some(known) => drop(known.covers.insert(address)),
                None => clauses.push(Clause { text, covers: BTreeSet::from([address]) }),
            }
        }
        (number, clauses)
    });
    services.collect()
}

fn same_quote(content: &qingdan::catalogue::Catalogue, address: &str, quote: &str) -> bool {
    let (service, provision) = address.split_once('/').expect("an address");
    let services = &desk::baseline(content).services;
    let service = services.iter().find(|known| known.id.value == service).expect("a service");
    service.body.provisions.iter().any(|known| known.id.value == provision && known.quote.value == quote)
}

/// Additions no province has.
const ADDITIONS: &[&str] = &["节假日免费开放市属公园", "为新市民家庭发放公交优惠卡", "每年组织一次亲子研学"];

/// Imports the reworded list; returns how many proposals are right, how many there are, and how many there should be.
fn measured(set: usize, reversed: bool) -> (usize, usize, usize) {
    let content = desk::content();
    let rows = desk::rows(&content);
    let mut table = "领域,序号,服务对象,服务项目,服务内容,责任部门\n".to_owned();
    let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
    for (number, mut clauses) in reworded(set, 5) {
        if reversed {
            clauses.reverse();
        }
        if number % 4 == 0 {
            clauses.push(Clause {
                text: ADDITIONS[number % ADDITIONS.len()].to_owned(),
                covers: BTreeSet::new(),
            });
        }
        for clause in &clauses {
            wanted.extend(
                clause.covers.iter().map(|address| (format!("{number}:{}", clause.text), address.clone())),
            );
        }
        let text = clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join("；");
        let [area, own_number, audience, title, _, departments] = &rows[number];
        table += &format!("{area},{own_number},{audience},{title},\"{text}\",{departments}\n");
    }
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    // A row in which none of the words occurred is taken over: there is nothing to propose.
    let adopted = desk::adopted(&imported);
    wanted.retain(|(_, address)| !adopted.iter().any(|id| address.starts_with(&format!("{id}/"))));
    let found = answers(&imported.yaml);
    let right = found.intersection(&wanted).count();
    if std::env::var_os("SHOW").is_some() {
        found.difference(&wanted).for_each(|wrong| println!("wrong: {wrong:?}"));
        wanted.difference(&found).for_each(|missed| println!("missed: {missed:?}"));
    }
    (right, found.len(), wanted.len())
}

/// Returns which quote answers what, by reading the edition that was written.
fn answers(yaml: &str) -> BTreeSet<(String, String)> {
    let mut findings = qingdan::diagnostic::Findings::new();
    let tree =
        qingdan::syntax::yaml::parse(qingdan::span::FileId(0), yaml, &mut findings).expect("it can be read");
    let mut answers = BTreeSet::new();
    for (number, service) in tree.get("services").expect("services").items().iter().enumerate() {
        for provision in service.get("provisions").map(qingdan::syntax::Node::items).unwrap_or_default() {
            let quote = provision.get("quote").and_then(|quote| quote.text()).expect("a quote");
            for address in provision.get("covers").map(qingdan::syntax::Node::items).unwrap_or_default() {
                answers.insert((format!("{number}:{quote}"), address.text().expect("an address").to_owned()));
            }
        }
    }
    answers
}

#[test]
fn proposals_are_nearly_always_right_and_most_answers_are_found() {
    let (mut right, mut proposed, mut wanted) = (0, 0, 0);
    for set in 0..OTHER_WORDS.len() {
        for reversed in [false, true] {
            let (own, found, all) = measured(set, reversed);
            println!("words {set}, reversed {reversed}: {own} right of {found} proposed, {all} wanted");
            right += own;
            proposed += found;
            wanted += all;
        }
    }
    let share = |part: usize, whole: usize| part * 1000 / whole.max(1);
    let (precision, recall) = (share(right, proposed), share(right, wanted));
    println!("precision {precision} ‰, recall {recall} ‰");
    assert!(precision >= 980 && recall >= 960, "precision {precision} ‰, recall {recall} ‰");
}

#[test]
fn the_list_itself_is_answered_by_itself() {
    // With one mark more in every content nothing is adopted by accident of the title alone.
    let content = desk::content();
    let table = lines::table(',').replace("服务\",\"", "服务项目\",\"");
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    assert!(imported.adopted < 3, "{}", imported.adopted);
    let all: BTreeSet<String> = desk::baseline(&content)
        .services
        .iter()
        .flat_map(|service| {
            service.body.provisions.iter().map(|own| format!("{}/{}", service.id.value, own.id.value))
        })
        .collect();
    let answered: BTreeSet<String> =
        answers(&imported.yaml).into_iter().map(|(_, address)| address).collect();
    let adopted = desk::adopted(&imported);
    let left: Vec<&String> = all
        .difference(&answered)
        .filter(|address| !adopted.iter().any(|id| address.starts_with(&format!("{id}/"))))
        .collect();
    assert_eq!(left, Vec::<&String>::new());
}

#[test]
fn everyday_words_are_answered_and_seldom_wrongly() {
    // The plain sentences were written by hand and share few words with the official ones.
    let content = desk::content();
    let rows = desk::rows(&content);
    let mut table = "领域,序号,服务对象,服务项目,服务内容,责任部门\n".to_owned();
    let mut plain: Vec<(String, String)> = Vec::new();
    for (service, [area, number, audience, title, _, departments]) in
        desk::baseline(&content).services.iter().zip(&rows)
    {
        let own = service.body.provisions.iter().map(|own| own.plain.reference().value.clone());
        let text = own.collect::<String>();
        table += &format!("{area},{number},{audience},{title},\"{text}\",{departments}\n");
        plain.extend(service.body.provisions.iter().map(|own| {
            (format!("{}/{}", service.id.value, own.id.value), own.plain.reference().value.clone())
        }));
    }
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    let found = answers(&imported.yaml);
    let is_right = |(quote, address): &&(String, String)| {
        let quote = quote.split_once(':').map_or("", |(_, quote)| quote);
        plain.iter().any(|(known, text)| known == address && text.contains(quote))
    };
    let right: Vec<&(String, String)> = found.iter().filter(is_right).collect();
    let answered: BTreeSet<&str> = right.iter().map(|(_, address)| address.as_str()).collect();
    println!(
        "plain sentences: {} right of {} proposed, {} of {} answered",
        right.len(),
        found.len(),
        answered.len(),
        plain.len()
    );
    if std::env::var_os("SHOW").is_some() {
        found.iter().filter(|one| !is_right(one)).for_each(|wrong| println!("wrong: {wrong:?}"));
    }
    assert!(right.len() * 100 >= found.len() * 85 && answered.len() * 100 >= plain.len() * 95);
}

#[test]
fn a_word_that_turns_a_clause_round_is_never_met() {
    let content = desk::content();
    let clauses = [
        "不再资助家庭经济困难的儿童接受普惠性学前教育",
        "有偿提供教科书",
        "具有本市户籍的随迁子女在居住地参加中考",
        "不允许符合条件的流动儿童在居住地普通高中就读并在当地参加高考",
        "对适龄儿童按国家免疫规划疫苗免疫程序进行常规接种，收取成本费",
    ];
    let mut table = "领域,序号,服务项目,服务对象,服务内容,责任部门\n".to_owned();
    for (number, clause) in clauses.iter().enumerate() {
        table += &format!("学有所教,{number},上学服务,具有本市户籍的流动儿童,{clause},教育局\n");
    }
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    assert!(!answers(&imported.yaml).is_empty(), "what answers is proposed: {}", imported.yaml);
    let verdicts = desk::verdicts(&imported);
    let met: Vec<&(String, Verdict)> =
        verdicts.iter().filter(|(_, verdict)| *verdict <= Verdict::Met).collect();
    assert_eq!(met, Vec::<&(String, Verdict)>::new(), "{}", imported.yaml);
}

/// One paraphrase, judged before anything ranked it: what it answers, the title of its service, its words.
fn paraphrases() -> Vec<[&'static str; 3]> {
    let lines = include_str!("paraphrases.txt").lines().filter(|line| !line.starts_with('#'));
    let parts = |line: &'static str| {
        let parts: Vec<&str> = line.split(" | ").collect();
        <[&str; 3]>::try_from(parts).expect("three parts")
    };
    lines.map(parts).collect()
}

#[test]
fn the_right_provision_of_a_paraphrase_is_among_the_first_five() {
    let content = desk::content();
    let known: BTreeSet<String> = desk::baseline(&content)
        .services
        .iter()
        .flat_map(|service| {
            service.body.provisions.iter().map(|own| format!("{}/{}", service.id.value, own.id.value))
        })
        .collect();
    let all = paraphrases();
    let mut table = "领域,序号,服务项目,服务对象,服务内容,责任部门\n".to_owned();
    for (number, [_, title, words]) in (1..).zip(&all) {
        table += &format!("发展保障,{number},{title},流动儿童,{words},教育局\n");
    }
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    let (mut first, mut found) = (0, 0);
    for ([right, title, words], service) in all.iter().zip(&imported.understood) {
        assert!(known.contains(*right), "{right}");
        let places = service
            .clauses
            .iter()
            .filter_map(|clause| clause.candidates.iter().position(|candidate| candidate.address == *right));
        let place = places.min();
        first += usize::from(place == Some(0));
        found += usize::from(place.is_some());
        if place.is_none() {
            println!("not among the first five: {right} | {title} | {words}");
        }
    }
    println!("paraphrases: {found} of {} among the first five, {first} first", all.len());
    assert!(all.len() >= 100 && found * 100 >= all.len() * 95, "{found} of {}", all.len());
}
