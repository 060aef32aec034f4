//! Cases that a list can bring and that no table of steps holds.

use std::path::Path;

use qingdan::compare::Verdict::{self, Exceeded, Met, Misquoted, Missing, NeedsReview, Weaker};
use qingdan::coverage::cover;
use serde_yaml::Value;

use super::lists::{Content, PLAIN, covered, map, outcomes, prefecture, yaml};

pub const BASELINE: &str = "fujian/short/2025";
pub const LIST: &str = "fujian/xiamen/short/2025";
const COUNTY: &str = "fujian/xiamen/siming/short/2025";

/// One provision as a test writes it: what differs from the usual.
fn provision(id: &str, more: &str) -> Value {
    let mut tree = yaml(
        "{plain: {zh: 有}, quote: 给孩子提供一项服务, kind: service, strength: must, access: residence}",
    );
    map(&mut tree).insert("id".into(), id.into());
    for (key, value) in map(&mut yaml(&format!("{{{more}}}"))).clone() {
        map(&mut tree).insert(key, value);
    }
    tree
}

/// A service with these provisions: id and what differs from the usual.
pub fn service(id: &str, number: u32, provisions: &[(&str, &str)]) -> Value {
    let mut tree = yaml(
        "{area: education, title: {zh: 服务}, audience: {text: {zh: 孩子}, population: migrant-child}, \
         content: {zh: 给孩子提供一项服务}, departments: [education]}",
    );
    let provisions = provisions.iter().map(|(id, more)| provision(id, more)).collect();
    map(&mut tree).insert("id".into(), id.into());
    map(&mut tree).insert("number".into(), Value::Number(number.into()));
    map(&mut tree).insert("provisions".into(), Value::Sequence(provisions));
    tree
}

/// A baseline and a list, each of one service, with more files beside them.
pub struct Case {
    pub content: Content,
}

impl Case {
    pub fn new(above: &[(&str, &str)], own: &[(&str, &str)]) -> Self {
        let mut content = Content::shipped();
        let mut baseline = prefecture("", vec![service("care", 1, above)]);
        map(&mut baseline).remove("measured_against");
        content.put(BASELINE, &baseline);
        content.put(LIST, &prefecture(BASELINE, vec![service("own", 1, own)]));
        Self { content }
    }

    /// Adds to the list what people decided, bound to the texts as they are.
    pub fn reviewed(self, of: &str, verdict: &str, on: &str) -> Self {
        let texts = {
            let catalogue = self.content.read();
            let coverage = covered(&catalogue, LIST);
            let known = coverage.services[0].provisions.iter().find(|known| known.baseline.address() == of);
            known.and_then(|known| known.texts.clone()).map(|texts| (texts.baseline, texts.local))
        };
        let (above, here) = texts.unwrap_or_else(|| ("0".to_owned(), "0".to_owned()));
        self.reviewed_of(of, verdict, on, &format!(", texts: {{baseline: '{above}', local: '{here}'}}"))
    }

    /// Adds to the list what people decided, of these texts.
    pub fn reviewed_of(mut self, of: &str, verdict: &str, on: &str, texts: &str) -> Self {
        let mut tree = self.content.tree(LIST);
        let review =
            yaml(&format!("{{of: {of}, verdict: {verdict}, by: 某局, on: {on}, why: {{zh: 议定}}{texts}}}"));
        let reviews = map(&mut tree).entry("reviews".into()).or_insert_with(|| Value::Sequence(Vec::new()));
        reviews.as_sequence_mut().expect("a list").push(review);
        self.content.put(LIST, &tree);
        self
    }

    /// Returns the verdicts on the provisions of the baseline, by their ids.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let catalogue = self.content.read();
        let coverage = covered(&catalogue, LIST);
        coverage.services[0].provisions.iter().map(|known| known.verdict).collect()
    }

    pub fn verdict(&self) -> Verdict {
        self.verdicts()[0]
    }
}

/// Returns the verdict on one provision that these answer.
fn answered(above: &str, own: &[&str]) -> Verdict {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    let own: Vec<(&str, String)> =
        names.into_iter().zip(own).map(|(id, more)| (id, format!("covers: [care/one], {more}"))).collect();
    let own: Vec<(&str, &str)> = own.iter().map(|(id, more)| (*id, more.as_str())).collect();
    Case::new(&[("one", above)], &own).verdict()
}

