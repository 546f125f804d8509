package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The venue's names of streams. */
final class StreamNames {
    private final StreamSettings settings;

    StreamNames(StreamSettings settings) {
        this.settings = settings;
    }

    /** Returns the instrument's streams on a route, in the order of their indices. */
    List<StreamRef> of(InstrumentSpec spec, Route route) {
        List<StreamRef> refs = new ArrayList<>();
        for (int stream = 0; stream < Streams.COUNT; stream++) {
            if ((spec.streams() & route.streams() & Streams.bit(stream)) != 0) {
                refs.add(new StreamRef(spec.id(), stream, name(spec.symbol(), stream)));
            }
        }
        return refs;
    }

    private String name(String symbol, int stream) {
        String lower = symbol.toLowerCase(Locale.ROOT);
        return switch (stream) {
            case Streams.DEPTH -> lower + "@depth" + speed(settings.depthSpeed(), "250ms");
            case Streams.BOOK_TICKER -> lower + "@bookTicker";
            case Streams.AGG_TRADE -> lower + "@aggTrade";
            case Streams.TRADE -> lower + "@trade";
            case Streams.MARK_PRICE -> lower + "@markPrice" + speed(settings.markPriceSpeed(), "3s");
            case Streams.KLINE -> lower + "@kline_1m";
            case Streams.FORCE_ORDER -> lower + "@forceOrder";
            case Streams.TICKER_24H -> lower + "@ticker";
            default -> throw new IllegalArgumentException("stream index " + stream + " has no name");
        };
    }

    /** The venue's default speed is asked for by saying nothing. */
    private static String speed(String speed, String venueDefault) {
        return speed.equals(venueDefault) ? "" : "@" + speed;
    }

    /** Returns the name for use in a query: letters, digits and {@code @ _ - .} as they are, other bytes escaped. */
    static String inQuery(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (b >= '0' && b <= '9')
                    || (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || b == '@'
                    || b == '_'
                    || b == '-'
                    || b == '.';
            if (isPlain) {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return escaped.toString();
    }
}
