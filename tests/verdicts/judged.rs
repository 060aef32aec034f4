//! The judged cases as they are written down.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

/// How a case was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// As good in substance.
    Fine,
    /// As good, and more is promised; only pairs tell it apart.
    Better,
    /// A family gets less.
    Lower,
    /// A person would have to ask.
    Doubtful,
}

impl Judgement {
    /// Reads the word for it. `None` if it is none.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "fine" => Self::Fine,
            "better" => Self::Better,
            "lower" => Self::Lower,
            "doubtful" => Self::Doubtful,
            _ => return None,
        })
    }

    /// Tells whether nobody need be asked.
    pub fn is_fine(self) -> bool {
        match self {
            Self::Fine | Self::Better => true,
            Self::Lower | Self::Doubtful => false,
        }
    }
}

/// A list, or a baseline, with what was judged.
#[derive(Debug, Deserialize)]
pub struct JudgedList {
    pub name: String,
    /// `fujian`, or a file in the same folder.
    pub baseline: String,
    pub notice: Option<String>,
    pub services: Vec<JudgedService>,
    /// Every provision of the baseline, by `service/provision`.
    #[serde(default)]
    pub judgements: BTreeMap<String, JudgedProvision>,
}

/// A service of such a list.
#[derive(Debug, Deserialize)]
pub struct JudgedService {
    /// Its id, in a baseline.
    pub id: Option<String>,
    /// The service of the baseline that it stands for; an added one has none.
    pub of: Option<String>,
    pub number: u32,
    /// The official name in a list, the id in a baseline.
    pub area: String,
    pub title: String,
    pub audience: String,
    /// Official names joined in a list, ids in a baseline.
    pub departments: Value,
    pub content: String,
    /// What a careful clerk would declare of the audience.
    #[serde(default)]
    pub audience_fields: Mapping,
    pub provisions: Vec<Clause>,
}

/// A clause of such a service.
#[derive(Debug, Deserialize)]
pub struct Clause {
    /// Its id, in a baseline.
    pub id: Option<String>,
    /// What it answers; an addition answers nothing.
    #[serde(default)]
    pub of: Vec<String>,
    pub quote: String,
    pub focus: Option<Value>,
    /// What a careful clerk would declare.
    pub careful: Mapping,
}

/// What was judged of one provision.
#[derive(Debug, Deserialize)]
pub struct JudgedProvision {
    pub is: Judgement,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub why: String,
}

/// The sets, in the order in which they were written.
pub const SETS: [&str; 7] = ["dev", "held", "test", "fresh", "late", "latest", "newest"];

/// Returns the text of a file of a set.
pub fn text(set: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verdicts").join(set).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a list, or a baseline.
pub fn list(set: &str, file: &str) -> JudgedList {
    serde_yaml::from_str(&text(set, file)).unwrap_or_else(|error| panic!("{set}/{file}: {error}"))
}
