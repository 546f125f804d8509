package io.millrace.gateway;

import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.rest.RestSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A gateway whose agent runs on the test's own thread. */
public final class GatewayRig implements AutoCloseable {
    public static final int ALL_STREAMS = (1 << Streams.COUNT) - 1;
    public static final int BOOK_STREAMS = 1 << Streams.DEPTH | 1 << Streams.BOOK_TICKER;
    public static final String TIME = "{\"serverTime\":1795262400000}";
    /** Silence after which connections that nobody feeds are given up: longer than any test lets pass by accident. */
    public static final Duration SILENCE = Duration.ofHours(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long IDLE_NS = 10_000;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);

    public final RecordingInlet market = new RecordingInlet();
    public final RecordingInlet control = new RecordingInlet();
    public final InstrumentTable known = new InstrumentTable();
    public final TestClock time = new TestClock();
    public final IngressClock clock = time.ingress();
    public final MarketDataGateway gateway;

    public GatewayRig(GatewaySettings settings) {
        gateway =
                new MarketDataGateway(settings, market, control, known, clock, RandomGenerator.of("L64X128MixRandom"));
        gateway.onStart();
    }

    /** Runs the agent until the condition holds. */
    public void pumpUntil(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not within 120 s: " + what);
            }
            if (gateway.doWork() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    /** Runs the agent for a time: only to show that something does not happen. */
    public void pumpFor(long millis) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        pumpUntil("time passes", () -> System.nanoTime() > deadlineNs);
    }

    @Override
    public void close() {
        gateway.onClose();
    }

    /** Settings for a stub: quick reconnects, no pacing of connections, all the time in the world for answers. */
    public static GatewaySettings settings(StubVenue venue, InstrumentSettings instruments) {
        return patient(GatewaySettings.of(
                        venue.uri("http", ""), venue.uri("ws", "/public"), venue.uri("ws", "/market"), instruments)
                .with(streams(venue, 4096)));
    }

    /** Returns the settings with the longest time limits for connecting and for requests. */
    public static GatewaySettings patient(GatewaySettings settings) {
        RestSettings rest = settings.rest();
        return settings.with(settings.transport().withTimeouts(MINUTE, MINUTE))
                .with(new RestSettings(
                        rest.uri(),
                        rest.connections(),
                        MINUTE,
                        rest.weightPerMinute(),
                        rest.weightReserve(),
                        rest.maxAnswerBytes()));
    }

    public static StreamSettings streams(StubVenue venue, int maxUrlBytes) {
        return StreamSettings.of(venue.uri("ws", "/public"), venue.uri("ws", "/market"))
                .with(
                        new StreamSettings.Limits(200, 10, 100, maxUrlBytes, Duration.ZERO),
                        life(Duration.ofHours(23), SILENCE));
    }

    public static StreamSettings.Life life(Duration lifetime, Duration silence) {
        return new StreamSettings.Life(
                MINUTE,
                silence,
                lifetime,
                Duration.ZERO,
                Duration.ofMinutes(10),
                Duration.ofMillis(5),
                Duration.ofMillis(50));
    }

    /** A stub that knows the symbols and answers REST. */
    public static StubVenue venue(String... symbols) {
        StubVenue venue = new StubVenue();
        venue.on("/fapi/v1/time", target -> StubVenue.Reply.json(TIME));
        venue.on("/fapi/v1/exchangeInfo", target -> StubVenue.Reply.json(exchangeInfo(List.of(symbols), "0.10")));
        return venue;
    }

    public static String exchangeInfo(List<String> symbols, String tick) {
        StringBuilder json = new StringBuilder("{\"timezone\":\"UTC\",\"serverTime\":1795262400000,\"rateLimits\":["
                + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":2400}],"
                + "\"symbols\":[");
        String separator = "";
        for (String symbol : symbols) {
            json.append(separator)
                    .append("{\"symbol\":\"")
                    .append(symbol)
                    .append("\",\"pair\":\"")
                    .append(symbol);
            json.append(
                    "\",\"contractType\":\"PERPETUAL\",\"deliveryDate\":4133404800000,\"onboardDate\":1569398400000,"
                            + "\"status\":\"TRADING\",\"baseAsset\":\"X\",\"quoteAsset\":\"USDT\",\"marginAsset\":\"USDT\","
                            + "\"pricePrecision\":2,\"quantityPrecision\":3,\"liquidationFee\":\"0.012500\","
                            + "\"marketTakeBound\":\"0.05\",\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"1\","
                            + "\"maxPrice\":\"809484\",\"tickSize\":\"" + tick + "\"},{\"filterType\":\"LOT_SIZE\","
                            + "\"minQty\":\"0.001\",\"maxQty\":\"1000\",\"stepSize\":\"0.001\"},"
                            + "{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0.001\",\"maxQty\":\"120\",\"stepSize\":\"0.001\"},"
                            + "{\"filterType\":\"MIN_NOTIONAL\",\"notional\":\"100\"},{\"filterType\":\"PERCENT_PRICE\","
                            + "\"multiplierUp\":\"1.0500\",\"multiplierDown\":\"0.9500\",\"multiplierDecimal\":\"4\"}]}");
            separator = ",";
        }
        return json.append("]}").toString();
    }

    public static String ticker(String symbol, long updateId) {
        return ticker(symbol, updateId, 1795262400111L);
    }

    public static String ticker(String symbol, long updateId, long eventTimeMs) {
        return "{\"stream\":\"" + symbol.toLowerCase(java.util.Locale.ROOT)
                + "@bookTicker\",\"data\":{\"e\":\"bookTicker\","
                + "\"u\":" + updateId + ",\"s\":\"" + symbol + "\",\"ps\":\"" + symbol + "\",\"st\":1,\"E\":"
                + eventTimeMs
                + ",\"T\":" + eventTimeMs
                + ",\"b\":\"91250.10\",\"B\":\"3.204\",\"a\":\"91250.20\",\"A\":\"0.871\"}}";
    }
}
