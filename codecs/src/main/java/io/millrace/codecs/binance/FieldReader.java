package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;

/**
 * Reads the members of a scanned object as values. A missing, repeated or unreadable member is noted as the frame's failure
 * and read as 0 (or null), so a caller reads all it needs and asks once, at the end, whether that was good.
 */
final class FieldReader {
    private final FrameBuffer frame;
    private final byte[] bytes;
    private final DecodeFailure failure;
    private final NumberParser numbers;
    private final InstrumentTable instruments;
    private FieldTable fields;
    private int objectStart;

    FieldReader(FrameBuffer frame, DecodeFailure failure, InstrumentTable instruments) {
        this.frame = frame;
        this.bytes = frame.bytes();
        this.failure = failure;
        this.instruments = instruments;
        numbers = new NumberParser(frame, failure);
    }

    /** Reads from the members of the object that begins at {@code objectStart} from now on. */
    void of(FieldTable fields, int objectStart) {
        this.fields = fields;
        this.objectStart = objectStart;
    }

    NumberParser numbers() {
        return numbers;
    }

    /** Returns the position of a member that has to be there exactly once, or -1. */
    int require(int slot) {
        if (!fields.has(slot)) {
            return failure.failWhole(DecodeReason.MISSING_FIELD, objectStart);
        }
        return isOnce(slot) ? fields.start(slot) : -1;
    }

    private boolean isOnce(int slot) {
        if (fields.isRepeated(slot)) {
            failure.failWhole(DecodeReason.DUPLICATE_FIELD, fields.repeat(slot));
            return false;
        }
        return true;
    }

    /** Returns whether an optional member is there; a repeated one is a failure. */
    boolean has(int slot) {
        return fields.has(slot) && isOnce(slot);
    }

    /** Reads a whole number, 0 or more. */
    long count(char key) {
        long value = integer(FieldTable.slot(key));
        return notNegative(value, key);
    }

    /** Reads a whole number, 0 or more. */
    long count(int slot) {
        long value = integer(slot);
        if (value < 0) {
            failure.failWhole(DecodeReason.OUT_OF_RANGE, fields.start(slot));
        }
        return value;
    }

    private long notNegative(long value, char key) {
        if (value < 0) {
            failure.failWhole(DecodeReason.OUT_OF_RANGE, fields.start(FieldTable.slot(key)));
        }
        return value;
    }

    /** Reads a whole number with any sign. */
    long integer(int slot) {
        int start = require(slot);
        if (start < 0) {
            return 0;
        }
        int end = numbers.parse(start);
        if (end < 0) {
            return 0;
        }
        for (int p = start; p < end; p++) {
            if (bytes[p] == '.') {
                failure.fail(DecodeReason.BAD_NUMBER, p);
                return 0;
            }
        }
        int next = bytes[end];
        if (next != ',' && next != '}' && next != ']' && next > ' ') {
            failure.fail(DecodeReason.BAD_NUMBER, end);
            return 0;
        }
        return numbers.mantissa();
    }

    /** Reads a price on the instrument's grid, 0 or more. */
    long ticks(char key, InstrumentSpec spec) {
        return units(require(FieldTable.slot(key)), spec.tick());
    }

    /** Reads a quantity on the instrument's grid, 0 or more. */
    long lots(char key, InstrumentSpec spec) {
        return units(require(FieldTable.slot(key)), spec.lot());
    }

    /** Reads a quantity on the instrument's grid, 0 or more. */
    long lots(int slot, InstrumentSpec spec) {
        return units(require(slot), spec.lot());
    }

    /** Reads a quantity of any sign on the instrument's grid. */
    long signedLots(int slot, InstrumentSpec spec) {
        int start = require(slot);
        return parseQuoted(start, true) < 0 ? 0 : numbers.units(spec.lot(), start);
    }

    /** Reads a price on the instrument's grid, 0 or more; one that is absent, null or empty is 0. */
    long ticksIfTold(int slot, InstrumentSpec spec) {
        return isTold(slot) ? units(fields.start(slot), spec.tick()) : 0;
    }

    /** Reads a quantity on the instrument's grid, 0 or more; one that is absent, null or empty is 0. */
    long lotsIfTold(int slot, InstrumentSpec spec) {
        return isTold(slot) ? units(fields.start(slot), spec.lot()) : 0;
    }

    /** Reads a quoted decimal of any sign at 1e-8; one that is absent, null or empty is 0. */
    long signedE8IfTold(int slot) {
        return isTold(slot) ? signedE8(slot) : 0;
    }

    /** Reads a quoted decimal, 0 or more, into {@link #numbers()}; returns whether there was one. */
    boolean decimalIfTold(int slot) {
        return isTold(slot) && parseQuoted(fields.start(slot), false) >= 0;
    }

