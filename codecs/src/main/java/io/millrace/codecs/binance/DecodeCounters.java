package io.millrace.codecs.binance;

/**
 * What a decoder has seen since it was made. Plain counters, written by the decoder's thread; others may read them for
 * display, where a value slightly old does no harm.
 */
public final class DecodeCounters {
    long frames;
    long templateFrames;
    long messages;
    long controlReplies;
    long unknownEvents;
    long otherProductRows;
    long otherSymbolRows;
    long emptyTrades;
    long errors;

    DecodeCounters() {}

    /** Frames given to the decoder. */
    public long frames() {
        return frames;
    }

    /** Frames that a template matched; the others were read in two passes. */
    public long templateFrames() {
        return templateFrames;
    }

    /** Frames that ended in something to publish, errors not included. */
    public long messages() {
        return messages;
    }

    /** Replies to requests. */
    public long controlReplies() {
        return controlReplies;
    }

    /** Events of types that nobody here reads. */
    public long unknownEvents() {
        return unknownEvents;
    }

    /** Rows of another product than USDⓈ-M futures. */
    public long otherProductRows() {
        return otherProductRows;
    }

    /** Rows of all-market streams whose symbol is not in the table. */
    public long otherSymbolRows() {
        return otherSymbolRows;
    }

    /** Rows of the trade stream without price or quantity. */
    public long emptyTrades() {
        return emptyTrades;
    }

    /** Frames that ended in a DecodeError. */
    public long errors() {
        return errors;
    }
}
