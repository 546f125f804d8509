package io.millrace.exchange.server;

import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.venue.ManualClock;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The exchange's servers without sockets, in virtual time: the pipelines, endpoints, limits and faults of {@link ExchangeServer} in
 * front of connections in memory. Nothing happens but in {@link #advanceTo}, so what each client gets is the same bytes every time.
 *
 * <p><b>Thread:</b> one thread calls everything.
 */
public final class VirtualServer implements AutoCloseable {
    private static final long TURN_NS = 500_000;
    private static final int FIRST_CLIENT_PORT = 49_152;
    private static final int CLIENT_PORTS = 16_384;

    private final MarketSource source;
    private final ManualClock clock;
    private final EmbeddedChannel loop;
    private final ExchangeDoors doors;
    private final List<VirtualConnection> connections = new ArrayList<>();
    private int opened;

    /**
     * Opens the doors.
     *
     * @param settings of the servers; ports, host and TLS mean nothing here.
     * @param source the market; closed with the server.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     * @param startNs first time of the driver's clock, epoch nanoseconds.
     * @param script begins with the faults, before anything happens.
     */
    public VirtualServer(
            ServerSettings settings, MarketSource source, byte[] exchangeInfo, long startNs, Consumer<Faults> script) {
        this.source = source;
        this.clock = new ManualClock(startNs);
        this.loop = frozen(new EmbeddedChannel());
        this.doors = new ExchangeDoors(settings, source, clock, exchangeInfo, loop.eventLoop(), null);
        script.accept(doors.hub().faults());
        doors.start();
    }

    private static EmbeddedChannel frozen(EmbeddedChannel channel) {
        channel.freezeTime();
        return channel;
    }

    /** Connects to the port of REST. */
    public VirtualConnection connectRest() {
        return connect(ExchangeDoors.Port.REST);
    }

    /** Connects to the port of the streams. */
    public VirtualConnection connectStreams() {
        return connect(ExchangeDoors.Port.STREAMS);
    }

    /** Connects to the port of the WebSocket API. */
    public VirtualConnection connectWebSocketApi() {
        return connect(ExchangeDoors.Port.WEBSOCKET_API);
    }

    private VirtualConnection connect(ExchangeDoors.Port port) {
        InetSocketAddress client =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST_CLIENT_PORT + opened++ % CLIENT_PORTS);
        EmbeddedChannel channel = frozen(new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return client;
            }
        });
        doors.open(channel, port);
        channel.pipeline().fireChannelActive();
        VirtualConnection connection = new VirtualConnection(channel);
        connections.add(connection);
        return connection;
    }

    /**
     * Lets everything happen up to a time, in turns of half a millisecond: the market, then the connections in the order in which
     * they were opened.
     *
     * @param timeNs epoch nanoseconds, not before the present.
     */
    public void advanceTo(long timeNs) {
        while (clock.epochNs() < timeNs) {
            long stepNs = Math.min(TURN_NS, timeNs - clock.epochNs());
            clock.advance(stepNs);
            turn(loop, stepNs);
            for (VirtualConnection connection : List.copyOf(connections)) {
                turn(connection.channel(), stepNs);
            }
            connections.removeIf(connection -> !connection.isOpen());
            if (doors.hub().failure() != null) {
                throw new IllegalStateException("the market failed", doors.hub().failure());
            }
        }
    }

    private static void turn(EmbeddedChannel channel, long stepNs) {
        channel.advanceTimeBy(stepNs, TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }

    /** Returns the present time, epoch nanoseconds. */
    public long nowNs() {
        return clock.epochNs();
    }

    /** Returns the venue's time as its payloads and {@code /fapi/v1/time} tell it, epoch milliseconds. */
    public long venueTimeMs() {
        return doors.hub().nowMs();
    }

    /** Returns the faults. */
    public Faults faults() {
        return doors.hub().faults();
    }

    @Override
    public void close() {
        doors.hub().close();
        for (VirtualConnection connection : connections) {
            connection.close();
        }
        connections.clear();
        loop.finishAndReleaseAll();
        source.close();
    }
}