#[test]
fn ages_in_months_and_years_are_held_together() {
    for (above, own, expected) in [
        ("0-3", &["0-36 months"][..], Met),
        ("0-36 months", &["0-3"], Met),
        ("0-6", &["0-2", "3-6"], Met),
        ("0-6", &["0-3", "3-6"], Met),
        ("0-6", &["0-36 months", "3-6"], Met),
        ("0-6", &["0-36 months", "36-72 months"], Met),
        ("0-6", &["3-6", "0-3"], Met),
        ("0-6", &["0-3", "2-5", "4-6"], Met),
        ("0-6", &["0-2", "4-6"], Weaker),
        ("0-6", &["0-3"], Weaker),
        ("0-6", &["1-3", "3-6"], Weaker),
        ("0-6", &["0-3", "3-5"], Weaker),
        ("0-6", &["0-30 months", "3-6"], Weaker),
        ("0-6", &["0-3", "3-7"], Met),
        ("3-6", &["36-72 months", "0-36 months"], Met),
    ] {
        let own: Vec<String> = own.iter().map(|age| format!("age: {age}")).collect();
        let texts: Vec<&str> = own.iter().map(String::as_str).collect();
        assert_eq!(answered(&format!("age: {above}"), &texts), expected, "{above} by {own:?}");
    }
}

#[test]
fn ages_do_not_join_over_what_is_lower_in_another_respect() {
    assert_eq!(answered("age: 0-6", &["age: 0-3", "age: 3-6, strength: permit"]), Weaker);
    assert_eq!(answered("age: 0-6", &["age: 0-3", "age: 3-6, access: unstated"]), NeedsReview);
    // What only some of the children are given more is not more.
    assert_eq!(answered("age: 0-6, strength: permit", &["age: 0-3", "age: 3-6, strength: permit"]), Met);
    assert_eq!(answered("age: 0-6, strength: permit", &["age: 0-3", "age: 3-6"]), Met);
}

#[test]
fn categories_and_ages_are_held_together() {
    let both = "age: 0-6, categories: [orphan, child-with-hiv]";
    let orphans = |age: &str| format!("age: {age}, categories: [orphan]");
    let others = |age: &str| format!("age: {age}, categories: [child-with-hiv]");
    assert_eq!(answered(both, &[&orphans("0-6"), &others("0-6")]), Met);
    assert_eq!(answered(both, &[&orphans("0-6")]), Weaker);
    // Orphans under three, the others above: each misses half.
    assert_eq!(answered(both, &[&orphans("0-3"), &others("3-6")]), Weaker);
    assert_eq!(answered(both, &[&orphans("0-3"), &orphans("3-6"), &others("0-6")]), Met);
}

#[test]
fn a_school_stage_and_a_category_must_both_hold() {
    let schooling = "categories: [preschool]";
    // 残疾儿童 at preschool are fewer than all at preschool, and than all 残疾儿童.
    let both = "categories: [preschool, child-with-disability]";
    assert_eq!(answered(schooling, &[both]), Weaker);
    assert_eq!(answered("categories: [child-with-disability]", &[both]), Weaker);
    assert_eq!(answered(both, &[schooling]), Met);
    assert_eq!(answered(both, &["categories: [child-with-disability]"]), Met);
    assert_eq!(answered(both, &[both]), Met);
    // One stage more, or one category more, is more; they may be shared out.
    let wide = "categories: [preschool, senior-secondary-stage, child-with-disability, orphan]";
    assert_eq!(answered(both, &[wide]), Met);
    assert_eq!(answered(wide, &[both]), Weaker);
    let shares = [
        "categories: [preschool, child-with-disability, orphan]",
        "categories: [senior-secondary-stage, child-with-disability, orphan]",
    ];
    assert_eq!(answered(wide, &shares), Met);
    // Who is a student there is at that stage anyway.
    let student = "categories: [senior-secondary-stage, senior-secondary-student]";
    assert_eq!(answered(student, &["categories: [senior-secondary-student]"]), Met);
    assert_eq!(answered(student, &["categories: [senior-secondary-stage]"]), Met);
}

