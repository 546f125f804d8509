package io.millrace.exchange.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * One socket of the stream port: handshake, then control messages.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
final class StreamHandler extends SimpleChannelInboundHandler<Object> {
    private static final int MAX_INBOUND_BYTES = 256 * 1024;

    private final MarketHub hub;
    private final ControlMessages control;
    private StreamConnection connection;

    StreamHandler(MarketHub hub, ControlMessages control) {
        this.hub = hub;
        this.control = control;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request) {
            RequestDeadline.onRequest(context);
            if (request.decoderResult().isFailure()) {
                hub.onCut(CutReason.GARBAGE);
                refuse(context, HttpResponseStatus.BAD_REQUEST);
                return;
            }
            shakeHands(context, request);
        } else if (message instanceof WebSocketFrame frame && connection != null) {
            onFrame(context, frame);
        }
    }

    private void shakeHands(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String path = uri.path();
        Door door = Door.UNROUTED;
        for (Door routed : List.of(Door.PUBLIC, Door.MARKET, Door.PRIVATE)) {
            String prefix = "/" + routed.name().toLowerCase(java.util.Locale.ROOT);
            if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                door = routed;
                path = path.substring(prefix.length());
            }
        }
        boolean isCombined = path.equals("/stream");
        boolean isRaw = (path.isEmpty() && door != Door.UNROUTED) || path.equals("/ws") || path.startsWith("/ws/");
        WebSocketServerHandshaker handshaker = isCombined || isRaw
                ? new WebSocketServerHandshakerFactory(request.uri(), null, false, MAX_INBOUND_BYTES)
                        .newHandshaker(request)
                : null;
        if (handshaker == null) {
            refuse(context, isCombined || isRaw ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.NOT_FOUND);
            return;
        }
        RequestDeadline.remove(context);
        handshaker.handshake(context.channel(), request);
        context.pipeline()
                .addBefore(context.name(), "frame-aggregator", new WebSocketFrameAggregator(MAX_INBOUND_BYTES));
        connection = hub.open(context.channel(), door, isCombined);
        boolean isTaken = door == Door.PRIVATE
                ? hub.listen(connection, wishes(uri, path))
                : hub.subscribe(connection, names(isCombined ? uri : null, path));
        if (!isTaken) {
            hub.close(connection, 1008, CutReason.FLOOD);
        }
    }

    private static List<PrivateWish> wishes(QueryStringDecoder uri, String path) {
        List<PrivateWish> wishes = PrivateWish.ofQuery(uri.rawQuery());
        if (path.startsWith("/ws/")) {
            wishes.addAll(0, PrivateWish.ofPath(path.substring("/ws/".length())));
        }
        return wishes;
    }

    private static List<String> names(QueryStringDecoder combined, String path) {
        List<String> names = new ArrayList<>();
        String joined = path.startsWith("/ws/") ? path.substring("/ws/".length()) : "";
        if (combined != null) {
            joined = String.join("/", combined.parameters().getOrDefault("streams", List.of()));
        }
        for (String name : joined.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void onFrame(ChannelHandlerContext context, WebSocketFrame frame) {
        if (!hub.admit(connection)) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            control.onText(connection, text.text());
        } else if (frame instanceof PongWebSocketFrame) {
            connection.lastPongNs = hub.clockMs() * 1_000_000L;
        } else if (frame instanceof PingWebSocketFrame) {
            connection.appendControl(StreamConnection.PONG_FRAME, ByteBufUtil.getBytes(frame.content()));
            connection.flush(hub.clockMs() * 1_000_000L);
        } else if (frame instanceof CloseWebSocketFrame) {
            hub.onClosed(connection);
            context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (connection != null) {
            hub.onClosed(connection);
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that breaks the protocol or the connection is not the exchange's trouble.
        if (cause instanceof DecoderException) {
            hub.onCut(CutReason.GARBAGE);
        }
        context.close();
    }
}
