//! The provinces a catalogue can begin with: names and codes of GB/T 2260, folders by their pinyin.

/// A province, autonomous region or municipality.
#[derive(Debug)]
pub struct Province {
    /// The name of its folder: pinyin, with the usual spelling of 陕西.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub short: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// The first two digits of its code; four zeros follow.
    pub code: &'static str,
}

const fn province(
    code: &'static str,
    id: &'static str,
    name: &'static str,
    short: &'static str,
    english: &'static str,
) -> Province {
    Province { id, name, short, english, code }
}

/// All of them, in the order of their codes.
pub const PROVINCES: [Province; 31] = [
    province("11", "beijing", "北京市", "北京", "Beijing Municipality"),
    province("12", "tianjin", "天津市", "天津", "Tianjin Municipality"),
    province("13", "hebei", "河北省", "河北", "Hebei Province"),
    province("14", "shanxi", "山西省", "山西", "Shanxi Province"),
    province("15", "neimenggu", "内蒙古自治区", "内蒙古", "Inner Mongolia Autonomous Region"),
    province("21", "liaoning", "辽宁省", "辽宁", "Liaoning Province"),
    province("22", "jilin", "吉林省", "吉林", "Jilin Province"),
    province("23", "heilongjiang", "黑龙江省", "黑龙江", "Heilongjiang Province"),
    province("31", "shanghai", "上海市", "上海", "Shanghai Municipality"),
    province("32", "jiangsu", "江苏省", "江苏", "Jiangsu Province"),
    province("33", "zhejiang", "浙江省", "浙江", "Zhejiang Province"),
    province("34", "anhui", "安徽省", "安徽", "Anhui Province"),
    province("35", "fujian", "福建省", "福建", "Fujian Province"),
    province("36", "jiangxi", "江西省", "江西", "Jiangxi Province"),
    province("37", "shandong", "山东省", "山东", "Shandong Province"),
    province("41", "henan", "河南省", "河南", "Henan Province"),
    province("42", "hubei", "湖北省", "湖北", "Hubei Province"),
    province("43", "hunan", "湖南省", "湖南", "Hunan Province"),
    province("44", "guangdong", "广东省", "广东", "Guangdong Province"),
    province("45", "guangxi", "广西壮族自治区", "广西", "Guangxi Zhuang Autonomous Region"),
    province("46", "hainan", "海南省", "海南", "Hainan Province"),
    province("50", "chongqing", "重庆市", "重庆", "Chongqing Municipality"),
    province("51", "sichuan", "四川省", "四川", "Sichuan Province"),
    province("52", "guizhou", "贵州省", "贵州", "Guizhou Province"),
    province("53", "yunnan", "云南省", "云南", "Yunnan Province"),
    province("54", "xizang", "西藏自治区", "西藏", "Xizang Autonomous Region"),
    province("61", "shaanxi", "陕西省", "陕西", "Shaanxi Province"),
    province("62", "gansu", "甘肃省", "甘肃", "Gansu Province"),
    province("63", "qinghai", "青海省", "青海", "Qinghai Province"),
    province("64", "ningxia", "宁夏回族自治区", "宁夏", "Ningxia Hui Autonomous Region"),
    province("65", "xinjiang", "新疆维吾尔自治区", "新疆", "Xinjiang Uygur Autonomous Region"),
];

impl Province {
    /// Returns the one that somebody means: by its name in Chinese or English, long or short, its folder or its code.
    pub fn named(said: &str) -> Option<&'static Self> {
        let said = said.trim().to_lowercase();
        let is = |province: &&Self| {
            let english = province.english.to_lowercase();
            [province.id, province.name, province.short, province.code].contains(&said.as_str())
                || english == said
                || Some(said.as_str()) == english.rsplit_once(' ').map(|(short, _)| short)
                || said == format!("{}0000", province.code)
        };
        PROVINCES.iter().find(is)
    }

    /// Returns its file.
    pub(super) fn place(&self) -> String {
        let Self { name, short, english, code, .. } = self;
        let short_english = self.short_english();
        format!(
            "# 名称、代码；本省的规则和出处写在 rulebook。Name and code; the rules of the province and their sources go into `rulebook`.\n\
             name: {{zh: {name}, en: {english}}}\n\
             short_name: {{zh: {short}, en: {short_english}}}\n\
             code: '{code}0000'\n\
             tier: province\n"
        )
    }

    fn short_english(&self) -> &'static str {
        let kinds = [" Province", " Municipality", " Zhuang Autonomous Region", " Hui Autonomous Region"];
        let kinds = kinds.into_iter().chain([" Uygur Autonomous Region", " Autonomous Region"]);
        kinds.fold(self.english, |name, kind| name.strip_suffix(kind).unwrap_or(name))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_province_is_found_by_every_name_it_has() {
        for said in ["吉林", "吉林省", "jilin", "Jilin", "Jilin Province", "22", "220000", " 吉林 "] {
            assert_eq!(Province::named(said).map(|province| province.id), Some("jilin"), "{said}");
        }
        assert_eq!(Province::named("陕西").map(|province| province.id), Some("shaanxi"));
        assert_eq!(Province::named("inner mongolia autonomous region").map(|found| found.code), Some("15"));
        assert!(Province::named("某省").is_none() && Province::named("").is_none());
    }

    #[test]
    fn no_two_share_a_folder_a_name_or_a_code() {
        let distinct =
            |part: fn(&Province) -> &'static str| PROVINCES.iter().map(part).collect::<BTreeSet<_>>().len();
        let parts: [fn(&Province) -> &'static str; 5] =
            [|it| it.id, |it| it.name, |it| it.short, Province::short_english, |it| it.code];
        assert!(parts.into_iter().all(|part| distinct(part) == 31));
        assert!(PROVINCES.is_sorted_by_key(|province| province.code));
    }
}
