//! How a site gets to its readers: configurations of web servers, publishing to storage, making it on many machines, and files for
//! services that keep repositories, which check what is handed in; from templates of the theme.

use serde::Serialize;

use super::Theme;
use crate::catalogue::Site;
use crate::diagnostic::Finding;
use crate::route::{self, Route};

/// The policy for the content of pages: no inline code, no other host.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// The policy for pieces on the pages of others: no script, and any page may frame them.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *";

/// Each file and the template of the same name.
const FILES: &[&str] = &[
    "nginx.conf",
    "Caddyfile",
    "web.config",
    "publish.sh",
    "parallel.sh",
    "slurm.sh",
    "kubernetes.yaml",
    "github-pages.yml",
    "github-check.yml",
    "gitlab-ci.yml",
    "gitee-check.yml",
    "gitee-comment.sh",
    "pre-commit",
];

/// Types of files by the ends of their names, all in UTF-8 if they are text.
const TYPES: &[(&str, &str, bool)] = &[
    ("html", "text/html", true),
    ("css", "text/css", true),
    ("js", "text/javascript", true),
    ("json", "application/json", true),
    ("webmanifest", "application/manifest+json", true),
    ("svg", "image/svg+xml", true),
    ("png", "image/png", false),
    ("xml", "application/xml", true),
    ("atom", "application/atom+xml", true),
    ("txt", "text/plain", true),
    ("csv", "text/csv", true),
    ("ics", "text/calendar", true),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
    ("bin", "application/octet-stream", false),
];

/// What the templates get.
#[derive(Serialize)]
struct HostingData<'a> {
    /// `https://example.org`, without the path.
    origin: Option<&'a str>,
    host: Option<&'a str>,
    /// Path of the site on its server, `/` or `/list/`.
    base: String,
    folder: &'a str,
    policy: &'static str,
    /// Whether there are pieces for the pages of others, and the policy for them.
    embeds: bool,
    embed_policy: &'static str,
    languages: Vec<&'a str>,
    types: Vec<Type>,
}

#[derive(Serialize)]
struct Type {
    end: &'static str,
    name: &'static str,
    text: bool,
}

/// Returns the configurations for a site that lies in `folder` on its server, by name.
///
/// # Errors
/// A finding, if a template of the theme fails.
pub fn hosting(
    theme: &Theme,
    site: &Site,
    folder: &str,
) -> Result<Vec<(&'static str, Vec<u8>)>, Box<Finding>> {
    let url = site.base_url.as_ref().map(|url| url.value.as_str());
    let origin = url.map(origin);
    let data = HostingData {
        origin,
        host: origin.map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host)),
        base: url.map_or_else(|| "/".to_owned(), route::base_path),
        folder: folder.trim_end_matches('/'),
        policy: POLICY,
        embeds: site.offers_embeds,
        embed_policy: EMBED_POLICY,
        languages: site.languages.iter().map(|language| language.code.as_str()).collect(),
        types: TYPES.iter().map(|(end, name, text)| Type { end, name, text: *text }).collect(),
    };
    let mut context = tera::Context::new();
    context.insert("data", &data);
    let render = |name: &&'static str| {
        let text = theme.render(name, &context);
        Ok((*name, text.map_err(|error| theme.failure(name, &Route::new(*name), &error))?))
    };
    FILES.iter().map(render).collect()
}

/// Returns a public address without its path.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |at| &url[..start + at])
}
