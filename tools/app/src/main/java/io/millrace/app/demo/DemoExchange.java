package io.millrace.app.demo;

import io.millrace.app.config.Config;
import io.millrace.app.config.ExchangeConfig;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.trading.PaperVenue;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.capture.CaptureSettings;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The exchange that a demonstration runs against. */
public final class DemoExchange {
    /** Every stream that a capture can hold. */
    static final List<String> ALL_STREAMS =
            List.of("depth", "bookTicker", "aggTrade", "trade", "markPrice", "kline", "forceOrder", "ticker24h");

    private static final int WEIGHT_PER_MINUTE = 1_000_000;

    private DemoExchange() {}

    /**
     * Opens one with a recorded market.
     *
     * @param settings name the recording.
     * @param symbols in it.
     */
    static SimulatedExchange play(DemoSettings settings, int symbols) {
        // The first frame waits for the engine's streams, so that all of them arrive.
        CaptureSettings capture = CaptureSettings.of(settings.capture())
                .withSpeed(settings.speed())
                .withStartAfterStreams(symbols * ALL_STREAMS.size());
        ServerSettings server = server(settings.config().exchange());
        return opened(
                () -> SimulatedExchange.start(ExchangeSettings.capture(capture).withServer(server)));
    }

    /**
     * Opens one with a synthetic market and an account on it.
     *
     * @param config of the market.
     */
    static PaperVenue withAccount(ExchangeConfig config) {
        return opened(() -> PaperVenue.open(settings(config)));
    }

    /**
     * Opens one with an account for a run in mode {@code paper}: on the recording that the configuration names, where what the
     * account takes from the book stays gone until the recording tells the level anew, or on a synthetic market. A recording
     * is played at its own pace and from the start on: the venue's clock goes with it, and orders' times are judged by that.
     *
     * @param config of the run.
     * @throws CommandFailure if the recording cannot be played.
     */
    public static PaperVenue paper(Config config) {
        ExchangeConfig exchange = config.exchange();
        if (exchange.capture().isEmpty()) {
            return withAccount(exchange);
        }
        CaptureSettings capture = CaptureSettings.of(Path.of(exchange.capture()))
                .withSpeed(1)
                .withStartAfterStreams(0)
                .withImpact(true);
        return opened(() -> PaperVenue.open(ExchangeSettings.capture(capture).withServer(server(exchange))));
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T opened(Opening<T> opening) {
        try {
            return opening.open();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, "the simulated exchange cannot start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT, "the simulated exchange cannot start: " + e.getMessage(), e);
        }
    }

    /** Returns the settings of a synthetic market; its request weight is no bottleneck. */
    public static ExchangeSettings settings(ExchangeConfig config) {
        return ExchangeSettings.synthetic(SyntheticSettings.of(config.symbols(), config.seed())
                        .withEventsPerSecond(config.eventsPerSecond()))
                .withServer(server(config));
    }

    private static ServerSettings server(ExchangeConfig config) {
        ServerSettings server = ServerSettings.loopback()
                .withPorts(config.port(), 0)
                .withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(WEIGHT_PER_MINUTE));
        if (config.tls()) {
            server = server.withTls(null);
        }
        return server;
    }
}
