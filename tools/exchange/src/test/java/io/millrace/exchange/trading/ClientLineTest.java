package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.LatencyModels;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientLineTest {
    private static final long MS = 1_000_000;

    private final Rig rig = new Rig(SyntheticSettings.of(1, 5), 1, 100_000);
    private final List<String> heard = new ArrayList<>();

    private String time() {
        return (rig.venue.clock().epochNs() - Rig.START_NS) / MS + " ms ";
    }

    @Test
    void shouldCarryRequestsAndAnswersInTheVenuesTime() {
        ClientLine line = new ClientLine(
                rig.venue, LatencyModels.constant(3 * MS), LatencyModels.constant(2 * MS), LatencyModels.constant(0));
        int account = rig.clients.get(0).id();
        line.<Order>send(
                venue -> {
                    heard.add(time() + "arrives");
                    return venue.place(
                            OrderRequest.of(account, 0, Side.BUY).market(20).build());
                },
                (order, refusal) -> heard.add(time() + order.status()));
        line.<Order>send(
                venue -> venue.cancel(account, 0, 77, null), (order, refusal) -> heard.add(time() + refusal.code()));
        assertEquals(List.of(), heard);
        rig.pass(10);
        assertEquals(List.of("3 ms arrives", "5 ms FILLED", "5 ms -2011"), heard);
    }

    @Test
    void shouldDelayMarketDataAndKeepItsOrder() {
        List<Integer> published = new ArrayList<>();
        List<Integer> arrived = new ArrayList<>();
        ClientLine line = new ClientLine(
                rig.venue,
                LatencyModels.constant(0),
                LatencyModels.constant(0),
                LatencyModels.inOrder(LatencyModels.logNormal(MS, 20 * MS, 0.5, 200 * MS, 3)));
        FrameSink feed = line.feed(collect(arrived));
        rig.venue.publishTo(new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return feed.isWanted(symbol, kind);
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                published.add(hash(payload, length));
                feed.onFrame(symbol, kind, payload, length);
            }
        });
        rig.pass(2_000);
        assertTrue(arrived.size() < published.size() && arrived.size() > 100, () -> arrived.size() + " arrived");
        assertEquals(published.subList(0, arrived.size()), arrived);
    }

    private static FrameSink collect(List<Integer> hashes) {
        return new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return true;
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                hashes.add(hash(payload, length));
            }
        };
    }

    private static int hash(byte[] payload, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + payload[i];
        }
        return hash;
    }
}