    /** Reads a whole number, quoted or not; one that is absent, null or empty is 0. */
    long countIfTold(int slot) {
        if (!isTold(slot)) {
            return 0;
        }
        int start = fields.start(slot);
        if (bytes[start] != '"') {
            return count(slot);
        }
        boolean isWhole = parseQuoted(start, false) >= 0 && numbers.scale() == 0;
        return isWhole ? numbers.mantissa() : 0;
    }

    /** Returns whether an optional member is there and is neither null nor the empty string. */
    boolean isTold(int slot) {
        if (!has(slot)) {
            return false;
        }
        int start = fields.start(slot);
        return bytes[start] != 'n' && (bytes[start] != '"' || bytes[start + 1] != '"');
    }

    /** Reads true or false; one that is absent is false. */
    boolean boolIfTold(int slot) {
        return has(slot) && bool(slot);
    }

    /** Reads up to eight characters, the first into the lowest byte; what is longer is cut. */
    long word(int slot) {
        int start = text(slot);
        if (start < 0) {
            return 0;
        }
        int length = textEnd(start) - start;
        return length == 0 ? 0 : FrameBuffer.word(bytes, start) & TemplateKeys.mask(Math.min(length, Long.BYTES));
    }

    /** Reads a quoted decimal, 0 or more, as steps of a grid. */
    long units(int start, Grid grid) {
        if (parseQuoted(start, false) < 0) {
            return 0;
        }
        return numbers.units(grid, start);
    }

    /** Reads a quoted decimal, 0 or more, at 1e-8. */
    long e8(int slot) {
        int start = require(slot);
        return parseQuoted(start, false) < 0 ? 0 : numbers.scaled(8, start);
    }

    /** Reads a quoted decimal of any sign at 1e-8. */
    long signedE8(int slot) {
        int start = require(slot);
        return parseQuoted(start, true) < 0 ? 0 : numbers.scaled(8, start);
    }

    /** Reads a quoted decimal, 0 or more, into {@link #numbers()}. */
    boolean decimal(char key) {
        return parseQuoted(require(FieldTable.slot(key)), false) >= 0;
    }

    /** Returns whether a member is the empty string. */
    boolean isEmptyText(int slot) {
        int start = require(slot);
        return start >= 0 && bytes[start] == '"' && bytes[start + 1] == '"';
    }

    /**
     * Reads a quoted decimal.
     *
     * @param start at the opening quote, or -1.
     * @return behind the closing quote, or -1.
     */
    int parseQuoted(int start, boolean isSigned) {
        if (start < 0) {
            return -1;
        }
        if (bytes[start] != '"') {
            return failure.fail(DecodeReason.BAD_NUMBER, start);
        }
        if (bytes[start + 1] == '-' && !isSigned) {
            return failure.fail(DecodeReason.OUT_OF_RANGE, start + 1);
        }
        int end = numbers.parse(start + 1);
        if (end < 0) {
            return -1;
        }
        if (bytes[end] != '"') {
            return failure.fail(bytes[end] == '\\' ? DecodeReason.BAD_ESCAPE : DecodeReason.BAD_NUMBER, end);
        }
        return end + 1;
    }

    /** Reads true or false. */
    boolean bool(char key) {
        return bool(FieldTable.slot(key));
    }

    /** Reads true or false. */
    boolean bool(int slot) {
        int start = require(slot);
        if (start < 0) {
            return false;
        }
        if (bytes[start] != 't' && bytes[start] != 'f') {
            failure.fail(DecodeReason.BAD_ENUM, start);
        }
        return bytes[start] == 't';
    }

    /** Returns the position of a plain string's first character, or -1. */
    int text(int slot) {
        int start = require(slot);
        if (start < 0) {
            return -1;
        }
        if (bytes[start] != '"') {
            return failure.fail(DecodeReason.SYNTAX, start);
        }
        int end = textEnd(start + 1);
        if (bytes[end] == '\\') {
            return failure.fail(DecodeReason.BAD_ESCAPE, end);
        }
        return start + 1;
    }

    /** Returns the position of the quote or backslash that ends the plain part of a scanned string. */
    int textEnd(int start) {
        int p = start;
        while (bytes[p] != '"' && bytes[p] != '\\') {
            p++;
        }
        return p;
    }

    /** Returns whether the string whose first character stands at {@code start} equals a plain text. */
    boolean isText(int start, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[start + i] != text[i]) {
                return false;
            }
        }
        return bytes[start + text.length] == '"';
    }

    /** Returns which of some plain texts a string is, or -1. */
    int indexOf(int start, byte[][] texts) {
        for (int i = 0; i < texts.length; i++) {
            if (isText(start, texts[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Finds the instrument of a symbol; null if it is not known or not readable. */
    InstrumentSpec instrument() {
        return instrument(FieldTable.slot('s'));
    }

    /** Finds the instrument whose symbol stands in a member; null if it is not known or not readable. */
    InstrumentSpec instrument(int slot) {
        int start = text(slot);
        return start < 0 ? null : instruments.find(frame.view(), start, textEnd(start) - start);
    }
}
