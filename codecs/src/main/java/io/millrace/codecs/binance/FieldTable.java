package io.millrace.codecs.binance;

/**
 * Where the members of one JSON object stand. The market streams' keys are one or two letters long, so a key is a slot:
 * letters by their code, the few longer keys in the gaps. Other keys have no slot and are skipped.
 */
class FieldTable {
    static final int NO_SLOT = -1;
    static final int STREAM = '[' - 'A';
    static final int DATA = '\\' - 'A';
    static final int RESULT = ']' - 'A';
    static final int CODE = '^' - 'A';
    static final int ERROR = '_' - 'A';
    static final int ID = '`' - 'A';
    static final int PU = 58;
    static final int PS = 59;
    static final int ST = 60;
    static final int NQ = 61;
    static final int AP = 62;

    /** Most keys of a table. */
    static final int SLOTS = 63;

    private static final long STREAM_KEY = TemplateKeys.word("stream");
    private static final long DATA_KEY = TemplateKeys.word("data");
    private static final long RESULT_KEY = TemplateKeys.word("result");
    private static final long CODE_KEY = TemplateKeys.word("code");
    private static final long ERROR_KEY = TemplateKeys.word("error");

    private final int[] starts = new int[SLOTS];
    private final int[] repeats = new int[SLOTS];
    private long present;
    private long repeated;

    /** Slot of a one-letter key. */
    static int slot(char key) {
        return key - 'A';
    }

    final void clear() {
        present = 0;
        repeated = 0;
    }

    /** Finds the slot of a key without escapes. */
    int slotOf(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 1) {
            int letter = bytes[start];
            boolean isLetter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
            return isLetter ? letter - 'A' : NO_SLOT;
        }
        if (length == 2) {
            return pairSlot(bytes[start], bytes[start + 1]);
        }
        return length < Long.BYTES ? longSlot(FrameBuffer.word(bytes, start) & TemplateKeys.mask(length)) : NO_SLOT;
    }

    private static int pairSlot(int first, int second) {
        return switch ((first << 8) | second) {
            case ('p' << 8) | 'u' -> PU;
            case ('p' << 8) | 's' -> PS;
            case ('s' << 8) | 't' -> ST;
            case ('n' << 8) | 'q' -> NQ;
            case ('a' << 8) | 'p' -> AP;
            case ('i' << 8) | 'd' -> ID;
            default -> NO_SLOT;
        };
    }

    private static int longSlot(long key) {
        if (key == STREAM_KEY) {
            return STREAM;
        }
        if (key == DATA_KEY) {
            return DATA;
        }
        if (key == RESULT_KEY) {
            return RESULT;
        }
        if (key == CODE_KEY) {
            return CODE;
        }
        return key == ERROR_KEY ? ERROR : NO_SLOT;
    }

    /** Notes a member's value; the second one of a key is remembered as a repeat. */
    final void put(int slot, int valueStart, int keyStart) {
        long bit = 1L << slot;
        if ((present & bit) != 0) {
            if ((repeated & bit) == 0) {
                repeats[slot] = keyStart;
            }
            repeated |= bit;
            return;
        }
        present |= bit;
        starts[slot] = valueStart;
    }

    final boolean has(int slot) {
        return (present & (1L << slot)) != 0;
    }

    final boolean isRepeated(int slot) {
        return (repeated & (1L << slot)) != 0;
    }

    /** Position of a present member's value. */
    final int start(int slot) {
        return starts[slot];
    }

    /** Position of the key that came a second time. */
    final int repeat(int slot) {
        return repeats[slot];
    }
}
