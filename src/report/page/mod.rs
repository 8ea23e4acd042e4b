//! The page: one self-contained file that opens from disk. Whatever a portal wrote goes through the template's
//! escaping; the content policy forbids everything that the page does not bring itself.

mod checklist;
mod comparison;
mod gallery;
mod gaps;
mod hitches;
mod overview;
mod problems;
mod sayings;
mod sheets;
mod visits;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::error::ReportError;
use super::evidence::Material;
use super::tally::Tally;
pub use comparison::comparison_page;
use gallery::Gallery;

/// Hash of `script.js`, the only script that the page's content policy lets run. A test says so when it is stale.
const SCRIPT_HASH: &str = "sha256-Uex8GNUo/lKAq2GfcrQGJDT3Qn153rOpUwGGfmTqhE8=";

const SCRIPT: &str = include_str!("script.js");
const STYLE: &str = include_str!("style.css");

/// The templates by name; each name ends in `.html`, which is what turns escaping on.
const TEMPLATES: [(&str, &str); 15] = [
    ("report.html", include_str!("report.html")),
    ("words.html", include_str!("words.html")),
    ("card.html", include_str!("card.html")),
    ("sheet.html", include_str!("sheet.html")),
    ("overview.html", include_str!("overview.html")),
    ("checklist.html", include_str!("checklist.html")),
    ("problems.html", include_str!("problems.html")),
    ("gaps.html", include_str!("gaps.html")),
    ("hitches.html", include_str!("hitches.html")),
    ("fixed.html", include_str!("fixed.html")),
    ("sheets.html", include_str!("sheets.html")),
    ("visits.html", include_str!("visits.html")),
    ("gallery.html", include_str!("gallery.html")),
    ("guide.html", include_str!("guide.html")),
    ("comparison.html", include_str!("comparison.html")),
];

/// The page as one HTML document.
///
/// # Errors
/// When the template fails, which would be our mistake.
pub fn html(material: &Material<'_>) -> Result<String, ReportError> {
    let outcome = material.outcome;
    let gallery = Gallery::of(material);
    let tally = Tally::of(outcome);
    let sections = context! {
        head => overview::head(outcome, &tally),
        figures => overview::figures(outcome, &tally),
        matrix => overview::matrix(outcome),
        chart => overview::chart(outcome),
        checklist => checklist::checklist(outcome),
        problems => problems::problems(outcome, &gallery),
        filters => problems::filters(outcome),
        gaps => gaps::gaps(outcome, &gallery),
        hitches => hitches::hitches(outcome, &gallery),
        fixed => problems::fixed(outcome),
        sheets => sheets::sheets(outcome),
        visits => visits::visits(material),
        gallery => gallery.shots(),
    };
    render("report.html", &policy(), sections)
}

/// The content policy of pages with our one script.
fn policy() -> String {
    format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    )
}

/// One of the templates, with the style that all pages share, under a content policy.
pub(super) fn render(template: &str, policy: &str, sections: Value) -> Result<String, ReportError> {
    let around = context! {
        policy => Value::from_safe_string(policy.to_owned()),
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        ..sections
    };
    Ok(templates()?.get_template(template)?.render(around)?)
}

fn templates() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// The address when it is one that a click may follow; a page's other schemes are shown as text only.
pub(super) fn followable(url: &str) -> Option<&str> {
    let scheme_ends = url.find("://")?;
    let scheme = &url[..scheme_ends];
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_followed() {
        assert!(followable("https://zwfw.example/a").is_some());
        for url in
            ["javascript:alert(1)", "data:text/html,x", " http://x", "file:///etc/passwd", "javascript://x"]
        {
            assert_eq!(followable(url), None, "{url}");
        }
    }
}
