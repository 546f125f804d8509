package io.millrace.journal.segment;

/**
 * A journal that cannot be opened, read or written. The message names the directory or file, the position, the value and
 * limit concerned, and what to do.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, where, and the cure.
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * Makes the exception with its cause.
     *
     * @param message what is wrong, where, and the cure.
     * @param cause what the operating system or library said.
     */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