#[test]
fn one_provision_may_answer_two_and_is_measured_against_each() {
    let above = [("one", ""), ("two", "strength: permit")];
    let own = [("both", "covers: [care/one, care/two]")];
    assert_eq!(Case::new(&above, &own).verdicts(), [Met, Met]);
    let own = [("both", "covers: [care/one, care/two], strength: permit")];
    assert_eq!(Case::new(&above, &own).verdicts(), [Weaker, Met]);
}

#[test]
fn the_best_of_several_answers_counts() {
    assert_eq!(answered("", &["", "strength: permit"]), Met);
    assert_eq!(answered("", &["strength: permit", ""]), Met);
    assert_eq!(answered("", &["strength: permit", "conditions: [need]"]), Weaker);
    assert_eq!(answered("strength: permit", &["strength: permit", ""]), Met);
    // One provision that answers twice is one answer.
    let twice = [("both", "covers: [care/one, care/one]")];
    let case = Case::new(&[("one", "")], &twice);
    let catalogue = case.content.read();
    let coverage = covered(&catalogue, LIST);
    assert_eq!(coverage.services[0].provisions[0].verdict, Met);
    assert_eq!(coverage.services[0].provisions[0].covered_by.len(), 1, "named once");
}

#[test]
fn many_answers_are_no_worse_than_few() {
    let lower = "strength: permit, age: 0-1";
    let halves = ["age: 0-3", lower, lower, lower, lower, lower, lower, lower, lower, "age: 3-6"];
    assert_eq!(answered("age: 0-6", &["age: 0-3", "age: 3-6"]), Met);
    assert_eq!(answered("age: 0-6", &halves), Met, "the halves stand far from each other");
    let open = halves.map(|says| if says == lower { "strength: permit, age: 0-6" } else { says });
    assert_eq!(answered("age: 0-6", &open), Met);
    assert_eq!(answered("age: 0-6", &halves[..9]), Weaker, "one half is not enough");
}

#[test]
fn what_is_lower_is_lower_although_something_else_is_open() {
    let above = "age: 0-6, measures: {amount: 100 CNY/year}";
    assert_eq!(answered(above, &["strength: permit"]), Weaker);
    assert_eq!(
        answered(above, &["age: 0-6, measures: {amount: 200 CNY/year}, access: unstated"]),
        NeedsReview
    );
    assert_eq!(answered(above, &["age: 0-6, measures: {amount: 200 CNY/year}"]), Met);
    assert_eq!(answered(above, &["age: 0-7, measures: {amount: 99 CNY/year}"]), Weaker);
}

#[test]
fn what_was_guessed_and_not_looked_at_makes_a_question_and_nothing_lower() {
    let case = |own: &str, guessed: bool| {
        let own = [("looked-at", own), ("more", "quote: 另外还有一项别的")];
        let mut case = Case::new(&[("one", "age: 0-6")], &own);
        if guessed {
            case.content.guess(LIST, "looked-at");
        }
        case.verdict()
    };
    let permit = "covers: [care/one], strength: permit";
    assert_eq!((case(permit, false), case(permit, true)), (Weaker, NeedsReview));
    // What the words say is no guess, and figures and names stand in them.
    let ended = "covers: [care/one], quote: 不给孩子提供一项服务";
    assert_eq!((case(ended, false), case(ended, true)), (Weaker, Weaker));
    let younger = "covers: [care/one], age: 0-3";
    assert_eq!((case(younger, false), case(younger, true)), (Weaker, Weaker));
    // That it answers nothing was guessed as well; it is offered as what may be meant.
    assert_eq!((case("", false), case("", true)), (Missing, NeedsReview));
    let same = "covers: [care/one], age: 0-6";
    assert_eq!((case(same, false), case(same, true)), (Met, Met));
}

