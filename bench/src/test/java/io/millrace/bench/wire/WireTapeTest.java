package io.millrace.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTapeTest {
    private static final String TICKER = """
        {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":2,"s":"BTCUSDT","b":"61800.20","B":"2.5","a":"61800.30","A":"2.5"}}\
        """;

    @Test
    void shouldPutRecordedFramesOnTheWireAsAVenueDoes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("capture.jsonl.gz");
        write(file, "1000 {\"stream\":\"btcusdt@trade\"}\n1400 {\"lastUpdateId\":1}\n1500 " + TICKER + "\n");
        WireTape tape = WireTape.load(file);
        assertEquals(2, tape.count());
        assertEquals("{\"lastUpdateId\":1}", tape.snapshot());
        assertEquals(500, tape.arrivalNs(1));
        assertTrue(tape.isTicker(1) && tape.isPublic(1));
        assertTrue(!tape.isTicker(0) && !tape.isPublic(0));
        assertEquals(61_800_20000000L, tape.bidE8(1));
        assertEquals(61_800_30000000L, tape.askE8(1));
        ByteBuf frame = tape.frame(1);
        assertEquals((byte) 0x81, frame.readByte());
        assertEquals(126, frame.readByte());
        assertEquals(TICKER.length(), frame.readShort());
        assertEquals(TICKER, frame.toString(StandardCharsets.US_ASCII));
        frame.release();
    }

    @Test
    void shouldRefuseACaptureWithoutADepthSnapshot(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("capture.jsonl.gz");
        write(file, "1500 " + TICKER + "\n");
        IOException error = assertThrows(IOException.class, () -> WireTape.load(file));
        assertTrue(error.getMessage().contains("no depth snapshot"), error.getMessage());
    }

    private static void write(Path file, String lines) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(lines.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
