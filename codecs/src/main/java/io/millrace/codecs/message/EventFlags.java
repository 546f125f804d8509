package io.millrace.codecs.message;

/** Bits of the header's {@code flags}. A message that is not cut carries {@link #WHOLE}. */
public final class EventFlags {
    /** The first chunk of an update. */
    public static final int FIRST = 1;
    /** The last chunk of an update: now its effect becomes visible. */
    public static final int LAST = 2;
    /** An update in one piece. */
    public static final int WHOLE = FIRST | LAST;

    /** Made of several messages of the venue that came while the engine took nothing. */
    public static final int CONFLATED = 4;

    private EventFlags() {}

    /** Returns whether a message with these flags begins an update. */
    public static boolean isFirst(int flags) {
        return (flags & FIRST) != 0;
    }

    /** Returns whether a message with these flags stands for several of the venue's. */
    public static boolean isConflated(int flags) {
        return (flags & CONFLATED) != 0;
    }

    /** Returns whether a message with these flags ends an update. */
    public static boolean isLast(int flags) {
        return (flags & LAST) != 0;
    }
}
