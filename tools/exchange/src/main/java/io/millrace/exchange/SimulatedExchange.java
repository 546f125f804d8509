package io.millrace.exchange;

import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.server.ConnectionInfo;
import io.millrace.exchange.server.CutReason;
import io.millrace.exchange.server.ExchangeServer;
import io.millrace.exchange.venue.BookImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A venue to develop and test against: a market, and servers in front of it that speak the venue's protocol.
 *
 * <p><b>Thread:</b> the exchange runs on a thread of its own; all methods may be called by any other thread and wait for
 * that one where they have to.
 */
public final class SimulatedExchange implements AutoCloseable {
    private final ExchangeServer server;

    private SimulatedExchange(ExchangeServer server) {
        this.server = server;
    }

    /**
     * Opens an exchange; its market begins at once.
     *
     * @param settings what it is made of.
     * @throws IOException if a port cannot be opened or a file cannot be read.
     * @throws IllegalArgumentException if a fault of the settings cannot happen in this market.
     */
    public static SimulatedExchange start(ExchangeSettings settings) throws IOException {
        OpenedVenue opened = OpenedVenue.of(settings, settings.clock().epochNs());
        return new SimulatedExchange(new ExchangeServer(
                settings.server(), opened.venue(), settings.clock(), opened.exchangeInfo(), opened.script()));
    }

    /** Returns the base of REST requests, {@code http://127.0.0.1:port}; {@code /fapi/v1/...} follows. */
    public URI restUri() {
        return server.restUri();
    }

    /** Returns the base of book streams, {@code ws://127.0.0.1:port/public}; {@code /ws} or {@code /stream} follows. */
    public URI publicUri() {
        return server.publicUri();
    }

    /** Returns the base of the other market streams, {@code ws://127.0.0.1:port/market}. */
    public URI marketUri() {
        return server.marketUri();
    }

    /**
     * Returns the base of private streams, {@code ws://127.0.0.1:port/private}; {@code /ws/<listenKey>}, {@code
     * /ws?listenKey=} or {@code /stream?listenKey=} follows.
     */
    public URI privateUri() {
        return server.privateUri();
    }

    /** Returns the base of streams without a route, which deliver what {@code /public} delivers. */
    public URI unroutedUri() {
        return server.unroutedUri();
    }

    /** Returns the address of the WebSocket API, {@code ws://127.0.0.1:port/ws-fapi/v1}. */
    public URI wsApiUri() {
        return server.wsApiUri();
    }

    /** Returns the PEM file that clients have to trust, or null without TLS. */
    public Path certificate() {
        return server.certificate();
    }

    /** Returns the faults of this exchange. */
    public Faults faults() {
        return server.faults();
    }

    /** Returns market payloads sent so far to all connections, by event type ({@code depthUpdate}, {@code trade} …). */
    public Map<String, Long> framesSent() {
        return server.framesSent();
    }

    /** Returns the stream connections, oldest first. */
    public List<ConnectionInfo> connections() {
        return server.connections();
    }

    /**
     * Returns how many connections the exchange ended, for one reason.
     *
     * @param reason counted.
     */
    public long cuts(CutReason reason) {
        return server.cuts(reason);
    }

    /**
     * Returns the venue's own book of a symbol, as the streams have published it.
     *
     * @param symbol upper case.
     * @return the book, or null if there is none.
     */
    public BookImage bookOf(String symbol) {
        return server.bookOf(symbol);
    }

    /** Stops the market after publishing everything that batched streams have gathered; connections live on. */
    public void pause() {
        server.pause();
    }

    /** Lets the market go on where it stopped. */
    public void resume() {
        server.resume();
    }

    /** Says whether the market has ended: a recording was played to its end. */
    public boolean isExhausted() {
        return server.isExhausted();
    }

    @Override
    public void close() {
        server.close();
    }
}