#[test]
fn whose_list_it_is_need_not_be_read_in_it() {
    let own = |quote: &str| {
        Case::new(
            &[("one", "quote: 保障流动儿童接受义务教育")],
            &[("mine", &format!("covers: [care/one], quote: {quote}"))],
        )
        .verdict()
    };
    assert_eq!(own("保障厦门市流动儿童接受义务教育"), Met);
    assert_eq!(own("保障全厦门流动儿童接受义务教育"), Met);
    assert!(own("保障厦门市户籍儿童接受义务教育") > Met);
    assert!(own("保障漳平市流动儿童接受义务教育") > Met);
}

#[test]
fn hours_of_an_office_take_nothing_back() {
    let met_with = |apply: &str| {
        let mut case = Case::new(&[("one", "")], &[("mine", "covers: [care/one]")]);
        let mut tree = case.content.tree(LIST);
        map(&mut tree["services"][0]).insert("apply".into(), yaml(apply));
        case.content.put(LIST, &tree);
        case.verdict() == Met
    };
    let hours = [
        "工作日上午8:30到12:00，下午2:30到5:30",
        "周一至周五 9:00-17:00（法定节假日除外）",
        "工作日，全年可办",
        "每周二、周四下午",
        "上班时间",
        "全天",
        "周三下午不对外办公",
        "夏季下午3:00至6:00",
        "随时",
        "周一至周六上午9点到11点半",
        "每天早上八点到晚上八点",
        "工作日9:00—12:00、13:30—17:00，周末延时服务",
    ];
    let wrong = hours.iter().filter(|time| !met_with(&format!("{{time: {{zh: '{time}'}}}}")));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&&str>::new());
    for place in ["居住地社区居委会，工作日上午办理", "各镇街便民服务中心（周一至周五）"]
    {
        assert!(met_with(&format!("{{where: {{zh: '{place}'}}}}")), "{place}");
    }
    for paper in ["居住证，或者租房合同等能说明住在本市的材料", "居住证或者租房合同", "户口簿"]
    {
        assert!(met_with(&format!("{{bring: [{{zh: '{paper}'}}]}}")), "{paper}");
    }
    for less in [
        "{bring: [{zh: '居住证，身份证或者户口簿'}]}",
        "{time: {zh: 每天只办20人}}",
        "{time: {zh: 先到先得，发完为止}}",
        "{time: {zh: 2026年6月起停止办理}}",
    ] {
        assert!(!met_with(less), "{less}");
    }
}

#[test]
fn one_branch_of_an_alternative_is_enough() {
    let above = [("home", "either_of: roof"), ("money", "either_of: roof"), ("advice", "")];
    let own = |home: &str, money: &str| {
        let texts = [("h", home), ("m", money), ("a", "covers: [care/advice]")];
        Case::new(&above, &texts).verdicts()
    };
    let (home, money) = ("covers: [care/home]", "covers: [care/money]");
    let weaker = "covers: [care/money], strength: permit";
    let silent = "covers: [care/money], access: unstated";
    assert_eq!(own(home, money), [Met, Met, Met]);
    assert_eq!(own(home, ""), [Met, Met, Met]);
    assert_eq!(own("", ""), [Missing, Missing, Met]);
    assert_eq!(own(home, weaker), [Met, Met, Met]);
    assert_eq!(own("", weaker), [Missing, Weaker, Met]);
    assert_eq!(own("", silent), [NeedsReview, NeedsReview, Met]);
    // The choice may be taken over, and may be given up in favour of both.
    let chosen = |id: &str| format!("covers: [care/{id}], either_of: mine");
    assert_eq!(own(&chosen("home"), &chosen("money")), [Met, Met, Met]);
}

#[test]
fn a_choice_of_ones_own_is_weaker_only_between_different_things() {
    let above = [("one", ""), ("two", "")];
    let own = |one: &str, two: &str| {
        let (one, two) = (format!("{one}, either_of: mine"), format!("{two}, either_of: mine"));
        Case::new(&above, &[("a", &one), ("b", &two)]).verdicts()
    };
    assert_eq!(own("covers: [care/one]", "covers: [care/two]"), [Weaker, Weaker]);
    assert_eq!(own("covers: [care/one, care/two]", "covers: [care/two, care/one]"), [Met, Met]);
    assert_eq!(own("covers: [care/one]", "strength: must"), [Weaker, Missing]);
}

