//! In how small a unit something is set up, and in how large a one it may be chosen.

use super::replaced::promised;
use super::*;

/// How much of a clause is looked through.
const LONGEST: usize = 4000;

/// Units by tier, the smallest first; a longer word before one that it contains.
const UNITS: [&[&str]; 4] = [
    &["村", "居", "社区", "行政村", "小区"],
    &["乡", "镇", "街道", "片区"],
    &["县", "区", "旗"],
    &["设区市", "地级市", "市", "州"],
];

impl Against<'_> {
    /// Asks where something is set up in larger units than those of the baseline: 每个县 for 每个乡镇; and where it may be
    /// chosen in a county alone: 本县 for 全省.
    pub(super) fn tiers(&mut self) {
        let texts = [self.baseline, self.local].map(promised);
        if let [Some((above, baseline)), Some((here, local))] = texts.each_ref().map(|text| smallest(text))
            && here > above
        {
            self.push((Respect::Place, None), Stand::Unclear, Some(&baseline), Some(&local));
        }
        if let Some((baseline, local)) = narrower(&texts[0], &texts[1]) {
            self.push((Respect::Place, None), Stand::Unclear, Some(&baseline), Some(&local));
        }
    }
}

/// Returns the smallest tier of which each unit is named, and where.
fn smallest(text: &[char]) -> Option<(usize, Range<usize>)> {
    let each = (0..text.len()).filter(|at| matches!(text[*at], '每' | '各')).take(MOST_WORDS);
    let named = each.filter_map(|at| {
        let after = at + 1 + usize::from(text.get(at + 1) == Some(&'个'));
        let starts = |unit: &&str| {
            let unit: Vec<char> = unit.chars().collect();
            text.get(after..after + unit.len()) == Some(unit.as_slice())
        };
        let tier = UNITS.iter().position(|units| units.iter().any(starts))?;
        Some((tier, at..after + 1))
    });
    // 市、县两级: as many as there are of the smaller.
    let levels = text.windows(3).enumerate().take(LONGEST).filter_map(|(at, window)| {
        let [unit, '两' | '三', '级'] = window else { return None };
        let tier = UNITS.iter().position(|units| units.iter().any(|known| known.starts_with(*unit)))?;
        Some((tier, at..at + 3))
    });
    named.chain(levels).min_by_key(|(tier, _)| *tier)
}

/// Returns where the local words say 本县 of what the baseline says 全省 of.
fn narrower(above: &[char], here: &[char]) -> Option<(Range<usize>, Range<usize>)> {
    const WIDE: [&str; 5] = ["全国", "全省", "省内", "全市", "市内"];
    const NARROW: [&str; 8] = ["本县", "县内", "本区", "区内", "本乡", "本镇", "本街", "本村"];
    let places = |text: &[char], words: &[&str]| -> Vec<usize> {
        let pairs = text.windows(2).enumerate();
        let is_it = |pair: &[char]| words.iter().any(|word| word.chars().eq(pair.iter().copied()));
        pairs.filter(|(_, pair)| is_it(pair)).map(|(at, _)| at).take(MOST_WORDS).collect()
    };
    let mut narrow = places(here, &NARROW);
    let said: String = above.iter().collect();
    // 自主选择省内任一机构: a city has fewer of them.
    if ["选择", "任一", "任意", "任选"].iter().any(|word| said.contains(word))
        && !said.contains("市内")
        && !said.contains("全市")
    {
        narrow.extend(places(here, &["本市", "市内", "全市"]));
    }
    // 省内任一定点机构 and 本市定点机构 are of the same.
    let of = |text: &[char], at: usize| {
        let any = |from: usize| {
            text.get(from..from + 2).is_some_and(|pair| {
                ["任一", "任意", "任何"].iter().any(|word| word.chars().eq(pair.iter().copied()))
            })
        };
        let from = if any(at + 2) { at + 4 } else { at + 2 };
        text.get(from..from + 2).map(<[char]>::to_vec)
    };
    places(above, &WIDE).into_iter().find_map(|wide| {
        let wanted = of(above, wide)?;
        let at = narrow.iter().copied().find(|at| of(here, *at).as_ref() == Some(&wanted))?;
        Some((wide..wide + 2, at..at + 2))
    })
}
