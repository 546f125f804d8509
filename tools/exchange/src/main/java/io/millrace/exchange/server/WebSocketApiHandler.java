package io.millrace.exchange.server;

import io.millrace.exchange.api.AnswerFate;
import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.ApiReply;
import io.millrace.exchange.api.WebSocketSession;
import io.millrace.exchange.trade.VenueException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One socket of the WebSocket API: handshake, then a request and an answer a frame.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
final class WebSocketApiHandler extends SimpleChannelInboundHandler<Object> {
    static final String PATH = "/ws-fapi/v1";

    private static final int MAX_INBOUND_BYTES = 256 * 1024;
    private static final int PINGS_PER_SECOND = 5;
    private static final long SECOND_MS = 1000;
    private static final int POLICY_VIOLATION = 1008;
    private static final int NORMAL = 1000;
    private static final int FINAL_TEXT = 0x81;
    private static final int LENGTH_FOLLOWS = 126;
    private static final int MAX_SHORT = 65_535;

    private final WebSocketApiDoor door;
    private final MarketHub hub;
    private final ArrayDeque<Long> pingsMs = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();
    private ChannelHandlerContext context;
    private WebSocketSession session;
    private long openedMs;
    private long lastPingMs;
    private long lastPongMs;

    WebSocketApiHandler(WebSocketApiDoor door) {
        this.door = door;
        this.hub = door.hub();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext channelContext, Object message) {
        if (message instanceof FullHttpRequest request) {
            context = channelContext;
            RequestDeadline.onRequest(context);
            shakeHands(request);
        } else if (message instanceof WebSocketFrame frame && session != null) {
            onFrame(frame);
        }
    }

    private void shakeHands(FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (!uri.path().equals(PATH)) {
            refuse(HttpResponseStatus.NOT_FOUND, new byte[0]);
            return;
        }
        String address = RestHandler.address(context);
        try {
            door.api().onHandshake(address, hub.clockMs());
        } catch (VenueException e) {
            refuse(HttpResponseStatus.valueOf(e.httpStatus()), ApiDispatcher.error(e));
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        request.uri(), null, false, MAX_INBOUND_BYTES)
                .newHandshaker(request);
        if (handshaker == null) {
            refuse(HttpResponseStatus.BAD_REQUEST, new byte[0]);
            return;
        }
        RequestDeadline.remove(context);
        handshaker.handshake(context.channel(), request);
        context.pipeline()
                .addBefore(context.name(), "frame-aggregator", new WebSocketFrameAggregator(MAX_INBOUND_BYTES));
        boolean returnsRateLimits = !List.of("false").equals(uri.parameters().get("returnRateLimits"));
        session = new WebSocketSession(address, hub.nowMs(), returnsRateLimits);
        openedMs = hub.clockMs();
        lastPingMs = openedMs;
        lastPongMs = openedMs;
        door.add(this);
    }

    private void refuse(HttpResponseStatus status, byte[] body) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void onFrame(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            answer(door.api().serve(session, text.text(), hub.nowMs(), hub.clockMs()));
            if (session != null && pendingBytes() > door.limits().queuedBytes()) {
                cut(CutReason.SLOW_READER);
            }
        } else if (frame instanceof PingWebSocketFrame) {
            if (admitsPing()) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof PongWebSocketFrame) {
            // Only an answer to the last ping keeps a connection alive.
            if (admitsPing() && isAnswer(frame.content())) {
                lastPongMs = hub.clockMs();
            }
        } else if (frame instanceof CloseWebSocketFrame) {
            door.remove(this);
            context.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void answer(ApiReply reply) {
        AnswerFate fate = reply.fate();
        if (fate.isCut()) {
            if (fate.partPercent() > 0) {
                context.writeAndFlush(part(reply.body(), fate.partPercent()));
            }
            cut(CutReason.FAULT, fate.partPercent() == 0);
        } else if (fate.isHeld()) {
            Held waiting = new Held(reply.body());
            held.add(waiting);
            hub.after(fate.delayMs(), () -> release(waiting));
        } else if (fate.delayMs() > 0) {
            hub.after(fate.delayMs(), () -> send(reply.body()));
        } else if (fate.copies() > 0) {
            for (int i = 0; i < fate.copies(); i++) {
                send(reply.body());
            }
            List.copyOf(held).forEach(this::release);
        }
    }

    /** An answer that waits for the next one. */
    private static final class Held {
        private final byte[] body;

        Held(byte[] body) {
            this.body = body;
        }
    }

    private void release(Held waiting) {
        if (held.remove(waiting)) {
            send(waiting.body);
        }
    }

    private void send(byte[] body) {
        if (session != null) {
            context.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(body)));
        }
    }

    /** Returns the beginning of a frame that announces more than follows. */
    private static ByteBuf part(byte[] body, int percent) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte(FINAL_TEXT);
        if (body.length < LENGTH_FOLLOWS) {
            frame.writeByte(body.length);
        } else {
            // No answer of an order is longer than two bytes can say; of a longer one the frame lies about its length.
            frame.writeByte(LENGTH_FOLLOWS).writeShort(Math.min(body.length, MAX_SHORT));
        }
        return frame.writeBytes(body, 0, Math.min(body.length, MAX_SHORT) * percent / 100);
    }

    /** Ends the connection as a fault wants it: by a close frame with a status, or by a reset for 0. */
    void end(int status) {
        if (status == 0) {
            cut(CutReason.FAULT, true);
        } else {
            close(status, CutReason.FAULT);
        }
    }

    private long pendingBytes() {
        var outbound = context.channel().unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    private boolean admitsPing() {
        long nowMs = hub.clockMs();
        pingsMs.addLast(nowMs);
        while (nowMs - pingsMs.peekFirst() >= SECOND_MS) {
            pingsMs.removeFirst();
        }
        if (pingsMs.size() > PINGS_PER_SECOND) {
            close(POLICY_VIOLATION, CutReason.FLOOD);
            return false;
        }
        return true;
    }

    private boolean isAnswer(ByteBuf content) {
        return content.toString(StandardCharsets.US_ASCII).equals(String.valueOf(lastPingMs));
    }

    void housekeep(long nowMs) {
        ServerSettings.Limits limits = door.limits();
        if (nowMs - openedMs >= limits.lifetimeMs()) {
            close(NORMAL, CutReason.LIFETIME);
        } else if (nowMs - lastPongMs >= limits.pongTimeoutMs()) {
            cut(CutReason.PONG_TIMEOUT);
        } else if (nowMs - lastPingMs >= limits.pingIntervalMs()) {
            lastPingMs = nowMs;
            byte[] payload = String.valueOf(nowMs).getBytes(StandardCharsets.US_ASCII);
            context.writeAndFlush(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        }
    }

    private void close(int status, CutReason reason) {
        hub.count(reason);
        door.remove(this);
        session = null;
        context.writeAndFlush(new CloseWebSocketFrame(status, "")).addListener(ChannelFutureListener.CLOSE);
    }

    private void cut(CutReason reason) {
        cut(reason, true);
    }

    private void cut(CutReason reason, boolean isReset) {
        hub.count(reason);
        door.remove(this);
        session = null;
        if (isReset) {
            Sockets.reset(context.channel());
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext channelContext) throws Exception {
        door.remove(this);
        super.channelInactive(channelContext);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channelContext, Throwable cause) {
        // A client that breaks the protocol or the connection is not the exchange's trouble.
        channelContext.close();
    }
}
