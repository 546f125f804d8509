package io.millrace.engine.feature.micro;

import io.millrace.engine.book.MarketView;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A random market of one instrument as a list of what happened, and a hand that writes views. */
final class Tape {
    static final long START_NS = 1_700_000_000_123_456_789L;

    /** One thing that happened; {@code kind} T touch, B bought, S sold. */
    record Row(long ns, char kind, long a, long b, long c, long d) {}

    final List<Row> rows = new ArrayList<>();

    /**
     * Makes a market.
     *
     * @param seed of everything.
     * @param events how many.
     * @param leapAt event at which prices are multiplied by {@code leap}.
     * @param leap factor, 1 for none.
     */
    static Tape random(long seed, int events, int leapAt, long leap) {
        Random random = new Random(seed);
        Tape tape = new Tape();
        long ns = START_NS;
        long bid = 10_000;
        long ask = 10_001;
        for (int i = 0; i < events; i++) {
            // Mostly dense, at times a pause longer than a window.
            ns += random.nextInt(400) == 0 ? random.nextInt(90) * 1_000_000_000L : random.nextInt(60_000_000);
            if (i == leapAt) {
                bid *= leap;
                ask = bid + 1;
            }
            int kind = random.nextInt(10);
            long lot = random.nextInt(150) == 0 ? 20 : 1;
            if (kind < 6) {
                bid = Math.max(1, bid + random.nextInt(3) - 1);
                ask = bid + 1 + random.nextInt(3);
                boolean isGone = random.nextInt(200) == 0;
                tape.rows.add(new Row(
                        ns, 'T', bid, isGone ? 0 : 1 + random.nextInt(500), ask, isGone ? 0 : 1 + random.nextInt(500)));
            } else {
                boolean isSell = kind < 8;
                tape.rows.add(
                        new Row(ns, isSell ? 'S' : 'B', isSell ? bid : ask, lot * (1 + random.nextInt(300)), 0, 0));
            }
        }
        return tape;
    }

    int size() {
        return rows.size();
    }

    Row row(int index) {
        return rows.get(index);
    }

    /** Feeds one row to the features. */
    void feed(MicroFeatures features, int index, View view) {
        Row row = rows.get(index);
        if (row.kind == 'T') {
            features.onView(row.ns, view.touch(row.a, row.b, row.c, row.d));
        } else {
            features.onTrade(row.ns, row.a, row.b, row.kind == 'S', true);
        }
    }

    /** A view that says what it is told; its layout is that of {@link MarketView}. */
    static final class View {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MarketView.LENGTH]);
        private final MarketView view = new MarketView().wrap(buffer, 0);

        MarketView touch(long bidTicks, long bidLots, long askTicks, long askLots) {
            ByteOrder order = ByteOrder.nativeOrder();
            buffer.putByte(4, (byte) 4);
            buffer.putByte(5, (byte) MarketView.TOUCH_DEPTH);
            int side = (MarketView.LENGTH - 40 - 64) / 2;
            put(order, 40, bidTicks, bidLots);
            put(order, 40 + side, askTicks, askLots);
            return view;
        }

        private void put(ByteOrder order, int at, long ticks, long lots) {
            buffer.putLong(at, ticks, order);
            buffer.putLong(at + 8, lots, order);
            // Five levels hold 2, ten 3 and twenty 5 times the best one.
            buffer.putLong(at + 16, 2 * lots, order);
            buffer.putLong(at + 24, 3 * lots, order);
            buffer.putLong(at + 32, 5 * lots, order);
        }
    }
}
