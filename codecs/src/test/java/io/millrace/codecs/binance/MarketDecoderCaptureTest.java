package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentTable;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketDecoderCaptureTest {
    @ParameterizedTest
    @CsvSource({CaptureFile.ALTS + ",512", CaptureFile.ALTS + ",1024", CaptureFile.BTC + ",1024"})
    void shouldReadEveryFieldOfEveryFrameLikeTheOracle(String name, int slotLength) {
        InstrumentTable instruments = Instruments.table();
        JacksonOracle oracle = new JacksonOracle(instruments);
        MarketDecoder decoder = new MarketDecoder(instruments, slotLength);
        EncodedEvents events = new EncodedEvents(slotLength);
        UnsafeBuffer src = new UnsafeBuffer(new byte[0]);
        int frames = 0;
        for (CaptureFile.Line line : CaptureFile.read(name)) {
            src.wrap(line.frame());
            int length = decoder.decode(src, 0, line.frame().length, 7, line.receivedNs());
            if (!line.isStream()) {
                assertEquals(-DecodeReason.MISSING_FIELD.value(), length, line::text);
                continue;
            }
            assertTrue(length > 0, () -> decoder.errorPosition() + " of " + line.text());
            assertEquals(length, decoder.encodedLength());
            assertEquals(7, EventHeader.connectionId(decoder.encoded(), 0));
            assertEquals(line.receivedNs(), EventHeader.ingressNs(decoder.encoded(), 0));
            assertEquals(Producers.MARKET, EventHeader.producer(decoder.encoded(), 0));
            List<Map<String, Object>> expected = oracle.read(line.frame());
            if (!expected.equals(events.read(decoder.encoded(), length))) {
                assertEquals(expected, events.read(decoder.encoded(), length), line::text);
            }
            frames++;
        }
        assertEquals(frames, decoder.counters().messages());
    }
}
