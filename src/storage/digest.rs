//! What tells bytes from others.

use sha2::{Digest, Sha256};

/// Returns the digest of bytes as hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
