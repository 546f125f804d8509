package io.millrace.gateway.transport;

/** Whose certificates a TLS connection accepts. */
public enum Trust {
    /** The authorities that the JDK trusts. */
    SYSTEM,
    /** One certificate file, for a simulated exchange with a certificate of its own. */
    CERTIFICATE,
    /** Anybody; refused for any host but the loopback. */
    INSECURE_LOOPBACK
}