#[test]
fn three_branches_against_two_of_them_as_a_choice() {
    let above = [("one", "either_of: x"), ("two", "either_of: x"), ("three", "")];
    let own = [("a", "covers: [care/one], either_of: y"), ("b", "covers: [care/three], either_of: y")];
    // Whoever takes `one` loses `three`, which the baseline gives beside either branch.
    assert_eq!(Case::new(&above, &own).verdicts()[2], Weaker);
}

#[test]
fn words_for_ones_own_place_are_no_slip() {
    let own = |quote: &str| answered("quote: 在我省各地给孩子提供服务", &[&format!("quote: {quote}")]);
    assert_eq!(own("在我市各地给孩子提供服务"), Met);
    assert_eq!(own("在本省各地给孩子提供服务"), Met);
    assert_eq!(own("在我市各甲给孩子提供服务"), Misquoted);
    // Words that are only added are the list's own.
    assert_eq!(own("在我省各地给孩子提供服务。"), Met);
}

/// Adds Siming, a county of Xiamen, with a list.
fn with_county(mut content: Content, list: &str) -> Content {
    let place = yaml("{name: {zh: 思明区}, short_name: {zh: 思明}, code: '350203', tier: county}");
    content.put("fujian/xiamen/siming/place", &place);
    content.put("fujian/xiamen/siming/short/2025", &yaml(list));
    content
}

/// Returns the verdicts on a county that is measured against `against` and has these lines besides.
fn county(content: &Content, against: &str, lines: &str) -> Vec<Verdict> {
    let list = format!("{{title: {{zh: 清单}}, status: draft, measured_against: {against}, {lines}}}");
    let catalogue = with_county(content.clone(), &list).read();
    let coverage = covered(&catalogue, COUNTY);
    coverage.services[0].provisions.iter().map(|known| known.verdict).collect()
}

const ADDITION: &str = "{id: more, number: 9, area: education, title: {zh: 另有}, \
     audience: {text: {zh: 孩子}}, content: {zh: 另有}, departments: [education], provisions: \
     [{id: more, quote: 另有, plain: {zh: 另有}, kind: service, strength: must, access: residence}]}";

#[test]
fn a_county_inherits_what_its_prefecture_gives() {
    let case = Case::new(
        &[("one", "strength: permit"), ("two", "")],
        &[("a", "covers: [care/one]"), ("b", "covers: [care/two], conditions: [need]")],
    );
    let lines = format!("inherits: {LIST}, services: [{ADDITION}]");
    assert_eq!(county(&case.content, LIST, &lines), [Met, Met], "nothing changes against the prefecture");
    assert_eq!(county(&case.content, BASELINE, &lines), [Met, Weaker], "what the prefecture changed");
}

#[test]
fn a_county_inherits_what_its_prefecture_adopts() {
    let mut case = Case::new(&[("one", ""), ("two", "vague: true")], &[("a", "")]);
    case.content.put(LIST, &prefecture(BASELINE, vec![yaml("adopts: care")]));
    let lines = format!("inherits: {LIST}, services: [{ADDITION}]");
    assert_eq!(county(&case.content, LIST, &lines), [Met, Met]);
    assert_eq!(county(&case.content, BASELINE, &lines), [Met, Met], "and is held against the province");
}

#[test]
fn one_provision_of_the_tier_between_may_answer_two() {
    let case = Case::new(&[("one", ""), ("two", "")], &[("both", "covers: [care/one, care/two]")]);
    let list = format!(
        "{{title: {{zh: 清单}}, status: draft, measured_against: {LIST}, services: [{{adopts: own}}]}}"
    );
    let catalogue = with_county(case.content, &list).read();
    let issue = catalogue.edition(COUNTY).expect("the list is there");
    let coverage = cover(&catalogue, issue, Some(BASELINE)).expect("the baseline is there");
    assert!(coverage.summary().contains(&(Met, 2)), "{:?}", coverage.summary());
}

