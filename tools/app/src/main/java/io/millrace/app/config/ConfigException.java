package io.millrace.app.config;

/** A configuration that cannot be used. The message names the key, the value, the limit and the cure, in one line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with its one-line message. */
    public ConfigException(String message) {
        super(message);
    }

    /** Makes the exception with its one-line message and what led to it. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
