//! What a site lets programs ask for: `robots.txt`, as RFC 9309 says it is read.

use std::time::Duration;

/// By what name rules may speak of gainsay.
const NAME: &str = "gainsay";

/// How much of a file is read, in bytes: what the standard wants read at least.
pub(super) const LARGEST: u64 = 500 << 10;

/// The longest wait between two requests that is heeded; who wants more wants not to be asked.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The rules of one site for gainsay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// Whether it may be asked, and the pattern of its path.
    rules: Vec<(bool, String)>,
    /// How long to wait between two requests (`Crawl-delay`, which many sites write and no standard knows).
    pub wait: Option<Duration>,
}

impl Robots {
    /// Rules that forbid everything: for a site whose rules cannot be had just now.
    pub fn closed() -> Robots {
        Robots { rules: vec![(false, "/".to_owned())], wait: None }
    }

    /// The rules in a file: those of the groups that name gainsay, else those for all.
    pub fn of(text: &str) -> Robots {
        let (mut ours, mut all) = (Robots::default(), Robots::default());
        let (mut is_named, mut named, mut for_all, mut within) = (false, false, false, false);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                // Several names in a row head one group.
                if within {
                    (named, for_all, within) = (false, false, false);
                }
                let agent = value.split('/').next().unwrap_or_default().trim();
                named |= agent.eq_ignore_ascii_case(NAME);
                for_all |= agent == "*";
                is_named |= named;
                continue;
            }
            within |= matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            for (own, group) in [(named, &mut ours), (for_all, &mut all)] {
                if !own {
                    continue;
                }
                match key.as_str() {
                    "allow" | "disallow" if value.starts_with(['/', '*']) => {
                        group.rules.push((key == "allow", value.to_owned()));
                    }
                    "crawl-delay" => {
                        let seconds =
                            value.parse::<f64>().ok().filter(|seconds| (0.0..1e6).contains(seconds));
                        let wait = seconds.map(|seconds| Duration::from_secs_f64(seconds).min(LONGEST_WAIT));
                        group.wait = group.wait.max(wait);
                    }
                    _ => {}
                }
            }
        }
        if is_named { ours } else { all }
    }

    /// Whether a path, with its query, may be asked for: the longest pattern that fits says so, and of two as long the
    /// one that allows.
    pub fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// Whether a path begins as a pattern says: `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() && to_end {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_that_fits_decides() {
        let robots = Robots::of(
            "User-agent: *\nDisallow: /private/\nAllow: /private/feed$\nDisallow: /*.php\nDisallow: /a\nAllow: /a\n\
             Disallow:\nCrawl-delay: 2.5\n",
        );
        for (path, allowed) in [
            ("/feed", true),
            ("/private/x", false),
            ("/private/feed", true),
            ("/private/feed/2", false),
            ("/x/y.php?z", false),
            ("/abc", true),
        ] {
            assert_eq!(robots.allow(path), allowed, "{path}");
        }
        assert_eq!(robots.wait, Some(Duration::from_millis(2500)));
        assert!(!Robots::closed().allow("/feed") && Robots::of("").allow("/"));
    }

    #[test]
    fn a_group_that_names_us_goes_before_that_for_all() {
        let text = "User-agent: other\nUser-Agent: Gainsay/1.0\nDisallow: /feed # not this\nCrawl-delay: 9999\n\n\
                    user-agent: *\ndisallow: /\n";
        let robots = Robots::of(text);
        assert!(robots.allow("/page") && !robots.allow("/feed"));
        assert_eq!(robots.wait, Some(LONGEST_WAIT));
        assert!(!Robots::of("User-agent: other\nDisallow: /x\nUser-agent: *\nDisallow: /\n").allow("/page"));
        assert!(!Robots::of("User-agent: gainsay\nSitemap: x\nUser-agent: *\nDisallow: /\n").allow("/page"));
    }

    #[test]
    fn patterns_with_many_stars_end() {
        let pattern = format!("/{}c$", "a*".repeat(900));
        assert!(!fits(&pattern, &format!("/{}b", "a".repeat(900))));
        assert!(fits("/*?id=*", "/x?id=1") && !fits("/x*$", "/y"));
    }
}