#[test]
fn a_county_that_adopts_from_its_prefecture_is_held_against_that() {
    let case = Case::new(&[("one", "")], &[("a", "covers: [care/one], strength: permit")]);
    let list = format!(
        "{{title: {{zh: 清单}}, status: draft, measured_against: {LIST}, services: [{{adopts: own}}]}}"
    );
    let catalogue = with_county(case.content, &list).read();
    let issue = catalogue.edition(COUNTY).expect("the list is there");
    let against = |address: &str| {
        let coverage = cover(&catalogue, issue, Some(address)).expect("the baseline is there");
        coverage.services[0].provisions[0].verdict
    };
    assert_eq!(against(LIST), Met);
    assert_eq!(against(BASELINE), Weaker, "through the prefecture's list");
}

#[test]
fn a_fee_of_the_service_is_the_fee_of_each_provision() {
    let mut case = Case::new(
        &[("one", "kind: fee-exemption"), ("two", "")],
        &[("a", "covers: [care/one], kind: fee-exemption"), ("b", "covers: [care/two]")],
    );
    let mut tree = case.content.tree(LIST);
    map(&mut tree["services"][0]).insert("apply".into(), yaml("{fee: {zh: 每次10元}}"));
    case.content.put(LIST, &tree);
    assert_eq!(case.verdicts(), [Weaker, NeedsReview]);
}

#[test]
fn bureaus_that_are_merged_here_answer_for_each_other() {
    // 平潭: civil affairs are with the 社会事业局, health and disease control with the 社会事业局（疾控局）.
    let own = |place: &str, departments: &str| {
        let mut case =
            Case::new(&[("one", "departments: [civil-affairs, health, disease-control]")], &[("a", "")]);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/fujian/{place}/place.yaml"));
        let text = std::fs::read_to_string(file).expect("the place is shipped");
        case.content.put(&format!("fujian/{place}/place"), &yaml(&text));
        let list = format!("fujian/{place}/short/2025");
        let lines = format!("covers: [care/one], departments: [{departments}]");
        case.content.put(&list, &prefecture(BASELINE, vec![service("own", 1, &[("a", &lines)])]));
        let catalogue = case.content.read();
        covered(&catalogue, &list).services[0].provisions[0].verdict
    };
    assert_eq!(own("pingtan", "civil-affairs"), Met);
    assert_eq!(own("pingtan", "disease-control"), Met);
    assert_eq!(own("pingtan", "education"), Weaker);
    assert_eq!(own("xiamen", "civil-affairs"), Weaker);
    assert_eq!(own("xiamen", "civil-affairs, health"), Met, "the 卫健委 is the 疾控局 in prefectures");
}

#[test]
fn an_adopted_service_printed_otherwise_is_misquoted() {
    let mut content = Content::shipped();
    let printed = "做好流动儿童医疗保障有关工作,提供异地就医直接结算服务";
    let entry = format!("{{adopts: medical-insurance, content: {{zh: '{printed}'}}}}");
    content.put(LIST, &prefecture(PLAIN, vec![yaml(&entry)]));
    let catalogue = content.read();
    let found = outcomes(&covered(&catalogue, LIST));
    assert_eq!(found["medical-insurance/insurance-arrangements"].0, Misquoted);
    assert_eq!(found["medical-insurance/insurance-arrangements"].1, [("wording", Misquoted)]);
    assert_eq!(found["medical-insurance/direct-settlement"].0, Met, "this clause is as printed");
}

