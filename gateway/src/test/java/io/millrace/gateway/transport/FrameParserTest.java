package io.millrace.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameParserTest {
    private static final int MAX = 100_000;

    private final FrameParser parser = new FrameParser(MAX);

    @ParameterizedTest
    @CsvSource({"0", "1", "125", "126", "127", "65535", "65536", "100000"})
    void shouldHandOverTextWhereItStandsWhenItIsInOneFrame(int length) {
        byte[] payload = payload(length, 1);
        UnsafeBuffer buffer = buffer(frame(0x81, payload));

        assertEquals(FrameParser.TEXT, parser.parse(buffer, 0, buffer.capacity()));
        assertEquals(buffer, parser.payload());
        assertEquals(length, parser.payloadLength());
        assertEquals(buffer.capacity(), parser.frameBytes());
        assertEquals(text(payload), payloadOf(parser));
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "125", "126", "65536"})
    void shouldNeedMoreWhenAnyLastByteIsMissing(int length) {
        byte[] frame = frame(0x81, payload(length, 2));
        UnsafeBuffer buffer = buffer(frame);
        for (int limit = 0; limit < frame.length; limit++) {
            assertEquals(FrameParser.NEED_MORE, parser.parse(buffer, 0, limit));
            assertTrue(parser.frameBytes() > limit, "limit=" + limit);
        }
        assertEquals(FrameParser.TEXT, parser.parse(buffer, 0, frame.length));
    }

    @Test
    void shouldJoinFragmentsWhenAPingStandsBetweenThem() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(0x01, payload(200, 3)));
        bytes.writeBytes(frame(0x89, payload(4, 4)));
        bytes.writeBytes(frame(0x00, payload(0, 5)));
        bytes.writeBytes(frame(0x80, payload(70_000, 6)));
        UnsafeBuffer buffer = buffer(bytes.toByteArray());

        assertEquals(FrameParser.FRAGMENT, parser.parse(buffer, 0, buffer.capacity()));
        int at = (int) parser.frameBytes();
        assertEquals(FrameParser.PING, parser.parse(buffer, at, buffer.capacity()));
        assertEquals(text(payload(4, 4)), payloadOf(parser));
        at += (int) parser.frameBytes();
        assertEquals(FrameParser.FRAGMENT, parser.parse(buffer, at, buffer.capacity()));
        at += (int) parser.frameBytes();
        assertEquals(FrameParser.TEXT, parser.parse(buffer, at, buffer.capacity()));
        assertEquals(text(payload(200, 3)) + text(payload(70_000, 6)), payloadOf(parser));
    }

    @ParameterizedTest
    @CsvSource({
        "C1 00, -1", // a reserved bit
        "83 00, -2", // opcode 3
        "8B 00, -2", // opcode 11
        "81 80, -3", // masked
        "09 00, -4", // fragmented ping
        "89 7E 00 7E, -5", // ping of 126 bytes
        "81 7E 00 7D, -6", // 125 in the long form
        "81 7F 00 00 00 00 00 00 FF FF, -6", // 65535 in the longest form
        "81 7F 80 00 00 00 00 00 00 00, -6", // negative
        "80 00, -7", // continuation of nothing
        "88 01, -9|03", // close with one byte
        "88 02, -9|03 ED", // close code 1005
        "88 02, -9|00 00", // close code 0
        "81 7F 00 00 00 00 00 01 86 A1, -10", // one byte above the limit
        "81 7F 00 FF FF FF FF FF FF FF, -10"
    })
    void shouldNameTheViolationWhenAFrameIsIllegal(String header, String expected) {
        String[] parts = expected.split("\\|", -1);
        byte[] bytes = hex(header + (parts.length > 1 ? " " + parts[1] : ""));
        int result = parser.parse(buffer(bytes), 0, bytes.length);
        assertEquals(Integer.parseInt(parts[0]), result);
        assertTrue(FrameParser.violationName(result).length() > 5);
    }

    @Test
    void shouldRefuseAMessageInsideAMessage() {
        byte[] begin = frame(0x01, payload(3, 1));
        assertEquals(FrameParser.FRAGMENT, parser.parse(buffer(begin), 0, begin.length));
        byte[] whole = frame(0x81, payload(3, 1));
        assertEquals(FrameParser.EXPECTED_CONTINUATION, parser.parse(buffer(whole), 0, whole.length));
        assertEquals(FrameParser.EXPECTED_CONTINUATION, parser.parse(buffer(begin), 0, begin.length));
    }

    @Test
    void shouldRefuseFragmentsWhenTogetherTheyAreOneByteTooLong() {
        byte[] begin = frame(0x01, payload(MAX - 10, 1));
        assertEquals(FrameParser.FRAGMENT, parser.parse(buffer(begin), 0, begin.length));
        byte[] more = frame(0x80, payload(11, 1));
        assertEquals(FrameParser.MESSAGE_TOO_LONG, parser.parse(buffer(more), 0, 2));
        byte[] fits = frame(0x80, payload(10, 1));
        assertEquals(FrameParser.TEXT, parser.parse(buffer(fits), 0, fits.length));
        assertEquals(MAX, parser.payloadLength());
    }

    @Test
    void shouldReadTheCloseCode() {
        byte[] bytes = frame(0x88, new byte[] {0x03, (byte) 0xE9, 'x'});
        assertEquals(FrameParser.CLOSE, parser.parse(buffer(bytes), 0, bytes.length));
        assertEquals(CloseCodes.GOING_AWAY, parser.closeCode());
        byte[] empty = frame(0x88, new byte[0]);
        assertEquals(FrameParser.CLOSE, parser.parse(buffer(empty), 0, empty.length));
        assertEquals(CloseCodes.NO_STATUS, parser.closeCode());
    }

    @Property(tries = 300)
    void shouldEqualASimpleParserWhenBytesArriveInAnyPieces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
        Random random = new Random(seed);
        byte[] stream = randomStream(random, n);
        List<String> expected = reference(stream);

        FrameParser pieces = new FrameParser(MAX);
        List<String> found = new ArrayList<>();
        UnsafeBuffer buffer = buffer(stream);
        int head = 0;
        int limit = 0;
        while (limit < stream.length) {
            limit = Math.min(stream.length, limit + 1 + random.nextInt(1 + random.nextInt(300)));
            int result = pieces.parse(buffer, head, limit);
            while (result > FrameParser.NEED_MORE) {
                head += (int) pieces.frameBytes();
                if (result != FrameParser.FRAGMENT) {
                    found.add(result + ":" + payloadOf(pieces));
                }
                result = pieces.parse(buffer, head, limit);
            }
            assertEquals(FrameParser.NEED_MORE, result, "seed=" + seed);
        }
        assertEquals(expected, found, "seed=" + seed);
    }

    @Property(tries = 2000)
    void shouldNeverThrowNorPassTheLimitWhenBytesAreGarbage(
            @ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 3) int from) {
        UnsafeBuffer buffer = buffer(bytes);
        FrameParser fuzzed = new FrameParser(64);
        int head = Math.min(from, bytes.length);
        int result = fuzzed.parse(buffer, head, bytes.length);
        while (result > FrameParser.NEED_MORE) {
            assertTrue(fuzzed.frameBytes() >= 2);
            head += (int) fuzzed.frameBytes();
            assertTrue(head <= bytes.length);
            assertTrue(fuzzed.payloadLength() <= 125 || result == FrameParser.TEXT);
            result = fuzzed.parse(buffer, head, bytes.length);
        }
        if (result == FrameParser.NEED_MORE) {
            assertTrue(head + fuzzed.frameBytes() > bytes.length);
        }
    }

    /** Text messages, whole or in parts, with control frames anywhere between. */
    private static byte[] randomStream(Random random, int messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < messages; i++) {
            int parts = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
            for (int part = 0; part < parts; part++) {
                if (random.nextInt(5) == 0) {
                    out.writeBytes(frame(random.nextBoolean() ? 0x89 : 0x8A, payload(random.nextInt(126), i)));
                }
                int opcode = part == 0 ? 1 : 0;
                int fin = part == parts - 1 ? 0x80 : 0;
                int size = random.nextInt(6) == 0 ? 60_000 / parts + random.nextInt(9_000) : random.nextInt(300);
                out.writeBytes(frame(fin | opcode, payload(size, part)));
            }
        }
        return out.toByteArray();
    }

    /** Written for clarity: all bytes at once, copies everywhere. */
    private static List<String> reference(byte[] stream) {
        List<String> found = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(stream);
        StringBuilder assembled = new StringBuilder();
        while (in.hasRemaining()) {
            int first = in.get() & 0xFF;
            long length = in.get() & 0xFF;
            length = length == 126 ? in.getShort() & 0xFFFF : length == 127 ? in.getLong() : length;
            byte[] payload = new byte[(int) length];
            in.get(payload);
            int opcode = first & 0x0F;
            if (opcode >= 8) {
                found.add(opcode + ":" + text(payload));
                continue;
            }
            assembled.append(text(payload));
            if ((first & 0x80) != 0) {
                found.add("1:" + assembled);
                assembled.setLength(0);
            }
        }
        return found;
    }

    static byte[] frame(int first, byte[] payload) {
        return io.millrace.gateway.StubVenue.frame(first, payload);
    }

    private static byte[] payload(int length, int salt) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) ('a' + (i * 7 + salt) % 26);
        }
        return payload;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String payloadOf(FrameParser parser) {
        byte[] bytes = new byte[parser.payloadLength()];
        parser.payload().getBytes(parser.payloadOffset(), bytes);
        return text(bytes);
    }

    private static UnsafeBuffer buffer(byte[] bytes) {
        return new UnsafeBuffer(bytes);
    }

    private static byte[] hex(String text) {
        String[] parts = text.trim().split(" ", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }
}
