//! How large the catalogue is, from the arguments.

/// What the arguments ask for.
pub(crate) struct Size {
    pub provinces: usize,
    pub prefectures: usize,
    pub services: usize,
    pub repetitions: usize,
    pub keep: bool,
}

impl Size {
    /// Reads the arguments. Panics on one it does not know: a benchmark of something else misleads.
    pub(crate) fn from_arguments(arguments: &[String]) -> Self {
        let mut size = Self { provinces: 31, prefectures: 340, services: 30, repetitions: 3, keep: false };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut number = || {
                let value = words.next().and_then(|value| value.parse().ok());
                value.filter(|value| *value > 0).unwrap_or_else(|| panic!("{word} takes a number from 1 on"))
            };
            match word.as_str() {
                "--provinces" => size.provinces = number(),
                "--prefectures" => size.prefectures = number(),
                "--services" => size.services = number(),
                "--repetitions" => size.repetitions = number(),
                "--keep" => size.keep = true,
                other => panic!("there is no argument `{other}`"),
            }
        }
        size.provinces = size.provinces.min(size.prefectures);
        size
    }
}