#[test]
fn words_put_into_a_printed_cell_are_misquoted_where_they_stand() {
    let official = "为符合条件的中等职业教育在校生提供国家助学金;免除符合条件的中等职业教育在校生学费";
    let printed = |cell: &str| {
        let mut content = Content::shipped();
        let entry = format!("{{adopts: secondary-vocational-aid, content: {{zh: '{cell}'}}}}");
        content.put(LIST, &prefecture(PLAIN, vec![yaml(&entry)]));
        let catalogue = content.read();
        let coverage = covered(&catalogue, LIST);
        let service = coverage.services.iter().find(|known| known.service.number.value == 5);
        let provisions = &service.expect("number 5").provisions;
        let shown = |at: usize| provisions[at].steps.first().map(|step| step.local.value.clone());
        let verdicts = [provisions[0].verdict, provisions[1].verdict];
        (verdicts, [shown(0), shown(1)])
    };
    assert_eq!(printed(official).0, [Met, Met]);
    assert_eq!(printed(&format!("{}。", official.replace(';', "；"))).0, [Met, Met]);
    let (verdicts, shown) = printed(&official.replace(";", ";原则上"));
    assert_eq!(verdicts, [Met, Misquoted]);
    assert_eq!(shown[1].as_deref(), Some("原则上免除符合条件的中等职业教育在校生学费"));
    let (verdicts, shown) = printed(&format!("{official};教材费自理"));
    assert_eq!(verdicts, [Met, Misquoted]);
    assert_eq!(shown[1].as_deref(), Some("免除符合条件的中等职业教育在校生学费;教材费自理"));
    let (verdicts, _) = printed(&official.replace("国家助学金;", ""));
    assert_eq!(verdicts[0], Misquoted);
    assert_eq!(printed("为符合条件的中等职业教育在校生提供国家助学金").0, [Met, Misquoted]);
}

#[test]
fn a_renamed_provision_of_a_newer_baseline_is_still_answered() {
    let mut case = Case::new(&[("one", "")], &[("a", "covers: [care/one]")]);
    let newer = "fujian/short/2027";
    let mut tree = prefecture("", vec![service("better-care", 1, &[("first", "was: one"), ("second", "")])]);
    map(&mut tree).remove("measured_against");
    map(&mut tree["services"][0]).insert("was".into(), "care".into());
    case.content.put(newer, &tree);
    let catalogue = case.content.read();
    let issue = catalogue.edition(LIST).expect("the list");
    let coverage = cover(&catalogue, issue, Some(newer)).expect("the baseline");
    let verdicts: Vec<Verdict> = coverage.services[0].provisions.iter().map(|known| known.verdict).collect();
    assert_eq!(verdicts, [Met, Missing]);
}

#[test]
fn what_answers_nothing_is_an_addition_and_counts_for_nothing() {
    let case = Case::new(&[("one", "")], &[("a", "covers: [care/one]"), ("more", ""), ("most", "")]);
    let catalogue = case.content.read();
    let coverage = covered(&catalogue, LIST);
    let additions: Vec<String> = coverage.additions.iter().map(|offer| offer.address()).collect();
    assert_eq!(additions, ["own/more", "own/most"]);
    assert!(coverage.summary().contains(&(Met, 1)) && coverage.summary().contains(&(Exceeded, 0)));
}

#[test]
fn the_rulebook_says_what_is_higher() {
    let ordered = |above: &str, own: &str| {
        let own = format!("covers: [care/one], {own}");
        let mut case = Case::new(&[("one", above)], &[("a", &own)]);
        let mut place = case.content.tree("fujian/place");
        let orders = "{strength: [assist > must], condition: [on-a-list > need], kind: [cash > in-kind], \
             more-is-better: [helpers], less-is-better: [amount]}";
        map(&mut place["rulebook"][0]).insert("orders".into(), yaml(orders));
        case.content.put("fujian/place", &place);
        case.verdict()
    };
    for (above, own, expected) in [
        ("", "strength: assist", Met),
        ("strength: assist", "", Weaker),
        ("", "strength: permit", NeedsReview),
        ("", "access: either", Weaker),
        ("conditions: [need]", "conditions: [on-a-list]", Met),
        ("conditions: [on-a-list]", "conditions: [need]", Weaker),
        ("conditions: [on-a-list]", "conditions: [on-a-list, need]", Weaker),
        ("kind: in-kind", "kind: cash", Met),
        ("kind: cash", "kind: in-kind", Weaker),
        ("kind: cash", "kind: service", NeedsReview),
        ("measures: {helpers: 2 persons}", "measures: {helpers: 3 persons}", Met),
        ("measures: {helpers: 2 persons}", "measures: {helpers: 1 person}", Weaker),
        ("measures: {amount: 2 CNY}", "measures: {amount: 1 CNY}", Met),
        ("measures: {share: 50%}", "measures: {share: 60%}", NeedsReview),
    ] {
        assert_eq!(ordered(above, own), expected, "{above} by {own}");
    }
}
