package io.millrace.codecs.value;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The name of an order of ours at the venue. It is made of a tag, which differs from journal to journal, and a key: the run's
 * epoch, the strategy, the order's role and a number that counts up within the run. Nothing of it is random, so a replay
 * gives the same names, and no two orders of an account ever have the same one.
 *
 * <p>As text: {@code m1z141z3-12-3S-417} is the stop number 417 of strategy 3 in run 12 of the journal with tag 1z141z3. Text and
 * (tag, key) stand for each other one to one; any other text is a foreign order's.
 *
 * <p>Stateless; allocates nothing but in {@link #text}.
 */
public final class ClientOrderId {
    /** Bytes of the longest text; the venue allows 36. */
    public static final int MAX_LENGTH = 32;
    /** Largest epoch of a run. */
    public static final int MAX_EPOCH = (1 << 20) - 1;
    /** Largest strategy. */
    public static final int MAX_STRATEGY = 255;
    /** Largest role. */
    public static final int MAX_ROLE = 15;
    /** Key of a text that is no name of ours. */
    public static final long NO_KEY = 0;

    /** Role of an order that opens or adds. */
    public static final int ENTRY = 0;
    /** Role of a protective stop. */
    public static final int STOP = 1;
    /** Role of a take-profit. */
    public static final int TAKE_PROFIT = 2;
    /** Role of an order by which a strategy leaves. */
    public static final int EXIT = 3;
    /** Role of an order by which the engine or an operator leaves, whatever the strategy wants. */
    public static final int FLATTEN = 4;

    private static final String ROLES = "ESPXFGHIJKLMNOQR";
    private static final int TAG_DIGITS = 7;
    private static final int SEQUENCE_BITS = 31;
    private static final int ROLE_BITS = 4;
    private static final int STRATEGY_BITS = 8;
    private static final long TAG_MASK = 0xFFFF_FFFFL;

    private ClientOrderId() {}

    /**
     * Returns a key; above 0 because epochs begin at 1.
     *
     * @param epoch of the run, 1 to {@link #MAX_EPOCH}.
     * @param strategy 0 to {@link #MAX_STRATEGY}.
     * @param role 0 to {@link #MAX_ROLE}.
     * @param sequence 0 to 2^31 - 1.
     * @throws IllegalArgumentException if one is out of range.
     */
    public static long key(int epoch, int strategy, int role, int sequence) {
        if (epoch < 1
                || epoch > MAX_EPOCH
                || strategy < 0
                || strategy > MAX_STRATEGY
                || role < 0
                || role > MAX_ROLE
                || sequence < 0) {
            throw new IllegalArgumentException("epoch=" + epoch + " must be 1 to " + MAX_EPOCH + ", strategy="
                    + strategy
                    + " 0 to " + MAX_STRATEGY + ", role=" + role + " 0 to " + MAX_ROLE + ", sequence=" + sequence
                    + " 0 or more");
        }
        return ((((long) epoch << STRATEGY_BITS | strategy) << ROLE_BITS | role) << SEQUENCE_BITS) | sequence;
    }

    /** Returns the epoch of the run that made the order. */
    public static int epoch(long key) {
        return (int) (key >>> (SEQUENCE_BITS + ROLE_BITS + STRATEGY_BITS));
    }

    /** Returns the strategy that wanted the order. */
    public static int strategy(long key) {
        return (int) (key >>> (SEQUENCE_BITS + ROLE_BITS)) & MAX_STRATEGY;
    }

    /** Returns what the order is for, {@link #ENTRY} for example. */
    public static int role(long key) {
        return (int) (key >>> SEQUENCE_BITS) & MAX_ROLE;
    }

    /** Returns the order's number within its run. */
    public static int sequence(long key) {
        return (int) key & Integer.MAX_VALUE;
    }

    /**
     * Derives the tag of a journal from the time of its first run, so that a new journal repeats no name of an old one.
     *
     * @param firstRunNs epoch nanoseconds of the journal's first RunStarted.
     * @return the tag, never 0.
     */
    public static int tagOf(long firstRunNs) {
        int tag = (int) (firstRunNs / 1_000_000_000L);
        return tag == 0 ? 1 : tag;
    }

    /**
     * Writes the text.
     *
     * @param tag of the journal, not 0.
     * @param key of the order.
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first character.
     * @return number of characters.
     */
    public static int put(int tag, long key, MutableDirectBuffer dst, int offset) {
        int at = offset;
        dst.putByte(at++, (byte) 'm');
        long rest = tag & TAG_MASK;
        for (int i = TAG_DIGITS - 1; i >= 0; i--) {
            dst.putByte(at + i, (byte) Character.forDigit((int) (rest % Character.MAX_RADIX), Character.MAX_RADIX));
            rest /= Character.MAX_RADIX;
        }
        at += TAG_DIGITS;
        dst.putByte(at++, (byte) '-');
        at += dst.putNaturalIntAscii(at, epoch(key));
        dst.putByte(at++, (byte) '-');
        at += dst.putNaturalIntAscii(at, strategy(key));
        dst.putByte(at++, (byte) ROLES.charAt(role(key)));
        dst.putByte(at++, (byte) '-');
        at += dst.putNaturalIntAscii(at, sequence(key));
        return at - offset;
    }

    /**
     * Returns the tag of a text.
     *
     * @return 0 if the text is no name of ours.
     */
    public static int tag(DirectBuffer src, int offset, int length) {
        return key(src, offset, length) == NO_KEY ? 0 : (int) tagValue(src, offset + 1);
    }

    /**
     * Returns the key of a text.
     *
     * @return {@link #NO_KEY} if the text is no name of ours.
     */
    public static long key(DirectBuffer src, int offset, int length) {
        if (length > MAX_LENGTH || length < TAG_DIGITS + 2 || src.getByte(offset) != 'm') {
            return NO_KEY;
        }
        long tag = tagValue(src, offset + 1);
        if (tag <= 0 || tag > TAG_MASK || src.getByte(offset + 1 + TAG_DIGITS) != '-') {
            return NO_KEY;
        }
        int end = offset + length;
        int at = offset + TAG_DIGITS + 2;
        int next = numberEnd(src, at, end);
        long epoch = number(src, at, next, MAX_EPOCH);
        if (epoch < 1 || next >= end || src.getByte(next) != '-') {
            return NO_KEY;
        }
        at = next + 1;
        next = numberEnd(src, at, end);
        long strategy = number(src, at, next, MAX_STRATEGY);
        if (strategy < 0 || next + 1 >= end) {
            return NO_KEY;
        }
        int role = ROLES.indexOf(src.getByte(next));
        if (role < 0 || src.getByte(next + 1) != '-') {
            return NO_KEY;
        }
        at = next + 2;
        next = numberEnd(src, at, end);
        long sequence = number(src, at, next, Integer.MAX_VALUE);
        return sequence < 0 || next != end ? NO_KEY : key((int) epoch, (int) strategy, role, (int) sequence);
    }

    /** Returns the text, for reports. */
    public static String text(int tag, long key) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
        return buffer.getStringWithoutLengthAscii(0, put(tag, key, buffer, 0));
    }

    private static long tagValue(DirectBuffer src, int offset) {
        long value = 0;
        for (int i = 0; i < TAG_DIGITS; i++) {
            int c = src.getByte(offset + i);
            boolean isDigit = c >= '0' && c <= '9';
            if (!isDigit && (c < 'a' || c > 'z')) {
                return -1;
            }
            value = value * Character.MAX_RADIX + (isDigit ? c - '0' : c - 'a' + 10);
        }
        return value;
    }

    private static int numberEnd(DirectBuffer src, int start, int end) {
        int at = start;
        while (at < end && src.getByte(at) >= '0' && src.getByte(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Reads digits without a leading zero; -1 if there is none, or if it is above the limit. */
    private static long number(DirectBuffer src, int start, int end, long limit) {
        int length = end - start;
        if (length == 0 || length > 10 || (length > 1 && src.getByte(start) == '0')) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + src.getByte(i) - '0';
        }
        return value > limit ? -1 : value;
    }
}
