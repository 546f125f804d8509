package io.millrace.exchange;

import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.server.VirtualConnection;
import io.millrace.exchange.server.VirtualServer;
import io.millrace.exchange.trading.ClientLine;
import io.millrace.exchange.trading.TradingVenue;
import java.io.IOException;

/**
 * A simulated exchange in process, in virtual time. The same settings, start and actions give the same exchange: each client gets
 * the same bytes. Clients connect in memory ({@link #connectRest} and the others), or act on the venue itself ({@link #venue},
 * {@link #line}) where no protocol is needed, as a backtest does; both see the same venue.
 *
 * <p><b>Thread:</b> one thread calls everything.
 */
public final class VirtualExchange implements AutoCloseable {
    private final ExchangeSettings settings;
    private final TradingVenue venue;
    private final VirtualServer server;

    private VirtualExchange(ExchangeSettings settings, OpenedVenue opened) {
        this.settings = settings;
        this.venue = opened.venue();
        this.server =
                new VirtualServer(settings.server(), venue, opened.exchangeInfo(), opened.startNs(), opened.script());
    }

    /**
     * Opens an exchange; nothing happens before {@link #advanceTo}.
     *
     * @param settings what it is made of; its clock, ports and TLS mean nothing here.
     * @param startNs opening time on the driver's clock, epoch nanoseconds; bars begin at their own time with {@link
     *     io.millrace.exchange.klines.KlineMarket#FILE_TIME}.
     * @throws IOException if a file of the market cannot be read.
     */
    public static VirtualExchange open(ExchangeSettings settings, long startNs) throws IOException {
        return new VirtualExchange(settings, OpenedVenue.of(settings, startNs));
    }

    /**
     * Lets everything happen up to a time.
     *
     * @param timeNs epoch nanoseconds, not before the present.
     */
    public void advanceTo(long timeNs) {
        server.advanceTo(timeNs);
        venue.at(timeNs);
    }

    /** Returns the present time, epoch nanoseconds. */
    public long nowNs() {
        return server.nowNs();
    }

    /** Returns the venue's time as its payloads tell it, what signed requests carry, epoch milliseconds. */
    public long venueTimeMs() {
        return server.venueTimeMs();
    }

    /** Connects to the port of REST. */
    public VirtualConnection connectRest() {
        return server.connectRest();
    }

    /** Connects to the port of the streams. */
    public VirtualConnection connectStreams() {
        return server.connectStreams();
    }

    /** Connects to the port of the WebSocket API. */
    public VirtualConnection connectWebSocketApi() {
        return server.connectWebSocketApi();
    }

    /** Returns the venue, for clients that need no protocol. */
    public TradingVenue venue() {
        return venue;
    }

    /** Returns a line to the venue with the latencies of the settings, for a client that needs no protocol. */
    public ClientLine line() {
        return settings.server().line().lineTo(venue);
    }

    /** Returns the faults of the connections. */
    public Faults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        server.close();
    }
}
