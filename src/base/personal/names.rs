//! Names of persons in a Chinese text, where something else says that there may be one.
//!
//! A name is a surname and one or two characters, with an end of words on both sides: 高中 and 康复 are not, nor is what
//! ends as words do and names do not.

use std::ops::Range;

/// The commonest surnames, about nine of ten persons; those that begin everyday words of offices stand among
/// [`DOUBTFUL`], too.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟\
    姜崔谭廖范汪陆石戴贾韦邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷\
    詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪\
    简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";

/// Surnames of two characters.
const LONG_SURNAMES: &[&str] =
    &["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "慕容", "令狐"];

/// What ends words of offices and seldom a name.
const ENDINGS: &str = "费生后等的者人员金院所局会处校部厅区市县省学期时内中度率制法站室户家门位类项为和或及童儿证号码日月年岁前上下以其之与并是不在有被由对各该每凡\
    方面条件标准助救补贴险疗育教养护康复案理务事业办点线路村镇乡街社量数额款物品具车";

/// Words that start with a surname and are none.
const WORDS: &[&str] = &[
    "高中", "康复", "单亲", "艾滋", "安置", "成年", "方案", "时间", "任何", "全部", "全省", "应当", "和其",
    "关爱", "关于", "包括", "连续", "单位", "管理", "解决", "路费", "文化", "文件", "安全", "华侨", "农村",
    "农业", "温馨", "明确", "万元", "向其", "成长", "成立", "成员", "别的", "项目", "简化", "符合", "严重",
    "严格", "平均", "项目", "常住", "居住", "单独", "党员", "党委", "师生", "何种", "于是", "左右", "有关",
    "程序", "江苏", "江西", "云南", "海南", "宁夏", "宁德", "安徽", "龙岩", "石狮", "福建", "吉林", "贵州",
    "温州", "马尾", "连江", "古田", "明溪",
];

/// What says that a name follows, and is none itself.
const LABELS: &[&str] = &[
    "姓名",
    "学生",
    "儿童",
    "孩子",
    "女儿",
    "儿子",
    "父亲",
    "母亲",
    "孙子",
    "孙女",
    "监护人",
    "同学",
    "老师",
    "联系人",
    "幼儿",
    "兄弟",
    "给",
    "帮",
    "叫",
    "例如",
    "比如",
    "姐姐",
    "妹妹",
    "弟弟",
    "哥哥",
    "村民",
    "居民",
    "本人",
    "其子",
    "其女",
    "其父",
    "其母",
    "爷爷",
    "奶奶",
    "孤儿",
    "残疾人",
];

/// Returns the last name in `text` that starts at `from` or later.
pub(super) fn last_name(text: &str, from: usize) -> Option<Range<usize>> {
    let starts: Vec<usize> = text[from..].char_indices().map(|(at, _)| from + at).collect();
    starts.into_iter().rev().find_map(|at| {
        let length = name_at(&text[at..])?;
        begins_a_word(&text[..at]).then_some(at..at + length)
    })
}

/// Returns how long the name is that a text starts with: at its end a mark, a blank, or a word that follows names.
pub(super) fn name_at(text: &str) -> Option<usize> {
    if WORDS.iter().any(|word| text.starts_with(word)) {
        return None;
    }
    let surname =
        LONG_SURNAMES.iter().find(|surname| text.starts_with(**surname)).map(|surname| surname.len());
    let surname = surname.or_else(|| {
        let c = text.chars().next()?;
        SURNAMES.contains(c).then(|| c.len_utf8())
    })?;
    let given: Vec<(usize, char)> =
        text[surname..].char_indices().take_while(|(_, c)| is_han(*c)).take(4).collect();
    [2, 1].into_iter().find_map(|count| {
        let (at, c) = *given.get(count - 1)?;
        let end = surname + at + c.len_utf8();
        let hidden = given[..count].iter().all(|(_, c)| matches!(c, '某' | '×'));
        let ends = hidden || !ENDINGS.contains(c);
        (ends && ends_a_word(&text[end..], hidden)).then_some(end)
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '×')
}

/// Tells whether a name may start behind a text.
fn begins_a_word(before: &str) -> bool {
    let Some(c) = before.chars().next_back() else { return true };
    !is_han(c) && !c.is_ascii_alphanumeric() || LABELS.iter().any(|label| before.ends_with(label))
}

/// Tells whether a name may end before a text.
fn ends_a_word(after: &str, hidden: bool) -> bool {
    const FOLLOW: &[&str] = &[
        "系",
        "补办",
        "申请",
        "现读",
        "就读",
        "已经",
        "家住",
        "住在",
        "是孤",
        "是残",
        "为孤",
        "为残",
        "，",
        "生于",
        "于1",
        "于2",
        "出生",
        "同学",
        "小朋友",
        "女士",
        "先生",
        "男",
        "女",
    ];
    let Some(c) = after.chars().next() else { return true };
    !is_han(c) || hidden || FOLLOW.iter().any(|word| after.starts_with(word))
}
