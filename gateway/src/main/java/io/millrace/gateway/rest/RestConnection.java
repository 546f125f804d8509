package io.millrace.gateway.rest;

import io.millrace.gateway.transport.Outbound;
import io.millrace.gateway.transport.WebSocketContext;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/**
 * One connection that is kept alive. A question that finds it closed under its hands is asked once more on a new one; what
 * changes something never is, for nobody knows whether the venue has read it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a write or a close ends, the channel's end tells.
final class RestConnection {
    private static final String API_KEY = "X-MBX-APIKEY";
    private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";
    private static final String ORDERS_10S = "X-MBX-ORDER-COUNT-10S";
    private static final String ORDERS_1M = "X-MBX-ORDER-COUNT-1M";
    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private final WebSocketContext sockets;
    private final RestSettings settings;
    private final URI uri;
    private final boolean isSecure;
    private final int port;

    private Channel channel;
    private boolean isReady;
    private boolean isReused;
    private boolean isAnswerBegun;
    private boolean isWritten;
    private boolean isSent;
    private RestRequest request;
    private Consumer<RestAnswer> onAnswer;
    private long timeoutAtNs;

    RestConnection(WebSocketContext sockets, RestSettings settings) {
        this.sockets = sockets;
        this.settings = settings;
        this.uri = settings.uri();
        this.isSecure = "https".equals(uri.getScheme());
        this.port = uri.getPort() >= 0 ? uri.getPort() : isSecure ? SECURE_PORT : PLAIN_PORT;
    }

    boolean isBusy() {
        return onAnswer != null;
    }

    void send(RestRequest wanted, Consumer<RestAnswer> answer) {
        request = wanted;
        onAnswer = answer;
        isWritten = false;
        isSent = false;
        timeoutAtNs = sockets.clock().monotonicNs() + settings.timeout().toNanos();
        isReused = isReady && channel.isActive();
        if (isReused) {
            write();
        } else {
            connect();
        }
    }

    void onTick(long nowNs) {
        if (onAnswer == null) {
            return;
        }
        noteSent();
        if (!isSent && nowNs - request.deadlineNs() > 0) {
            dropChannel();
            finish(RestAnswer.Kind.EXPIRED);
        } else if (nowNs - timeoutAtNs > 0) {
            dropChannel();
            finish(isSent ? RestAnswer.Kind.TIMEOUT : RestAnswer.Kind.CONNECT_FAILED);
        }
    }

    void close() {
        dropChannel();
        finishLost();
    }

    private void connect() {
        isReady = false;
        sockets.resolver().resolve(uri.getHost(), port, this::connectTo);
    }

    private void connectTo(InetSocketAddress address) {
        if (onAnswer == null) {
            return;
        }
        if (address == null || (isSecure && !sockets.tls().isAllowed(address.getAddress()))) {
            finish(RestAnswer.Kind.CONNECT_FAILED);
            return;
        }
        ChannelFuture connecting = sockets.loop()
                .bootstrap(sockets.settings().connectTimeout())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        initPipeline(ch.pipeline());
                    }
                })
                .connect(address);
        channel = connecting.channel();
        Channel attempted = channel;
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                onLost(attempted);
            } else if (!isSecure) {
                onReady(attempted);
            }
        });
    }

    private void initPipeline(ChannelPipeline pipeline) {
        if (isSecure) {
            pipeline.addLast("tls", sockets.tls().newHandler(pipeline.channel().alloc(), uri.getHost(), port));
        }
        pipeline.addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(settings.maxAnswerBytes()))
                .addLast(new AnswerHandler());
    }

    private void onReady(Channel ready) {
        if (ready == channel) {
            isReady = true;
            if (onAnswer != null) {
                write();
            }
        }
    }

    private void write() {
        if (sockets.clock().monotonicNs() - request.deadlineNs() > 0) {
            finish(RestAnswer.Kind.EXPIRED);
            return;
        }
        isAnswerBegun = false;
        DefaultFullHttpRequest message = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(request.method().name()),
                request.target().get(),
                Unpooled.EMPTY_BUFFER);
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + port;
        message.headers().set(HttpHeaderNames.HOST, host).set(HttpHeaderNames.ACCEPT, "application/json");
        if (request.method() != RestRequest.Method.GET) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        if (request.apiKey() != null) {
            message.headers().set(API_KEY, request.apiKey());
        }
        isWritten = true;
        channel.writeAndFlush(message, channel.voidPromise());
        noteSent();
    }

    /** Looks whether the first byte has left; while the socket takes nothing, it has not. */
    private void noteSent() {
        if (isWritten && !isSent && channel != null && Outbound.stateOf(channel) != Outbound.HELD) {
            isSent = true;
            request.onSent().run();
        }
    }

    private void onLost(Channel lost) {
        if (lost != channel) {
            return;
        }
        isReady = false;
        channel = null;
        if (onAnswer == null) {
            return;
        }
        if (isReused && !isAnswerBegun && request.method() == RestRequest.Method.GET) {
            // The server closed an idle connection while the request was on its way; a question may be repeated.
            isReused = false;
            isWritten = false;
            connect();
        } else {
            finishLost();
        }
    }

    private void dropChannel() {
        Channel old = channel;
        channel = null;
        isReady = false;
        if (old != null) {
            old.close();
        }
    }

    private void finishLost() {
        if (isWritten && !isSent && onAnswer != null) {
            // Whether a byte had left, nobody can tell any more.
            isSent = true;
            request.onSent().run();
        }
        finish(isWritten ? RestAnswer.Kind.CONNECTION_LOST : RestAnswer.Kind.CONNECT_FAILED);
    }

    private void finish(RestAnswer.Kind kind) {
        finish(RestAnswer.none(kind));
    }

    private void finish(RestAnswer answer) {
        Consumer<RestAnswer> waiting = onAnswer;
        onAnswer = null;
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    private final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            if (context.channel() != channel) {
                return;
            }
            isAnswerBegun = true;
            if (onAnswer != null) {
                noteSent();
            }
            if (response.decoderResult().isFailure()) {
                context.close();
                return;
            }
            HttpHeaders headers = response.headers();
            RestAnswer answer = RestAnswer.of(
                    response.status().code(),
                    new RestAnswer.Usage(
                            (int) number(headers.get(USED_WEIGHT)), (int) number(headers.get(ORDERS_10S)), (int)
                                    number(headers.get(ORDERS_1M))),
                    number(headers.get(HttpHeaderNames.RETRY_AFTER)),
                    ByteBufUtil.getBytes(response.content()),
                    sockets.clock().nowNs());
            if (!HttpUtil.isKeepAlive(response)) {
                dropChannel();
            }
            finish(answer);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion) {
                if (completion.isSuccess()) {
                    onReady(context.channel());
                } else {
                    context.close();
                }
            }
            context.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            onLost(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            isAnswerBegun = true;
            context.close();
        }
    }

    private static long number(String text) {
        try {
            return text == null ? -1 : Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
