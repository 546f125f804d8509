package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.marketdata.FeedCounters;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.Trust;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a frame costs the feed's thread in allocated bytes, by transport. Without TLS nothing, with it what Netty and the TLS
 * library need for each read and record: printed, and bounded so that a leak is noticed.
 */
@Tag("slow")
class TransportAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long WINDOW_FRAMES = 10_000;
    private static final int LEAST_WINDOWS = 3;
    private static final int WINDOWS = 8;

    @ParameterizedTest
    @CsvSource({"true, false, 0", "false, false, 0", "true, true, 64", "false, true, 64"})
    void shouldStayWithinItsBytesPerFrame(boolean isNative, boolean isTls, int limit) throws Exception {
        ServerSettings server = ServerSettings.loopback();
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(2, 11).withEventsPerSecond(20_000).withDepthTicks(60))
                .withServer(isTls ? server.withTls(null) : server);
        try (SimulatedExchange exchange = SimulatedExchange.start(settings);
                GatewayRig rig = new GatewayRig(settings(exchange, isNative, isTls))) {
            rig.market.isForgetful = true;
            rig.control.isForgetful = true;
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            FeedCounters counters = rig.gateway.status().connections().get(0);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < WINDOWS && (i < LEAST_WINDOWS || least > limit * WINDOW_FRAMES); i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                pump(rig.gateway, counters, counters.get(ConnectionCounters.TEXT_MESSAGES) + WINDOW_FRAMES);
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            System.out.println("transport: " + (isNative ? "epoll" : "NIO") + (isTls ? ", TLS: " : ", plain: ") + least
                    + " bytes allocated for " + WINDOW_FRAMES + " frames");
            assertTrue(least <= limit * WINDOW_FRAMES, least + " bytes for " + WINDOW_FRAMES + " frames");
        }
    }

    private static void pump(MarketDataGateway gateway, FeedCounters counters, long end) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (counters.get(ConnectionCounters.TEXT_MESSAGES) < end) {
            gateway.doWork();
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("frames are missing");
            }
        }
    }

    private static GatewaySettings settings(SimulatedExchange exchange, boolean isNative, boolean isTls) {
        InstrumentSettings instruments = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), 2, GatewayRig.BOOK_STREAMS)),
                Duration.ofHours(1));
        StreamSettings streams = StreamSettings.of(exchange.publicUri(), exchange.marketUri());
        TransportSettings transport = TransportSettings.defaults().withNative(isNative);
        return GatewayRig.patient(
                GatewaySettings.of(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), instruments)
                        .with(streams.with(
                                new StreamSettings.Limits(200, 10, 100, 4096, Duration.ZERO),
                                GatewayRig.life(Duration.ofHours(1), GatewayRig.SILENCE)))
                        .with(isTls ? transport.withTrust(Trust.CERTIFICATE, exchange.certificate()) : transport));
    }
}
