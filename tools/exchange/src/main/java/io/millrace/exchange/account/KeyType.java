package io.millrace.exchange.account;

/** How the requests of an API key are signed. */
public enum KeyType {
    /** HMAC with SHA-256 over a shared secret, in hexadecimal. */
    HMAC,
    /** RSA, PKCS 1 version 1.5 with SHA-256, in base 64. */
    RSA,
    /** Ed25519, in base 64; the only type that may log a WebSocket session on. */
    ED25519
}
