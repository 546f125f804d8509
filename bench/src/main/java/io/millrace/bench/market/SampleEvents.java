package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.value.InstrumentSpec;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Encoded events of made-up values, for benchmarks that need some event but no capture. */
public final class SampleEvents {
    private static final String TICKER =
            "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":5123107839020,"
                    + "\"s\":\"BTCUSDT\",\"b\":\"61800.20\",\"B\":\"2.507\",\"a\":\"61800.30\",\"A\":\"2.510\",\"T\":1723161256313,"
                    + "\"E\":1723161256313}}";

    private SampleEvents() {}

    /** Returns the contract that the samples are of. */
    public static InstrumentSpec btc() {
        return Instruments.BTC;
    }

    /** Returns a whole encoded best bid and ask, as the decoder makes it. */
    public static UnsafeBuffer bookTicker() {
        byte[] frame = TICKER.getBytes(StandardCharsets.UTF_8);
        // The decoder may load whole words up to the frame's end.
        UnsafeBuffer padded = new UnsafeBuffer(new byte[frame.length + Long.BYTES * Long.BYTES]);
        padded.putBytes(0, frame);
        MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
        int length = decoder.decode(padded, 0, frame.length, 1, 1);
        if (length <= 0) {
            throw new IllegalStateException("the sample was not decoded: " + length);
        }
        UnsafeBuffer event = new UnsafeBuffer(new byte[length]);
        event.putBytes(0, decoder.encoded(), 0, length);
        return event;
    }
}
