package io.millrace.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.URI;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.IdleStrategy;

/**
 * The bare peer: Netty's own WebSocket client on the same transport, driven the same way and pinned alike, that sends back each
 * so many-th ticker. It looks at one byte of a frame. With two connections frames come on the one that was opened last, and leave on
 * the other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A broken connection shows in the answers that are missing.
final class EchoSubject {
    private static final int MAX_HTTP_BYTES = 1 << 16;
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private static volatile boolean isStopped;

    private final URI uri;
    private final int everyTickers;
    private final boolean isRelay;
    private final boolean isNative = Epoll.isAvailable();
    private final ManualIoEventLoop loop = new ManualIoEventLoop(
            Thread.currentThread(), isNative ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private ChannelHandlerContext wayOut;

    private EchoSubject(URI uri, int everyTickers, boolean isRelay) {
        this.uri = uri;
        this.everyTickers = everyTickers;
        this.isRelay = isRelay;
    }

    /**
     * Runs until told to stop.
     *
     * @param args address, which tickers are sent back, core or -1, idle strategy, {@code true} for two connections.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        URI uri = URI.create(args[0]);
        int everyTickers = Integer.parseInt(args[1]);
        int core = Integer.parseInt(args[2]);
        IdleStrategy idle = io.millrace.engine.pipeline.IdleStrategies.of(args[3]);
        boolean isRelay = Boolean.parseBoolean(args[4]);
        Thread loop = new Thread(
                () -> {
                    if (core >= 0) {
                        Affinity.setAffinity(core);
                    }
                    new EchoSubject(uri, everyTickers, isRelay).run(idle);
                },
                "echo");
        loop.start();
        new SubjectConsole().serve(() -> {});
        isStopped = true;
        loop.join();
    }

    private void run(IdleStrategy idle) {
        Channel first = open();
        Channel second = null;
        while (!isStopped) {
            if (isRelay && second == null && wayOut != null) {
                second = open();
            }
            idle.idle(loop.runNow());
        }
        if (second != null) {
            second.close();
        }
        first.close().addListener(closed -> SubjectConsole.say("{}"));
        loop.runNow();
    }

    private Channel open() {
        return new Bootstrap()
                .group(loop)
                .channel(isNative ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Pipeline())
                .connect(uri.getHost(), uri.getPort())
                .channel();
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) throws IOException {
            if ("wss".equals(uri.getScheme())) {
                SslContext tls = SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build();
                channel.pipeline().addLast(tls.newHandler(channel.alloc(), uri.getHost(), uri.getPort()));
            }
            channel.pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(MAX_HTTP_BYTES))
                    .addLast(new WebSocketClientProtocolHandler(WebSocketClientHandshakerFactory.newHandshaker(
                            uri, WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), MAX_FRAME_BYTES)))
                    .addLast(new Echo());
        }
    }

    /** Sends back. */
    private final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        private int tickers;

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            ByteBuf content = frame.content();
            int at = content.bytesBefore((byte) '@') + 1;
            if (content.getByte(content.readerIndex() + at) == 'b' && ++tickers % everyTickers == 0) {
                wayOut.writeAndFlush(frame.retain());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                boolean isLast = !isRelay || wayOut != null;
                wayOut = wayOut == null ? context : wayOut;
                if (isLast) {
                    SubjectConsole.say(SubjectProcess.READY);
                }
            }
        }
    }
}
