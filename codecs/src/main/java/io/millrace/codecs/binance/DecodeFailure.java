package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;

/** The first thing that went wrong with a frame. Later ones are consequences and are not kept. */
final class DecodeFailure {
    private int frameLength;
    private DecodeReason reason;
    private int position;

    /** Forgets the last frame. */
    void reset(int frameLength) {
        this.frameLength = frameLength;
        reason = null;
        position = 0;
    }

    /**
     * Notes a failure unless one is noted already. Anything that goes wrong behind the last byte is a truncated frame.
     *
     * @return -1, for the caller to return.
     */
    int fail(DecodeReason why, int at) {
        if (reason == null) {
            reason = at >= frameLength && why != DecodeReason.TOO_LONG ? DecodeReason.TRUNCATED : why;
            position = Math.min(at, frameLength);
        }
        return -1;
    }

    /** Notes a failure that is not about the byte at its position. */
    int failWhole(DecodeReason why, int at) {
        if (reason == null) {
            reason = why;
            position = at;
        }
        return -1;
    }

    boolean hasFailed() {
        return reason != null;
    }

    DecodeReason reason() {
        return reason;
    }

    int position() {
        return position;
    }
}
