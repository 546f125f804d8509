package io.millrace.codecs.binance;

import io.millrace.codecs.event.DepthDiffEncoder;

/**
 * {@code depthUpdate} as the venue sends it: e E T s [ps] [st] U u pu b a. Levels go straight to their place in the messages.
 */
final class DepthTemplate {
    /** First eight bytes of the event's type. */
    static final long TYPE = TemplateKeys.word("depthUpd");

    private static final long FRAME = EventScratch.frame(DepthDiffEncoder.TEMPLATE_ID, DepthDiffEncoder.BLOCK_LENGTH);
    private static final long TYPE_END = TemplateKeys.word("ate\",\"E\"");
    private static final long COLON = TemplateKeys.word(":");
    private static final long T_KEY = TemplateKeys.word(",\"T\":");
    private static final long S_KEY = TemplateKeys.word(",\"s\":\"");
    private static final long FIRST_KEY = TemplateKeys.word(",\"U\":");
    private static final long LAST_KEY = TemplateKeys.word(",\"u\":");
    private static final long PREV_KEY = TemplateKeys.word(",\"pu\":");
    private static final long BIDS_KEY = TemplateKeys.word(",\"b\":[");
    private static final long ASKS_KEY = TemplateKeys.word(",\"a\":[");
    private static final long LEVEL_START = TemplateKeys.word("[\"");
    private static final long LEVEL_MIDDLE = TemplateKeys.word("\",\"");
    private static final long LEVEL_NEXT = TemplateKeys.word("\"],[\"");
    private static final long LEVELS_END = TemplateKeys.word("\"]]");
    private static final long KEY1 = TemplateKeys.mask(1);
    private static final long KEY2 = TemplateKeys.mask(2);
    private static final long KEY3 = TemplateKeys.mask(3);
    private static final long KEY5 = TemplateKeys.mask(5);
    private static final long KEY6 = TemplateKeys.mask(6);

    private final byte[] bytes;
    private final TemplateCursor cursor;
    private final DepthWriter writer;
    private final GridReader ticks;
    private final GridReader lots;
    private final LevelRun run;
    private int idDigits;
    private int written;

    DepthTemplate(FrameBuffer frame, TemplateCursor cursor, EventScratch scratch, DepthWriter writer) {
        bytes = frame.bytes();
        this.cursor = cursor;
        this.writer = writer;
        ticks = new GridReader(frame);
        lots = new GridReader(frame);
        run = new LevelRun(frame, scratch);
    }

    /** Bytes of the messages of the update last read. */
    int length() {
        return written;
    }

    /**
     * Reads an update whose type began with {@link #TYPE}.
     *
     * @param start of the type.
     * @return at the event's closing brace, or nowhere.
     */
    int read(int start) {
        if (!cursor.is(start + 8, TYPE_END, -1L) || !cursor.is(start + 16, COLON, KEY1)) {
            return cursor.nowhere();
        }
        int p = cursor.time(start + 17);
        long eventTimeMs = cursor.value();
        if (!cursor.is(p, T_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p = cursor.time(p + 5);
        long transactTimeMs = cursor.value();
        if (!cursor.is(p, S_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = cursor.product(cursor.symbol(p + 6));
        if (!cursor.is(p, FIRST_KEY, KEY5)) {
            return cursor.nowhere();
        }
        ticks.of(cursor.instrument().tick());
        lots.of(cursor.instrument().lot());
        run.begin(cursor.instrument());
        written = writer.begin(FRAME, cursor.instrument(), eventTimeMs, transactTimeMs);
        p = cursor.integer(p + 5, idDigits);
        long firstUpdateId = cursor.value();
        if (!cursor.is(p, LAST_KEY, KEY5)) {
            return cursor.nowhere();
        }
        p = cursor.integer(p + 5, idDigits);
        long lastUpdateId = cursor.value();
        if (!cursor.is(p, PREV_KEY, KEY6)) {
            return cursor.nowhere();
        }
        int idStart = p + 6;
        p = cursor.integer(idStart, idDigits);
        idDigits = p - idStart;
        writer.ids(firstUpdateId, lastUpdateId, cursor.value());
        return readSides(p);
    }

    private int readSides(int start) {
        if (!cursor.is(start, BIDS_KEY, KEY6)) {
            return cursor.nowhere();
        }
        int p = readLevels(start + 6);
        written = writer.endBids(written);
        if (!cursor.is(p, ASKS_KEY, KEY6)) {
            return cursor.nowhere();
        }
        p = readLevels(p + 6);
        if (writer.isTooLong(written)) {
            return cursor.nowhere();
        }
        written = writer.finish(written);
        return p;
    }

    /** Reads levels from behind the opening bracket of their array to behind its closing one. */
    private int readLevels(int start) {
        if (bytes[start] == ']') {
            return start + 1;
        }
        if (!cursor.is(start, LEVEL_START, KEY2)) {
            return cursor.nowhere();
        }
        int p = start + 2;
        int at = written;
        while (true) {
            if (at == writer.limit()) {
                at = writer.next(at);
                if (at == DepthWriter.TOO_MANY) {
                    return cursor.nowhere();
                }
            }
            p = run.read(p, at, writer.limit());
            at = run.written();
            if (at == writer.limit()) {
                continue;
            }
            int ticksAt = p;
            int ticksEnd = ticks.read(p);
            long priceTicks = ticks.value();
            if (!cursor.is(ticksEnd, LEVEL_MIDDLE, KEY3) || priceTicks == 0) {
                return cursor.nowhere();
            }
            p = lots.read(ticksEnd + 3);
            run.learn(ticksAt, ticksEnd, ticksEnd + 3, p);
            writer.put(at, priceTicks, lots.value());
            at += DepthWriter.LEVEL_LENGTH;
            if (cursor.is(p, LEVEL_NEXT, KEY5)) {
                p += 5;
            } else if (cursor.is(p, LEVELS_END, KEY3)) {
                written = at;
                return p + 3;
            } else {
                return cursor.nowhere();
            }
        }
    }
}
