//! 问题指纹: recognises the same problem on another day, whatever words it is told in.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::model::{ChannelId, Kind};

/// 16 hex digits over what is wrong, where and in which way; not over how it is worded. The channels' order is of no
/// account.
#[must_use]
pub fn fingerprint(
    check: &str,
    item: &str,
    element: &str,
    kind: Kind,
    rule: Option<&str>,
    channels: &[ChannelId],
) -> String {
    let mut channels: Vec<&str> = channels.iter().map(|channel| channel.0.as_str()).collect();
    channels.sort_unstable();
    let mut hash = Sha256::new();
    for part in [check, item, element, kind.slug(), rule.unwrap_or_default()].into_iter().chain(channels) {
        // The length before each part keeps “ab”+“c” apart from “a”+“bc”.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).fold(String::with_capacity(16), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(check: &str, element: &str, channels: &[&str]) -> String {
        let channels: Vec<_> = channels.iter().map(|&id| ChannelId::from(id)).collect();
        fingerprint(check, "居住证申领", element, Kind::Missing, None, &channels)
    }

    #[test]
    fn a_fingerprint_is_the_same_in_every_version_of_the_program() {
        assert_eq!(of("guide.consistency", "time", &["mini"]), "e41dc6b6edc3de71");
    }

    #[test]
    fn the_order_of_the_channels_is_of_no_account_but_every_part_is() {
        assert_eq!(
            of("guide.consistency", "time", &["app", "mini"]),
            of("guide.consistency", "time", &["mini", "app"])
        );
        assert_ne!(of("guide.consistency", "time", &["app"]), of("guide.consistency", "time", &["mini"]));
        assert_ne!(of("guide.consistency", "time", &["app"]), of("guide.process", "time", &["app"]));
        assert_ne!(of("guide.consistencyt", "ime", &["app"]), of("guide.consistency", "time", &["app"]));
    }
}
