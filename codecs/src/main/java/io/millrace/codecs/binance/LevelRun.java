package io.millrace.codecs.binance;

import io.millrace.codecs.value.InstrumentSpec;
import java.util.Arrays;

/**
 * Reads levels that look alike, many in a row, by a {@link LevelPattern}: three words compare a whole level, and where the next
 * one begins is known before anything is compared. Where other digits stand in front of a point, it goes on with the pattern
 * of those. Every character is compared or read as a digit.
 *
 * <p>One level by {@link GridReader} and {@link TemplateCursor} means the same, and is what levels go through that no pattern
 * describes, and the last one of a side. It costs several times as much: each number's end has to be known before the next
 * is looked at, and the compiler takes every store to a message for one that may have changed what the readers expect, where
 * here all of that lives in local variables.
 */
final class LevelRun {
    private static final int PATTERNS = 128;
    private static final int PATTERN_SHIFT = Integer.SIZE - 7;
    private static final int MIX = 0x9E3779B1;

    private final byte[] bytes;
    private final byte[] target;
    private final LevelPattern[] patterns = new LevelPattern[PATTERNS];
    private final NumberTail ticks = new NumberTail();
    private final NumberTail lots = new NumberTail();
    private LevelPattern pattern;
    private int family;
    private boolean isPossible;
    private int written;

    LevelRun(FrameBuffer frame, EventScratch scratch) {
        bytes = frame.bytes();
        target = scratch.bytes();
        Arrays.setAll(patterns, i -> new LevelPattern());
        pattern = patterns[0];
    }

    /** Reads levels of this instrument from now on. */
    void begin(InstrumentSpec spec) {
        ticks.grid(spec.tick());
        lots.grid(spec.lot());
        isPossible = ticks.isUnit() && lots.isUnit();
        family = family();
    }

    /** Where the level behind the last one read goes. */
    int written() {
        return written;
    }

    /**
     * Reads levels as long as a pattern describes them, others follow, and there is room.
     *
     * @param start first digit of a price.
     * @param from where the first level goes.
     * @param limit where no more go.
     * @return at the first digit of the price of the first level that was not read.
     */
    int read(int start, int from, int limit) {
        written = from;
        int p = start;
        boolean isKnown = pattern.key >>> 8 == family;
        while (written < limit && isPossible && (isKnown || find(p))) {
            int end = readAlike(p, limit);
            if (end == p && !isKnown) {
                break;
            }
            p = end;
            isKnown = false;
        }
        return p;
    }

    /** Expects zeros behind the grid's decimals as two numbers have them that no pattern described. */
    void learn(int ticksAt, int ticksEnd, int lotsAt, int lotsEnd) {
        ticks.learn(ticksEnd - ticksAt, wholeAt(ticksAt));
        lots.learn(lotsEnd - lotsAt, wholeAt(lotsAt));
        family = family();
    }

    /** Returns what patterns of the same tails have in common; never 0, which stands for no pattern. */
    private int family() {
        return 1 << 16 | ticks.key() << 8 | lots.key();
    }

    private int wholeAt(int p) {
        return Swar.first(Swar.aboveNine(Swar.values(FrameBuffer.word(bytes, p))));
    }

    /** Takes the pattern of the level at a position by the digits in front of its points; false if there is none. */
    private boolean find(int p) {
        int ticksWhole = wholeAt(p);
        int lotsWhole = wholeAt(p + ticksWhole + ticks.length() + 3);
        if ((ticksWhole & 7) == 0 || (lotsWhole & 7) == 0) {
            return false;
        }
        int key = family << 8 | ticksWhole << 4 | lotsWhole;
        LevelPattern found = patterns[(key * MIX) >>> PATTERN_SHIFT];
        if (found.key != key && !found.set(key, ticks, ticksWhole, lots, lotsWhole)) {
            return false;
        }
        pattern = found;
        return true;
    }

    /** Reads levels as long as they look like the pattern; returns the position of the first that was not read. */
    private int readAlike(int start, int limit) {
        LevelPattern level = pattern;
        byte[] text = bytes;
        byte[] out = target;
        long least0 = level.least[0];
        long least1 = level.least[1];
        long least2 = level.least[2];
        long slack0 = level.slack[0];
        long slack1 = level.slack[1];
        long slack2 = level.slack[2];
        int stride = level.length;
        int second = level.secondAt;
        int third = stride - Long.BYTES;
        int ticksAt = level.ticks.wordAt;
        long ticksFront = level.ticks.front;
        long ticksFraction = level.ticks.fraction;
        int lotsAt = level.lots.wordAt;
        long lotsFront = level.lots.front;
        long lotsFraction = level.lots.fraction;
        int at = written;
        int p = start;
        while (at < limit) {
            long x0 = FrameBuffer.word(text, p) - least0;
            long x1 = FrameBuffer.word(text, p + second) - least1;
            long x2 = FrameBuffer.word(text, p + third) - least2;
            if ((((x0 + slack0) | x0 | (x1 + slack1) | x1 | (x2 + slack2) | x2) & Swar.HIGHS) != 0) {
                break;
            }
            long word = FrameBuffer.word(text, p + ticksAt);
            long priceTicks = Swar.number(((word & ticksFront) << Byte.SIZE) | (word & ticksFraction));
            if (priceTicks == 0) {
                break; // for the general decoder
            }
            word = FrameBuffer.word(text, p + lotsAt);
            long qtyLots = Swar.number(((word & lotsFront) << Byte.SIZE) | (word & lotsFraction));
            FrameBuffer.word(out, at, priceTicks);
            FrameBuffer.word(out, at + Long.BYTES, qtyLots);
            at += DepthWriter.LEVEL_LENGTH;
            p += stride;
        }
        written = at;
        return p;
    }
}
