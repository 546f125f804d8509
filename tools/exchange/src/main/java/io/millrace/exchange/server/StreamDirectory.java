package io.millrace.exchange.server;

import io.millrace.exchange.market.AssetIndexes;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The streams that clients can name, as dense numbers: those of each symbol, then those of the whole market.
 *
 * <p><b>Thread:</b> the loop.
 */
final class StreamDirectory {
    /** Not a stream, or none that this door delivers. */
    static final int NONE = -1;

    private static final String PERPETUAL = "_perpetual";

    private final List<SymbolSpec> symbols;
    private final Map<String, Integer> byLowerCase = new HashMap<>();
    private final Map<String, Integer> byAsset = new HashMap<>();
    private final byte[][] prefixes;

    StreamDirectory(List<SymbolSpec> symbols) {
        this.symbols = symbols;
        for (int i = 0; i < symbols.size(); i++) {
            byLowerCase.put(symbols.get(i).lowerCase(), i);
            if (i < AssetIndexes.MOST) {
                byAsset.putIfAbsent(AssetIndexes.symbol(symbols.get(i)).toLowerCase(Locale.ROOT), i);
            }
        }
        prefixes = new byte[size()][];
    }

    /** Returns how many streams there are. */
    int size() {
        return (symbols.size() + 1) * StreamKind.count();
    }

    /** Returns the number of a stream; the symbol may be {@link FrameSink#WHOLE_MARKET}. */
    int number(int symbol, StreamKind kind) {
        return (symbol == FrameSink.WHOLE_MARKET ? symbols.size() : symbol) * StreamKind.count() + kind.index();
    }

    static StreamKind kindOf(int stream) {
        return StreamKind.of(stream % StreamKind.count());
    }

    /** Returns the symbol of a stream, upper case, or null if the stream is of the whole market. */
    String symbolOf(int stream) {
        int symbol = stream / StreamKind.count();
        return symbol < symbols.size() ? symbols.get(symbol).symbol() : null;
    }

    /** Returns what goes in front of a payload in combined mode. */
    byte[] prefix(int stream) {
        return prefixes[stream];
    }

    /** Finds a stream by its name; {@link #NONE} if there is none, or if it comes through other doors only. */
    int find(String name, Door door) {
        int stream = find(name);
        if (stream == NONE || !door.delivers(kindOf(stream))) {
            return NONE;
        }
        if (prefixes[stream] == null) {
            prefixes[stream] = JsonWriter.ascii("{\"stream\":\"" + name + "\",\"data\":");
        }
        return stream;
    }

    private int find(String name) {
        StreamKind wide = StreamKind.ofSuffix(name);
        if (wide != null && wide.isMarketWide()) {
            return number(FrameSink.WHOLE_MARKET, wide);
        }
        int at = name.indexOf('@');
        StreamKind kind = at < 0 ? null : StreamKind.ofSuffix(name.substring(at));
        if (kind == null) {
            return NONE;
        }
        Integer symbol = symbol(name.substring(0, at), kind);
        return symbol == null ? NONE : number(symbol, kind);
    }

    private Integer symbol(String of, StreamKind kind) {
        if (kind == StreamKind.ASSET_INDEX) {
            return byAsset.get(of);
        }
        if (kind.isContinuous()) {
            return of.endsWith(PERPETUAL) ? byLowerCase.get(of.substring(0, of.length() - PERPETUAL.length())) : null;
        }
        return byLowerCase.get(of);
    }
}
