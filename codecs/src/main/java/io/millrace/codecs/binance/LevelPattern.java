package io.millrace.codecs.binance;

/**
 * What a level looks like whose numbers have known digits in front of their points and a known tail behind, from the first digit
 * of its price to the first digit of the next level's: {@code 61496.50","0.010"],["}.
 *
 * <p>Its bytes are checked eight at a time by subtraction: {@code x = text - least} is 0 to 9 where a digit stands and 0
 * elsewhere, which {@code (x + slack) | x} without high bits proves. A byte below the least one borrows and so sets its own
 * high bit, and only then can it disturb its neighbour. Words overlap, so that all of their bytes belong to the level.
 */
final class LevelPattern {
    /** Characters of a pattern at most: three words. */
    static final int MAX_LENGTH = 24;

    private static final String BETWEEN = "\",\"";
    private static final String BEHIND = "\"],[\"";
    private static final int DIGIT_SLACK = 0x80 - 10;
    private static final int CHARACTER_SLACK = 0x80 - 1;

    /** Which pattern this is; 0 for none yet. */
    int key;
    /** Characters of the level, those in front of the next one included. */
    int length;
    /** Where the second of three words begins; the first is at 0, the third ends with the level. */
    int secondAt;
    /** Least characters, by word. */
    final long[] least = new long[3];
    /** What is added to find greater ones. */
    final long[] slack = new long[3];

    final Digits ticks = new Digits();
    final Digits lots = new Digits();

    private final byte[] leastText = new byte[MAX_LENGTH];
    private final byte[] slackText = new byte[MAX_LENGTH];

    /** Where the digits of one number stand. */
    static final class Digits {
        /** Where the word begins that ends with the last digit, from the first digit of the price. */
        int wordAt;
        /** The values of the digits in front of the point, by place in that word; they move up over the point. */
        long front;
        /** The values of those behind it. */
        long fraction;

        private void set(int at, int whole, int decimals) {
            int length = decimals == 0 ? whole : whole + 1 + decimals;
            wordAt = at + length - Long.BYTES;
            long values = 0x0F0F0F0F0F0F0F0FL;
            if (decimals == 0) {
                front = 0;
                fraction = values << (Byte.SIZE * (Long.BYTES - whole));
            } else {
                fraction = values << (Byte.SIZE * (Long.BYTES - decimals));
                front = (values >>> (Byte.SIZE * (Long.BYTES - whole))) << (Byte.SIZE * (Long.BYTES - length));
            }
        }
    }

    /**
     * Describes other levels from now on.
     *
     * @return false if no pattern describes them: too many characters.
     */
    boolean set(int newKey, NumberTail ticksTail, int ticksWhole, NumberTail lotsTail, int lotsWhole) {
        int numbers = ticksWhole + ticksTail.length() + lotsWhole + lotsTail.length();
        if (ticksWhole + ticksTail.significant() > Long.BYTES
                || lotsWhole + lotsTail.significant() > Long.BYTES
                || numbers + BETWEEN.length() + BEHIND.length() > MAX_LENGTH) {
            return false;
        }
        key = newKey;
        ticks.set(0, ticksWhole, ticksTail.decimals());
        int lotsAt = put(putNumber(0, ticksWhole, ticksTail), BETWEEN);
        lots.set(lotsAt, lotsWhole, lotsTail.decimals());
        length = put(putNumber(lotsAt, lotsWhole, lotsTail), BEHIND);
        secondAt = Math.min(Long.BYTES, length - Long.BYTES);
        for (int word = 0; word < least.length; word++) {
            int at = word == 0 ? 0 : word == 1 ? secondAt : length - Long.BYTES;
            least[word] = FrameBuffer.word(leastText, at);
            slack[word] = FrameBuffer.word(slackText, at);
        }
        return true;
    }

    private int putNumber(int at, int whole, NumberTail tail) {
        for (int i = 0; i < whole; i++) {
            putDigit(at + i, i == 0 && whole > 1 ? '1' : '0');
        }
        int p = at + whole;
        if (tail.length() > 0) {
            put(p, '.');
        }
        for (int i = 1; i < tail.length(); i++) {
            if (i <= tail.decimals()) {
                putDigit(p + i, '0');
            } else {
                put(p + i, '0');
            }
        }
        return p + tail.length();
    }

    private void putDigit(int at, char leastDigit) {
        leastText[at] = (byte) leastDigit;
        slackText[at] = (byte) (DIGIT_SLACK + leastDigit - '0');
    }

    private int put(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            put(at + i, text.charAt(i));
        }
        return at + text.length();
    }

    private void put(int at, char character) {
        leastText[at] = (byte) character;
        slackText[at] = (byte) CHARACTER_SLACK;
    }
}
