package io.millrace.exchange.server;

import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.server.ExchangeDoors.Port;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.VenueClock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * The two listeners, REST and streams, and the one event loop that everything runs on.
 *
 * <p><b>Thread:</b> public methods may be called by any thread but the loop itself; they wait for the loop.
 */
public final class ExchangeServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SEND_BUFFER_BYTES = 1024 * 1024;
    private static final long SHUTDOWN_SECONDS = 5;

    private final ServerSettings settings;
    private final MarketSource source;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final ExchangeDoors doors;
    private final MarketHub hub;
    private final TlsMaterial tls;
    private final Path temporaryDirectory;
    private final Channel restChannel;
    private final Channel streamChannel;
    private final Channel wsApiChannel;

    /**
     * Opens the listeners and starts the market.
     *
     * @param settings of the servers.
     * @param source the market; closed with the server.
     * @param clock decides how fast the market goes.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     * @throws IOException if a port cannot be opened or a certificate cannot be made.
     */
    public ExchangeServer(ServerSettings settings, MarketSource source, VenueClock clock, byte[] exchangeInfo)
            throws IOException {
        this(settings, source, clock, exchangeInfo, faults -> {});
    }

    /**
     * Opens the listeners and starts the market with a script.
     *
     * @param settings of the servers.
     * @param source the market; closed with the server.
     * @param clock decides how fast the market goes.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     * @param script begins with the faults, before anything happens and before anybody can connect.
     * @throws IOException if a port cannot be opened or a certificate cannot be made.
     */
    public ExchangeServer(
            ServerSettings settings,
            MarketSource source,
            VenueClock clock,
            byte[] exchangeInfo,
            Consumer<Faults> script)
            throws IOException {
        this.settings = settings;
        this.source = source;
        this.temporaryDirectory =
                settings.isTls() && settings.tlsDirectory() == null ? Files.createTempDirectory("exchange-tls") : null;
        this.tls = settings.isTls() ? tls(settings, temporaryDirectory) : null;
        boolean isEpoll = Epoll.isAvailable();
        IoHandlerFactory io = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("exchange", true), io);
        loop = group.next();
        doors = new ExchangeDoors(settings, source, clock, exchangeInfo, loop, tls);
        hub = doors.hub();
        try {
            script.accept(hub.faults());
        } catch (IllegalArgumentException e) {
            var unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        try {
            restChannel = bind(bootstrap, settings.restPort(), Port.REST);
            streamChannel = bind(bootstrap, settings.streamPort(), Port.STREAMS);
            wsApiChannel = bind(bootstrap, settings.wsApiPort(), Port.WEBSOCKET_API);
        } catch (IOException e) {
            var unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        doors.start();
    }

    private static TlsMaterial tls(ServerSettings settings, Path temporaryDirectory) throws IOException {
        Path directory = temporaryDirectory == null ? settings.tlsDirectory() : temporaryDirectory;
        try {
            return TlsMaterial.in(directory, settings.host());
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + directory + " cannot be used, delete the directory", e);
        }
    }

    private Channel bind(ServerBootstrap bootstrap, int port, Port door) throws IOException {
        var bound = bootstrap
                .clone()
                .childHandler(new Initializer(door))
                .bind(settings.host(), port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + port + ", choose another port or 0 for any",
                    bound.cause());
        }
        return bound.channel();
    }

    /** Returns the base of REST requests. */
    public URI restUri() {
        return uri("http", restChannel, "");
    }

    /** Returns the base of book streams; {@code /ws} and {@code /stream} follow. */
    public URI publicUri() {
        return uri("ws", streamChannel, "/public");
    }

    /** Returns the base of the other market streams; {@code /ws} and {@code /stream} follow. */
    public URI marketUri() {
        return uri("ws", streamChannel, "/market");
    }

    /**
     * Returns the base of private streams; {@code /ws/<listenKey>}, {@code /ws?listenKey=} or {@code /stream?listenKey=}
     * follows.
     */
    public URI privateUri() {
        return uri("ws", streamChannel, "/private");
    }

    /** Returns the base of streams without a route, as it was before the venue had routes. */
    public URI unroutedUri() {
        return uri("ws", streamChannel, "");
    }

    /** Returns the address of the WebSocket API. */
    public URI wsApiUri() {
        return uri("ws", wsApiChannel, WebSocketApiHandler.PATH);
    }

    private URI uri(String scheme, Channel channel, String path) {
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        return URI.create(scheme + (settings.isTls() ? "s" : "") + "://" + settings.host() + ":" + port + path);
    }

    /** Returns the PEM file that clients have to trust, or null without TLS. */
    public Path certificate() {
        return tls == null ? null : tls.certificate();
    }

    /** Returns the faults. */
    public Faults faults() {
        return hub.faults();
    }

    /** Returns payloads sent so far to all connections, market and private, by event type. */
    public Map<String, Long> framesSent() {
        Map<String, Long> byEvent = byEvent(hub.sent());
        hub.privates().addSent(byEvent);
        return byEvent;
    }

    /** Adds counts by stream up to counts by event type. */
    static Map<String, Long> byEvent(AtomicLongArray counts) {
        Map<String, Long> byEvent = new TreeMap<>();
        for (int i = 0; i < counts.length(); i++) {
            if (counts.get(i) > 0) {
                byEvent.merge(StreamKind.of(i).event(), counts.get(i), Long::sum);
            }
        }
        return byEvent;
    }

    /**
     * Returns how many connections the exchange ended, for one reason.
     *
     * @param reason counted.
     */
    public long cuts(CutReason reason) {
        return hub.cuts(reason);
    }

    /** Returns the stream connections, oldest first. */
    public List<ConnectionInfo> connections() {
        return call(() -> hub.connections().stream()
                .map(connection -> new ConnectionInfo(
                        connection.id,
                        connection.door,
                        List.copyOf(connection.streams.keySet()),
                        byEvent(connection.sent),
                        connection.queuedBytes()))
                .toList());
    }

    /**
     * Returns the whole book of a symbol as the streams have published it.
     *
     * @param symbol upper case.
     * @return the book, or null if there is none.
     */
    public BookImage bookOf(String symbol) {
        return call(() -> hub.book(symbol, Integer.MAX_VALUE));
    }

    /** Stops the market after publishing everything that batched streams have gathered. */
    public void pause() {
        call(() -> {
            hub.pause();
            return null;
        });
    }

    /** Lets the market go on where it stopped. */
    public void resume() {
        call(() -> {
            hub.resume();
            return null;
        });
    }

    /** Says whether the market has ended: a recording was played to its end. */
    public boolean isExhausted() {
        return call(source::isExhausted);
    }

    /** Returns the service of private events; to be touched on the loop only. */
    UserData userData() {
        return doors.userData();
    }

    /** Runs a task on the loop and waits for its result. */
    <T> T call(Callable<T> task) {
        var future = loop.submit(() -> {
                    if (hub.failure() != null) {
                        throw new IllegalStateException("the market failed", hub.failure());
                    }
                    return task.call();
                })
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IllegalStateException("the exchange's loop failed or is closed", future.cause());
        }
        return future.getNow();
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    hub.close();
                    source.close();
                })
                .awaitUninterruptibly();
        restChannel.close().awaitUninterruptibly();
        streamChannel.close().awaitUninterruptibly();
        wsApiChannel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        if (temporaryDirectory != null) {
            deleteTemporary();
        }
    }

    private void deleteTemporary() {
        try (var files = Files.list(temporaryDirectory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(temporaryDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + temporaryDirectory + ", delete it by hand", e);
        }
    }

    /** Prepares accepted sockets. */
    private final class Initializer extends ChannelInitializer<SocketChannel> {
        private final Port port;

        Initializer(Port port) {
            this.port = port;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            doors.open(channel, port);
        }
    }
}
