//! What is worth a look, and what official texts say a thousand times. All persons are invented.

use super::{DetailKind, details};
use DetailKind::{Account, Birth, Hardship, Home, Passport};

/// Lines that tell of a person, and how.
const TELLING: &[(DetailKind, &str)] = &[
    (Birth, "张小明，2015年3月4日出生"),
    (Birth, "姓名：李雷 出生日期：2014-05-06"),
    (Birth, "学生王小红（2013年9月生）"),
    (Birth, "陈某某，女，2016年1月出生，现读二年级"),
    (Birth, "| 林佳怡 | 出生年月 2012.08 |"),
    (Birth, "note: {zh: 请给赵子轩补办，生于2011年2月3日, en: a}"),
    (Birth, "欧阳小雨 2010/10/10 出生"),
    (Birth, "# 黄某，2009年12月1日出生，已转学"),
    (Home, "家住湖里区兴隆路12号"),
    (Home, "现住址：思明区莲前西路8号3栋502室"),
    (Home, "禾祥西路100号2单元301室"),
    (Home, "金山花园5号楼2单元1204"),
    (Home, "户籍地址：某镇上坂村3组12号"),
    (Home, "地址：兴隆路12号302室"),
    (Home, "孩子和奶奶住在东门巷7号"),
    (Home, "滨海小区3栋502室"),
    (Hardship, "张小明系孤儿"),
    (Hardship, "李雷（残疾）"),
    (Hardship, "王小红，女，9岁，事实无人抚养"),
    (Hardship, "# 陈某某是低保户"),
    (Hardship, "孤儿林佳怡，已办理"),
    (Hardship, "周杰，孤儿，由爷爷抚养"),
    (Hardship, "| 赵子轩 | 残疾 |"),
    (Hardship, "其父吴建国，服刑"),
    (Hardship, "例如张小明系孤儿，按此办理"),
    (Passport, "护照 E12345678"),
    (Passport, "护照号码：EA1234567"),
    (Passport, "Passport No. G12345678"),
    (Passport, "港澳居民来往内地通行证：H12345678"),
    (Passport, "台胞证 12345678"),
    (Account, "微信号：zhang_2015"),
    (Account, "请加微信 xiaohong88"),
    (Account, "微信同号 li-lei-66"),
    (Account, "wxid_a1b2c3d4e5"),
    (Account, "QQ：123456789"),
    (Account, "WeChat ID: teacher_01"),
];

/// Lines of offices that tell of nobody.
const OFFICIAL: &[&str] = &[
    "孤儿、事实无人抚养儿童基本生活费",
    "残疾儿童康复救助，0—17岁",
    "对孤儿高中阶段给予助学",
    "孤儿成年后安置",
    "符合条件的残疾儿童优先入园",
    "2015年1月1日以后出生的儿童",
    "凡2018年9月1日至2019年8月31日出生的适龄儿童",
    "出生日期：",
    "姓名、出生日期、身份证号码由家长当面提供",
    "出生医学证明，2014年1月启用第五版",
    "国家自2016年1月1日起，出生登记不再收费",
    "厦门市思明区湖滨北路61号",
    "思明区湖滨南路78号2楼办事大厅",
    "行政服务中心一楼12号窗口",
    "请到3号窗口办理",
    "居住证满6个月",
    "教学楼3楼会议室",
    "一个单元课程",
    "闽民〔2025〕42号",
    "护照、港澳居民来往内地通行证等有效证件",
    "持护照办理，工作日8:30-12:00",
    "微信公众号：厦门民政",
    "微信公众号 xmmz_12345",
    "微信小程序“闽政通”",
    "微信搜索 12345",
    "关爱热线 12355，微信 24小时",
    "单亲家庭、离异家庭子女同等对待",
    "低保、特困、低保边缘家庭儿童",
    "农村留守儿童，低保家庭优先",
    "康复机构，残疾人联合会",
    "全省残疾儿童",
    "任何孤儿",
    "向残疾学生提供",
    "民政局，孤儿基本生活保障",
    "服刑人员未成年子女",
    "安徽、江西，孤儿",
    "重点关注单亲、残疾、重病家庭的儿童",
    "for orphans, children with disabilities and children in poverty",
    "birth certificate, passport or other papers",
    "id: orphan-allowance",
    "departments: [civil-affairs, disabled-persons-federation]",
];

#[test]
fn what_tells_of_a_person_is_worth_a_look() {
    let missed: Vec<_> = TELLING
        .iter()
        .filter(|(kind, line)| !details(line).iter().any(|detail| detail.kind == *kind))
        .collect();
    assert!(missed.is_empty(), "{} of {}: {missed:#?}", missed.len(), TELLING.len());
}

#[test]
fn what_offices_write_tells_of_nobody() {
    let taken: Vec<_> =
        OFFICIAL.iter().map(|line| (line, details(line))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(taken.is_empty(), "{} of {}: {taken:#?}", taken.len(), OFFICIAL.len());
}

#[test]
fn details_stand_where_they_are_said_to() {
    let text = "甲\n张小明系孤儿，家住东门巷7号。\r\n微信号：zhang_2015\n";
    let found: Vec<_> = details(text).into_iter().map(|detail| (detail.kind, &text[detail.range])).collect();
    assert_eq!(found, [(Home, "家住东门巷7号"), (Hardship, "张小明系孤儿"), (Account, "微信号：zhang_2015")]);
}

proptest::proptest! {
    #[test]
    fn no_line_is_too_odd(text in "[张小明孤儿残疾生于年月日号室栋住微信护照0-9A-Za-z_：，。 \n]{0,60}|\\PC{0,40}") {
        for detail in details(&text) {
            proptest::prop_assert!(text.get(detail.range).is_some());
        }
    }
}
