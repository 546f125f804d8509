package io.millrace.codecs.binance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages frames, from one bit to whole pieces moved about. */
final class FrameMutator {
    private static final byte[][] PIECES = EventWriter.texts(
            "\"",
            "\\",
            "\\u0022",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "-",
            "+",
            ".",
            "e5",
            "E-3",
            "0",
            "00",
            "999999999999999999999",
            "null",
            "true",
            " ",
            "\n",
            "\"e\":\"trade\",",
            ",\"s\":\"BTCUSDT\"",
            ",\"s\":\"CTKUSDT\"",
            ",\"st\":1",
            ",\"st\":2",
            ",\"E\":1",
            ",\"p\":\"0.1\"",
            "[\"1\",\"2\"]",
            "]],\"a\":[[",
            "\"],[\"",
            "{\"stream\":\"x\",\"data\":",
            "\"\"",
            ".000000000000000000");

    private final SplittableRandom random;

    FrameMutator(long seed) {
        random = new SplittableRandom(seed);
    }

    byte[] mutate(byte[] frame, byte[] other) {
        byte[] bytes = frame;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            bytes = mutateOnce(bytes, other);
        }
        return bytes;
    }

    private byte[] mutateOnce(byte[] frame, byte[] other) {
        if (frame.length == 0) {
            return PIECES[random.nextInt(PIECES.length)];
        }
        int at = random.nextInt(frame.length);
        int end = at + random.nextInt(Math.min(24, frame.length - at) + 1);
        byte[] piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(9)) {
            case 0 -> changed(frame, at, (byte) (frame[at] ^ (1 << random.nextInt(8))));
            case 1 -> changed(frame, at, (byte) random.nextInt(256));
            case 2 -> changed(frame, at, (byte) ('0' + random.nextInt(10)));
            case 3 -> spliced(frame, at, end, new byte[0]);
            case 4 -> spliced(frame, at, at, piece);
            case 5 -> spliced(frame, at, end, piece);
            case 6 -> spliced(frame, at, at, Arrays.copyOfRange(frame, at, end));
            case 7 -> Arrays.copyOf(frame, at);
            default -> {
                int from = random.nextInt(other.length);
                int to = from + random.nextInt(Math.min(64, other.length - from) + 1);
                yield spliced(frame, at, end, Arrays.copyOfRange(other, from, to));
            }
        };
    }

    private static byte[] changed(byte[] frame, int at, byte value) {
        byte[] bytes = frame.clone();
        bytes[at] = value;
        return bytes;
    }

    private static byte[] spliced(byte[] frame, int from, int to, byte[] piece) {
        byte[] bytes = new byte[frame.length - (to - from) + piece.length];
        System.arraycopy(frame, 0, bytes, 0, from);
        System.arraycopy(piece, 0, bytes, from, piece.length);
        System.arraycopy(frame, to, bytes, from + piece.length, frame.length - to);
        return bytes;
    }

    static String text(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }
}
