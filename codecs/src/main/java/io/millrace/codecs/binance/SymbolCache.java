package io.millrace.codecs.binance;

import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.util.Arrays;

/**
 * Finds the instrument of a quoted symbol by comparing two words. Symbols of up to 15 bytes are kept, with their closing
 * quote, in a direct-mapped table over the {@link InstrumentTable}; longer ones go to that table each time.
 */
final class SymbolCache {
    private static final int ENTRIES = 4096;
    private static final int MAX_LENGTH = 15;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final FrameBuffer frame;
    private final byte[] bytes;
    private final InstrumentTable instruments;
    private final InstrumentSpec[] specs = new InstrumentSpec[ENTRIES];
    private final long[] words = new long[2 * ENTRIES];
    private int revision;

    private InstrumentSpec found;
    private long foundWord;
    private long foundWord2;
    private long foundMask;
    private long foundMask2;
    private int foundLength;

    SymbolCache(FrameBuffer frame, InstrumentTable instruments) {
        this.frame = frame;
        this.bytes = frame.bytes();
        this.instruments = instruments;
        revision = instruments.revision();
    }

    /** Forgets everything if the instrument table has changed. To be called before each frame. */
    void refresh() {
        if (revision != instruments.revision()) {
            revision = instruments.revision();
            Arrays.fill(specs, null);
            found = null;
            foundLength = 0;
        }
    }

    /** Instrument of the symbol last found. */
    InstrumentSpec found() {
        return found;
    }

    /**
     * Finds the instrument of the symbol at a position, usually the one found last.
     *
     * @return length of the symbol without quotes, or 0 if it is none that templates can read.
     */
    int find(int p) {
        long difference = ((FrameBuffer.word(bytes, p) ^ foundWord) & foundMask)
                | ((FrameBuffer.word(bytes, p + 8) ^ foundWord2) & foundMask2);
        return difference == 0 && foundLength != 0 ? foundLength : findOther(p);
    }

    /** Returns whether no step of the instrument's is above 1: templates read decimals, not tens. */
    private static boolean isFine(InstrumentSpec spec) {
        return spec.tick().exponent() <= 0 && spec.lot().exponent() <= 0;
    }

    private int findOther(int p) {
        int length = 0;
        while (length <= InstrumentTable.MAX_SYMBOL_LENGTH && bytes[p + length] != '"') {
            length++;
        }
        if (length == 0 || length > InstrumentTable.MAX_SYMBOL_LENGTH) {
            return 0;
        }
        if (length > MAX_LENGTH) {
            foundLength = 0;
            found = instruments.find(frame.view(), p, length);
            return found == null || !isFine(found) ? 0 : length;
        }
        long mask = TemplateKeys.mask(Math.min(length + 1, 8));
        long mask2 = length < 8 ? 0 : TemplateKeys.mask(length - 7);
        long word = FrameBuffer.word(bytes, p) & mask;
        long word2 = FrameBuffer.word(bytes, p + 8) & mask2;
        int entry = (int) (((word ^ (word2 * MIX)) * MIX) >>> 52);
        if (specs[entry] == null || words[2 * entry] != word || words[2 * entry + 1] != word2) {
            InstrumentSpec spec = instruments.find(frame.view(), p, length);
            if (spec == null || !isFine(spec)) {
                return 0;
            }
            specs[entry] = spec;
            words[2 * entry] = word;
            words[2 * entry + 1] = word2;
        }
        found = specs[entry];
        foundWord = word;
        foundWord2 = word2;
        foundMask = mask;
        foundMask2 = mask2;
        foundLength = length;
        return length;
    }
}
