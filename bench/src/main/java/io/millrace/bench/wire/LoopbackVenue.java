package io.millrace.bench.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The venue's sockets that are hot: market streams, the account's stream, the WebSocket API, and the echo's. One event loop, driven by the thread
 * that made it, and nothing between the kernel and the time stamps but the frames' headers.
 *
 * <p><b>Thread:</b> the one that made it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // That the loop ends is waited for.
final class LoopbackVenue implements AutoCloseable {
    /** Path of the books' route. */
    static final String PUBLIC = "/public";
    /** Path of the other market streams' route. */
    static final String MARKET = "/market";
    /** Path of the WebSocket API. */
    static final String API = "/ws-fapi/v1";
    /** Path of the account's streams. */
    static final String PRIVATE = "/private";
    /** Path of the echo. */
    static final String ECHO = "/echo";

    private final ManualIoEventLoop loop;
    private final Channel server;
    private final boolean isSecure;
    private final List<WireChannel> channels = new ArrayList<>();

    /** Hears what clients send. */
    interface Listener {
        /**
         * A whole text message came.
         *
         * @param from the channel.
         * @param payload of the message, valid during the call.
         * @param length bytes of it.
         * @param arrivalNs when its last bytes were read.
         */
        void onText(WireChannel from, byte[] payload, int length, long arrivalNs);
    }

    /**
     * Opens a free port on loopback.
     *
     * @param tls of the server, null for none.
     * @param listener hears of messages, on this thread.
     */
    LoopbackVenue(SslContext tls, Listener listener) throws IOException {
        boolean isNative = Epoll.isAvailable();
        isSecure = tls != null;
        loop = new ManualIoEventLoop(
                Thread.currentThread(), isNative ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(isNative ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        WireChannel wire = new WireChannel(listener);
                        channels.add(wire);
                        channel.pipeline().addLast(wire);
                    }
                });
        server = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channel();
        while (!server.isActive()) {
            loop.runNow();
        }
    }

    /** Does what is ready. */
    int run() {
        return loop.runNow();
    }

    /** Returns the base of an address, without a path. */
    String base() {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        return (isSecure ? "wss" : "ws") + "://127.0.0.1:" + port;
    }

    /** Returns the open channel whose path begins so and was opened last, null if there is none. */
    WireChannel channel(String path) {
        for (int i = channels.size() - 1; i >= 0; i--) {
            if (channels.get(i).isOpen() && channels.get(i).path().startsWith(path)) {
                return channels.get(i);
            }
        }
        return null;
    }

    /** Sends a message about an order to all open channels whose path begins so. */
    void sendAll(String path, OrderAnswer answer, PlacedOrder order, long orderId, long nowMs) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).isOpen() && channels.get(i).path().startsWith(path)) {
                channels.get(i).send(answer, order, orderId, nowMs);
            }
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (!loop.isTerminated() && System.nanoTime() - deadlineNs < 0) {
            loop.runNow();
        }
    }
}
