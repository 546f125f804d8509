package io.millrace.bench.scale;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.EnumSet;
import java.util.Set;

/** Puts the synthetic market on a tape: every stream of every contract, each as fast as the venue offers it by default. */
final class MarketRecorder implements FrameSink {
    private static final Set<StreamKind> KINDS = EnumSet.of(
            StreamKind.DEPTH_100MS,
            StreamKind.BOOK_TICKER,
            StreamKind.AGG_TRADE,
            StreamKind.TRADE,
            StreamKind.MARK_PRICE_1S,
            StreamKind.KLINE_1M,
            StreamKind.FORCE_ORDER,
            StreamKind.TICKER_24H);
    private static final long BEFORE_NS = 4_000_000_000L;
    private static final long STEP_NS = 100_000_000L;
    private static final long SEED = 1;
    private static final int BOOK_LEVELS = 1_000;

    private final SyntheticMarket market;
    private final ScaleTape tape;
    private final byte[][] heads;
    private boolean isOn;

    private MarketRecorder(int instruments, ScaleTape tape) {
        this.market = new SyntheticMarket(SyntheticSettings.of(instruments, SEED), ScaleTape.START_NS);
        this.tape = tape;
        this.heads = new byte[instruments * StreamKind.count()][];
    }

    /**
     * Records until the tape is full.
     *
     * @param instruments contracts.
     * @param most frames.
     * @param mib room for them.
     */
    static ScaleTape record(int instruments, int most, int mib) {
        ScaleTape tape = new ScaleTape(most, mib);
        new MarketRecorder(instruments, tape).record();
        return tape;
    }

    private void record() {
        long nowNs = ScaleTape.START_NS + BEFORE_NS;
        market.advance(nowNs, Integer.MAX_VALUE, this);
        for (int id = 0; id < market.symbols().size(); id++) {
            SymbolSpec symbol = market.symbols().get(id);
            tape.add(symbol.symbol(), symbol.tick(), symbol.lot(), json(market.book(id, BOOK_LEVELS)));
        }
        isOn = true;
        while (!tape.isFull()) {
            nowNs += STEP_NS;
            market.advance(nowNs, Integer.MAX_VALUE, this);
        }
    }

    private static String json(BookImage image) {
        StringBuilder json = new StringBuilder("{\"lastUpdateId\":")
                .append(image.lastUpdateId())
                .append(",\"E\":0,\"T\":0,\"bids\":");
        side(json, image.spec(), image.bidTicks(), image.bidLots());
        side(json.append(",\"asks\":"), image.spec(), image.askTicks(), image.askLots());
        return json.append('}').toString();
    }

    private static void side(StringBuilder json, SymbolSpec spec, long[] ticks, long[] lots) {
        Grid tick = spec.tick();
        json.append('[');
        for (int i = 0; i < ticks.length; i++) {
            json.append(i == 0 ? "[\"" : ",[\"")
                    .append(tick.toDecimal(ticks[i]).toPlainString())
                    .append("\",\"")
                    .append(spec.lot().toDecimal(lots[i]).toPlainString())
                    .append("\"]");
        }
        json.append(']');
    }

    @Override
    public boolean isWanted(int symbol, StreamKind kind) {
        return KINDS.contains(kind);
    }

    @Override
    public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
        if (!isOn || !KINDS.contains(kind)) {
            return;
        }
        int at = symbol * StreamKind.count() + kind.index();
        if (heads[at] == null) {
            String name = market.symbols().get(symbol).lowerCase() + kind.suffix();
            heads[at] = ScaleTape.ascii("{\"stream\":\"" + name + "\",\"data\":");
        }
        tape.append(heads[at], payload, length);
    }
}
