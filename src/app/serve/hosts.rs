//! Whom we answer: the `Host` header decides.
//!
//! A page of another site can make the browser ask us under that site's own name ("DNS rebinding") and
//! then read drafts. So names other than those of this computer and the one asked for are refused. An
//! address written in numbers cannot be bound anew, so all are good when we listen on all.

use std::net::{IpAddr, Ipv6Addr};

/// The hosts that we answer as.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// The one that we were told to listen on, in lower case, without brackets.
    given: String,
}

impl Hosts {
    /// Returns the hosts of a server that listens on `given`.
    pub fn new(given: &str) -> Self {
        Self { given: bare(given).to_ascii_lowercase() }
    }

    /// Tells whether the value of a `Host` header, with or without port, names us.
    pub fn contain(&self, header: &str) -> bool {
        let Some(host) = without_port(header) else { return false };
        let host = bare(host).to_ascii_lowercase();
        match host.parse::<IpAddr>() {
            Ok(number) => self.listens_on_all() || number_names_us(number) || host == self.given,
            Err(_) => host == "localhost" || host == self.given,
        }
    }

    /// Tells whether we were told to listen on every address of this computer.
    pub fn listens_on_all(&self) -> bool {
        self.given.parse::<IpAddr>().is_ok_and(|number| number.is_unspecified())
    }
}

fn number_names_us(number: IpAddr) -> bool {
    number == IpAddr::from([127, 0, 0, 1]) || number == IpAddr::V6(Ipv6Addr::LOCALHOST)
}

/// Returns `host` without the brackets around an IPv6 address.
pub(super) fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

/// Returns the host of `host:port` or `host`. `None` if the port is not one.
fn without_port(header: &str) -> Option<&str> {
    let after_address = header.rfind(']').map_or(0, |at| at + 1);
    match header[after_address..].find(':') {
        None => Some(header),
        Some(colon) => {
            let (host, port) = header.split_at(after_address + colon);
            port[1..].bytes().all(|byte| byte.is_ascii_digit()).then_some(host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_are_ours() {
        let hosts = Hosts::new("127.0.0.1");
        for ours in ["localhost", "LocalHost:4000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:4000"] {
            assert!(hosts.contain(ours), "{ours}");
        }
        let others = ["", ":", "evil.example", "localhost.evil.example:4000", "127.0.0.1.evil.example"];
        let odd =
            ["192.168.1.5", "localhost:x", "localhost:1:2", "user@localhost", "[::1", "[::1]x", "::1:4000"];
        for other in others.into_iter().chain(odd) {
            assert!(!hosts.contain(other), "{other}");
        }
    }

    #[test]
    fn the_host_asked_for_is_ours_too() {
        assert!(Hosts::new("Desk.local").contain("desk.local:4000"));
        assert!(Hosts::new("192.168.1.5").contain("192.168.1.5"));
        assert!(Hosts::new("0.0.0.0").contain("192.168.1.5:4000"), "numbers cannot be bound anew");
        assert!(!Hosts::new("0.0.0.0").contain("evil.example"));
    }
}
