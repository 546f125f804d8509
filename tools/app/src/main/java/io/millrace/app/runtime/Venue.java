package io.millrace.app.runtime;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigException;
import io.millrace.app.config.VenueConfig;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.GatewaySettings;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.clock.ClockSettings;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.InstrumentSettings.SymbolClass;
import io.millrace.gateway.marketdata.Overload;
import io.millrace.gateway.marketdata.StatisticsSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.rest.RestSettings;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** From the configuration to a gateway that feeds a run. */
public final class Venue {
    private static final int WEIGHT_RESERVE_PARTS = 20;

    private Venue() {}

    /**
     * Makes the gateway of a run without orders.
     *
     * @param config names the venue.
     * @param certificate that is trusted beside the system's, null for none.
     * @param run to feed.
     */
    public static MarketDataGateway gateway(Config config, Path certificate, LiveRun run) {
        return gateway(config, certificate, run, LedgerMemory.inProcess(), run.controlInlet());
    }

    /**
     * Makes the gateway of a run.
     *
     * @param config names the venue.
     * @param certificate that is trusted beside the system's, null for none.
     * @param run to feed.
     * @param ledger what was used of the venue's limits.
     * @param control inlet for everything but market data.
     */
    public static MarketDataGateway gateway(
            Config config, Path certificate, LiveRun run, LedgerMemory ledger, Inlet control) {
        return new MarketDataGateway(
                settings(config, certificate),
                ledger,
                new MarketDataGateway.Inlets(run.engine().marketInlet(), control),
                run.instruments(),
                run.clock(),
                new SplittableRandom());
    }

    /**
     * Returns the settings of sockets and TLS.
     *
     * @param config says whether certificates are checked.
     * @param certificate that is trusted beside the system's, null for none.
     */
    public static TransportSettings transport(Config config, Path certificate) {
        TransportSettings transport = TransportSettings.defaults();
        if (certificate != null) {
            return transport.withTrust(Trust.CERTIFICATE, certificate);
        }
        return config.venue().trustAllCertificates() ? transport.withTrust(Trust.INSECURE_LOOPBACK, null) : transport;
    }

    /** Returns the gateway's settings. */
    static GatewaySettings settings(Config config, Path certificate) {
        VenueConfig venue = config.venue();
        try {
            RestSettings rest = RestSettings.of(venue.restUri());
            return new GatewaySettings(
                    new RestSettings(
                            rest.uri(),
                            rest.connections(),
                            rest.timeout(),
                            venue.weightPerMinute(),
                            venue.weightPerMinute() / WEIGHT_RESERVE_PARTS,
                            rest.maxAnswerBytes()),
                    streams(venue),
                    new InstrumentSettings(
                            List.of(new SymbolClass(venue.symbols(), limit(venue), streamBits(venue.streams()))),
                            Duration.ofHours(1)),
                    transport(config, certificate),
                    ClockSettings.DEFAULT,
                    config.engine().slotLengthBytes(),
                    StatisticsSettings.of(venue.pollPrioritised()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("venue: " + e.getMessage(), e);
        }
    }

    private static StreamSettings streams(VenueConfig venue) {
        StreamSettings.Limits limits = StreamSettings.Limits.VENUE;
        StreamSettings.Life life = StreamSettings.Life.VENUE;
        return StreamSettings.of(venue.publicUri(), venue.marketUri())
                .withDepthSpeed(venue.depthSpeedMs() + "ms")
                .withOverload(Overload.valueOf(venue.overload().toUpperCase(Locale.ROOT)))
                .with(
                        new StreamSettings.Limits(
                                venue.streamsPerConnection(),
                                limits.messagesPerSecond(),
                                limits.streamsPerRequest(),
                                limits.maxUrlBytes(),
                                Duration.ofMillis(venue.connectIntervalMs())),
                        new StreamSettings.Life(
                                life.subscribeTimeout(),
                                life.silence(),
                                Duration.ofHours(venue.rolloverHours()),
                                life.lifetimeJitter(),
                                life.handover(),
                                life.firstBackoff(),
                                life.maxBackoff()));
    }

    private static int limit(VenueConfig venue) {
        return venue.symbols().isEmpty()
                ? InstrumentSpec.MAX_INSTRUMENTS
                : venue.symbols().size();
    }

    private static int streamBits(List<String> streams) {
        int bits = 0;
        for (String stream : streams) {
            bits |= switch (stream) {
                case "depth" -> Streams.bit(Streams.DEPTH);
                case "bookTicker" -> Streams.bit(Streams.BOOK_TICKER);
                case "aggTrade" -> Streams.bit(Streams.AGG_TRADE);
                case "trade" -> Streams.bit(Streams.TRADE);
                case "markPrice" -> Streams.bit(Streams.MARK_PRICE);
                case "kline" -> Streams.bit(Streams.KLINE);
                case "forceOrder" -> Streams.bit(Streams.FORCE_ORDER);
                default -> Streams.bit(Streams.TICKER_24H);
            };
        }
        return bits;
    }
}
