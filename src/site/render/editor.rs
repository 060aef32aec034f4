//! Links that open a file in Visual Studio Code, on any system.

use crate::route::percent_encoded;

/// Returns the link that opens the file `path` of the folder `folder` at a line and column, both from 1.
///
/// `folder` is absolute, as the system writes it: `/home/a/list`, `C:\list`, `\\server\share\list`.
pub(super) fn link(folder: &str, path: &str, line: usize, column: usize) -> String {
    // How Windows writes paths that may be long.
    let folder = match folder.strip_prefix(r"\\?\UNC\") {
        Some(rest) => format!(r"\\{rest}"),
        None => folder.strip_prefix(r"\\?\").unwrap_or(folder).to_owned(),
    };
    let folder = if is_windows(&folder) { folder.replace('\\', "/") } else { folder };
    let whole = format!("{}/{path}", folder.trim_end_matches('/'));
    // The colon after a drive stays.
    let drive = if is_windows(&whole) && !whole.starts_with('/') { 2 } else { 0 };
    let (drive, rest) = whole.split_at(drive);
    let whole = format!(
        "{drive}{}",
        percent_encoded(rest.strip_prefix('/').filter(|_| drive.is_empty()).unwrap_or(rest))
    );
    format!("vscode://file/{whole}:{line}:{column}")
}

/// Tells whether a path is one of Windows: with a drive, or on another computer.
fn is_windows(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with(r"\\") || (bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':')
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn paths_of_every_system_become_links() {
        let at = |folder: &str| link(folder, "福建/a b.yaml", 3, 5);
        let file = "%E7%A6%8F%E5%BB%BA/a%20b.yaml:3:5";
        assert_eq!(at("/home/li/清单#1"), format!("vscode://file/home/li/%E6%B8%85%E5%8D%95%231/{file}"));
        assert_eq!(at(r"/home/a\b:c"), format!("vscode://file/home/a%5Cb%3Ac/{file}"));
        assert_eq!(at("/"), format!("vscode://file/{file}"));
        assert_eq!(at(r"C:\Users\李\list"), format!("vscode://file/C:/Users/%E6%9D%8E/list/{file}"));
        assert_eq!(at(r"D:\"), format!("vscode://file/D:/{file}"));
        assert_eq!(at(r"\\?\C:\very long\list"), format!("vscode://file/C:/very%20long/list/{file}"));
        assert_eq!(at(r"\\server\share\list"), format!("vscode://file//server/share/list/{file}"));
        assert_eq!(at(r"\\?\UNC\server\share"), format!("vscode://file//server/share/{file}"));
    }
}
