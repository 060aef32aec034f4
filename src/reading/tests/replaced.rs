//! A word exchanged, put in or left out in words that are the same for the rest: each way of writing that gives less, and
//! beside it what is written alike and gives as much.

use qingdan_reading::against::{Clause, Respect, Stand, differences};
use qingdan_reading::read::Reading;
use qingdan_reading::wording::Wording;

/// The baseline, words that give less, the respect that is found, and words that are written alike and give as much.
const PAIRS: &[(&str, &str, Respect, &str)] = &[
    (
        "儿童总数量超过30人的村（居），增配儿童主任",
        "儿童总数量超过50人的村（居），增配儿童主任",
        Respect::Condition,
        "儿童总数量超过20人的村（居），增配儿童主任",
    ),
    (
        "为父母外出务工3个月以上的儿童建立台账",
        "为父母外出务工6个月以上的儿童建立台账",
        Respect::Condition,
        "为父母外出务工1个月以上的儿童建立台账",
    ),
    (
        "每年4月和10月更新一次儿童信息",
        "每年10月更新一次儿童信息",
        Respect::Measure,
        "每年四月、十月各更新一次儿童信息",
    ),
    (
        "对最低生活保障家庭的患病儿童给予救助",
        "对最低生活保障家庭、且有居住证的患病儿童给予救助",
        Respect::Condition,
        "对最低生活保障家庭和低保边缘家庭的患病儿童给予救助",
    ),
    (
        "为残疾儿童提供康复救助",
        "为残疾儿童中的孤独症儿童提供康复救助",
        Respect::Condition,
        "为残疾儿童和孤独症儿童提供康复救助",
    ),
    (
        "协助流动儿童办理转学",
        "协助流动儿童办理转学，每月办理一次",
        Respect::Unread,
        "协助流动儿童及其监护人办理转学，24小时接待",
    ),
    (
        "发放租赁补贴",
        "结合年度房源情况发放租赁补贴",
        Respect::Degree,
        "发放租赁补贴，并为在校的流动儿童免费接种流感疫苗",
    ),
    ("乘坐公交车享受五折", "乘坐公交车享受八折", Respect::Fee, "乘坐公交车享受五折优待"),
    (
        "由学校提供课后服务至18时",
        "由学校提供课后服务至17时",
        Respect::Measure,
        "由学校提供课后服务至18时30分",
    ),
    ("每个县（市、区）设立服务站", "每个设区市设立服务站", Respect::Place, "每个县（市、区）都设立服务站"),
    ("每个乡镇设立服务站", "在中心镇设立服务站", Respect::Place, "各乡镇均设立服务站"),
    (
        "免费接种国家免疫规划疫苗",
        "免费接种国家免疫规划疫苗中的卡介苗",
        Respect::Exception,
        "免费接种国家免疫规划疫苗",
    ),
    (
        "随迁子女可填报所有普通高中",
        "随迁子女可填报示范性高中以外的普通高中",
        Respect::Exception,
        "本市户籍以外的随迁子女可填报所有普通高中",
    ),
    ("开展流动儿童普法工作", "开展面向教师的普法工作", Respect::Audience, "开展面向流动儿童的普法工作"),
    (
        "协助流动儿童家庭办理最低生活保障",
        "为流动儿童家庭提供最低生活保障政策查询",
        Respect::Degree,
        "协助流动儿童家庭办理最低生活保障，并提供政策查询",
    ),
    (
        "自受理之日起10个工作日内作出审核决定",
        "自各部门会签完成之日起10个工作日内作出审核决定",
        Respect::Measure,
        "自收到申请之日起10个工作日内作出审核决定",
    ),
    (
        "护理补贴每人每月130元，不计入家庭收入",
        "护理补贴每人每月130元，计入家庭收入",
        Respect::Negation,
        "护理补贴每人每月130元，不计入家庭收入",
    ),
    ("提供跨省通办服务", "每周二上午提供跨省通办服务", Respect::Exception, "提供跨省通办服务，周六照常办理"),
    (
        "按免疫程序进行常规接种",
        "按免疫程序进行常规接种，免费剂次至多八剂",
        Respect::Measure,
        "按免疫程序进行常规接种",
    ),
    ("为流动儿童提供长期监护", "父母双亡的，给长期监护", Respect::Condition, "没有人监护的，给长期监护"),
    (
        "提供精神障碍社区康复服务",
        "监护人能全程陪着的，社区康复站接收做精神障碍康复",
        Respect::Condition,
        "社区康复站接收做精神障碍康复",
    ),
    (
        "对获得最低生活保障金后生活仍有困难的儿童给予生活保障",
        "对获得本市最低生活保障金后生活仍有困难的儿童给予生活保障",
        Respect::Audience,
        "对获得最低生活保障金后生活仍有困难的儿童给予生活保障，由本市民政部门办理",
    ),
    (
        "镇街便民服务中心受理门诊慢特病待遇认定申请",
        "市医保中心服务大厅受理门诊慢特病待遇认定申请",
        Respect::Place,
        "村、镇街和市的便民服务中心均受理门诊慢特病待遇认定申请",
    ),
    (
        "提供精神障碍社区康复服务",
        "提供精神障碍社区康复服务，监护人能够全程陪护的由康复点接收",
        Respect::Condition,
        "提供精神障碍社区康复服务，行动不便的由康复点上门接收",
    ),
    (
        "提供基本公共卫生服务",
        "提供基本公共卫生服务，其中基本公共卫生服务为预防接种、健康教育两类",
        Respect::Content,
        "提供基本公共卫生服务，其中预防接种由各门诊承担",
    ),
    (
        "对生活不能自理的给予照料",
        "对生活不能自理的给予照料，照料人由亲属商定",
        Respect::Fee,
        "对生活不能自理的给予照料，照料人由街道安排",
    ),
    (
        "协助流动儿童向户籍地申领基本生活费",
        "向流动儿童监护人告知到户籍地申领基本生活费的途径",
        Respect::Degree,
        "协助流动儿童向户籍地申领基本生活费，并告知办理途径",
    ),
    ("提供基本生活条件", "提供基本生活用品", Respect::Content, "提供基本生活条件和用品"),
    ("提供临时住所", "联系临时住所", Respect::Degree, "联系并提供临时住所"),
    (
        "为符合条件的流动儿童提供长期监护保障",
        "符合条件的流动儿童长期监护由其户籍地民政部门承担",
        Respect::Place,
        "为符合条件的流动儿童提供长期监护保障，由本市民政部门承担",
    ),
    (
        "提供异地就医直接结算服务",
        "提供省内异地就医直接结算服务",
        Respect::Place,
        "提供省内外异地就医直接结算服务",
    ),
    ("免除学杂费", "学籍转入本市的，免除学杂费", Respect::Condition, "户籍不在本市的，免除学杂费"),
    (
        "以公办学校为主保障就近入学",
        "公办、民办学校并举，保障就近入学",
        Respect::Condition,
        "以公办学校为主保障就近入学，民办学校也给补贴",
    ),
    ("安排医护人员进校义诊", "有医护人员报名时进校义诊", Respect::Condition, "安排医护人员进校义诊"),
    (
        "为符合条件的在校生提供助学金",
        "为符合条件、成绩合格的在校生提供助学金",
        Respect::Condition,
        "为符合条件的中职在校生提供助学金",
    ),
    (
        "为农村留守儿童和困境儿童提供亲情陪伴、情感关怀",
        "为农村留守儿童提供亲情陪伴、情感关怀",
        Respect::Content,
        "为困境儿童和农村留守儿童提供亲情陪伴、情感关怀",
    ),
    (
        "学校应当为每名随迁子女建立心理健康档案",
        "学校宜为每名随迁子女建立心理健康档案",
        Respect::Unread,
        "学校为每名随迁子女建立心理健康档案",
    ),
    (
        "为残疾学生提供特殊学习用品和无障碍设备",
        "为列入孤儿名册的残疾学生提供特殊学习用品和无障碍设备",
        Respect::Unread,
        "免费为残疾学生提供特殊学习用品、书包和无障碍设备",
    ),
    (
        "每个乡镇（街道）设立未成年人保护工作站",
        "每个县（市、区）设立未成年人保护工作站",
        Respect::Place,
        "每个乡镇（街道）均设立未成年人保护工作站",
    ),
    (
        "家长可在全省定点机构中自主选择",
        "家长可在本县定点机构中自主选择",
        Respect::Place,
        "家长可在全省定点机构中自主选择",
    ),
    (
        "可以通过服务窗口、电话、网站和移动端提出申请",
        "可以通过网站和移动端提出申请",
        Respect::Content,
        "可以通过移动端、网站、电话和服务窗口提出申请",
    ),
    (
        "开展阅读活动；为家庭提供居住地公共服务指引手册",
        "开展阅读活动，增进相互了解",
        Respect::Content,
        "开展阅读活动；为家庭提供居住地公共服务指引手册",
    ),
    (
        "对参加居民医保的个人缴费给予全额资助",
        "对参加居民医保的个人缴费给予全额资助。财力薄弱的县（区）可暂缓执行",
        Respect::Ending,
        "对参加居民医保的个人缴费给予全额资助，由县级医保部门负责监督考核",
    ),
    (
        "公交站点设置在校园周边500米范围内",
        "公交站点设置在校园周边800米范围内",
        Respect::Measure,
        "公交站点设置在校园周边200米范围内",
    ),
    (
        "对监护人进行家庭教育指导",
        "家长须提交申请，对监护人进行家庭教育指导",
        Respect::Condition,
        "贯彻落实《中华人民共和国家庭教育促进法》，对监护人进行家庭教育指导",
    ),
    (
        "普通学校应当接收残疾适龄儿童随班就读",
        "残疾适龄儿童须凭居住证随班就读",
        Respect::Condition,
        "普通学校须接收残疾适龄儿童随班就读",
    ),
    (
        "孤儿医疗费用由政府全额保障",
        "孤儿住院医疗费用由政府全额保障",
        Respect::Content,
        "孤儿医疗费用由政府全额保障，住院医疗费用当场结算",
    ),
    (
        "免费开展视力筛查，每学年不少于2次",
        "免费开展视力筛查，每学年不少于2次，由学校选定班级",
        Respect::Quota,
        "免费开展视力筛查，每学年不少于2次，筛查所需交通由学校统一安排",
    ),
    (
        "乡镇应当在24小时内上门核实",
        "乡镇应当在48小时内上门核实",
        Respect::Measure,
        "乡镇须于一日之内上门核实",
    ),
    ("公共体育场馆周末免费开放", "公共体育场馆周末优惠开放", Respect::Fee, "公共体育场馆双休日不收费开放"),
    (
        "自批准之月起发放基本生活补贴",
        "自批准次月起发放基本生活补贴",
        Respect::Ending,
        "自批准之月起发放基本生活补贴，资金列入市级财政",
    ),
    (
        "有初中三年完整学籍的，可以参加中考",
        "有初中三年完整学籍、父母有合法稳定住所的，可以参加中考",
        Respect::Condition,
        "有初中三年完整学籍的，均可以参加中考",
    ),
    (
        "发放租赁补贴，并减免物业服务费",
        "发放租赁补贴",
        Respect::Content,
        "发放租赁补贴，并减免物业服务费，由市住房保障中心负责",
    ),
    (
        "在每个乡镇设立心理辅导室",
        "在县城设立一处心理辅导室，面向各乡镇",
        Respect::Place,
        "在每个乡镇都设立心理辅导室",
    ),
    (
        "居住满6个月的流动儿童可以申请",
        "居住满9个月的流动儿童可以申请",
        Respect::Condition,
        "居住满半年的流动儿童可以申请",
    ),
    (
        "义务教育巩固率保持在99.5%以上",
        "义务教育巩固率保持在百分之九十九点一以上",
        Respect::Measure,
        "义务教育巩固率保持在百分之九十九点五以上",
    ),
];

fn doubts(baseline: &str, local: &str, words: &Wording) -> Vec<Respect> {
    let [baseline, local] = [baseline, local].map(|text| Reading::new(text, words));
    let found = differences(Clause::whole(&baseline), Clause::whole(&local), words);
    found.into_iter().filter(|found| found.stand != Stand::Higher).map(|found| found.respect).collect()
}

#[test]
fn a_word_in_place_of_another_is_seen() {
    let words = Wording::usual();
    for (baseline, less, respect, _) in PAIRS {
        let found = doubts(baseline, less, &words);
        assert!(found.contains(respect), "{less} gives less than {baseline}: {found:?}");
    }
}

#[test]
fn what_is_written_alike_and_gives_as_much_is_no_question() {
    let words = Wording::usual();
    for (baseline, _, respect, same) in PAIRS {
        let found = doubts(baseline, same, &words);
        assert!(!found.contains(respect), "{same} gives as much as {baseline}: {found:?}");
    }
}
