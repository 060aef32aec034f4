//! The identity of a kind of finding.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Refuses the build.
    Error,
    /// Reported; the build goes on.
    Warning,
    /// Not reported. Only `site.yaml` can set it.
    Off,
}

/// A kind of finding: its stable code, its name, its usual level and what it is about.
///
/// Codes are never reused. The page that `qingdan explain` shows lies beside the checks, in
/// `src/analysis/check/rules/<name>.md`.
#[derive(Debug)]
pub struct Code {
    /// Stable code: `QD` and four digits; the first digit tells the stage.
    pub id: &'static str,
    /// What is wrong, in kebab case; reads well after "allow".
    pub name: &'static str,
    /// Level unless `site.yaml` says otherwise.
    pub level: Level,
    /// Whether `site.yaml` may set another level.
    pub adjustable: bool,
    /// First version that reports it.
    pub since: &'static str,
    /// One sentence in Chinese.
    pub zh: &'static str,
    /// One sentence in English.
    pub en: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Declares the kinds of finding of one stage as statics, and `ALL` as the list of them.
///
/// `NAME = id, name, level, adjustable|fixed, since, zh, en;`
#[macro_export]
macro_rules! codes {
    ($($(#[$doc:meta])* $NAME:ident = $id:literal, $name:literal, $level:ident, $adjust:ident, $since:literal,
        $zh:literal, $en:literal;)+) => {
        /// Every kind of finding declared here.
        pub const ALL: &[&$crate::diagnostic::Code] = &[$(&$NAME),+];
        $(
            $(#[$doc])*
            pub static $NAME: $crate::diagnostic::Code = $crate::diagnostic::Code {
                id: $id,
                name: $name,
                level: $crate::diagnostic::Level::$level,
                adjustable: $crate::codes!(@ $adjust),
                since: $since,
                zh: $zh,
                en: $en,
            };
        )+
    };
    (@ adjustable) => { true };
    (@ fixed) => { false };
}
