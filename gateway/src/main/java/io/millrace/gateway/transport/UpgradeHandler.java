package io.millrace.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Asks for the upgrade to WebSocket and checks the answer; then the frame handler behind it takes over. */
@SuppressWarnings("FutureReturnValueIgnored") // How a write or a close ends, the channel's end tells.
final class UpgradeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final URI uri;
    private final String hostHeader;
    private final String key;
    private final WebSocketConnection connection;

    UpgradeHandler(URI uri, String hostHeader, RandomGenerator random, WebSocketConnection connection) {
        this.uri = uri;
        this.hostHeader = hostHeader;
        this.connection = connection;
        byte[] nonce = new byte[KEY_BYTES];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    private void sendRequest(ChannelHandlerContext context) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, hostHeader)
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        context.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
            connection.refuse(0, "answered something that is not HTTP", 0);
            return;
        }
        int status = response.status().code();
        if (status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            connection.refuse(status, "answered " + response.status(), retryAfterNs(response.headers()));
            return;
        }
        String fault = faultOf(response.headers());
        if (fault != null) {
            connection.refuse(status, fault, 0);
            return;
        }
        connection.upgraded();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        if (context.pipeline().get(SslHandler.class) == null) {
            sendRequest(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                sendRequest(context);
            } else {
                connection.onTlsFailure(completion.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    private String faultOf(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return "answered 101 without Upgrade: websocket";
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return "answered 101 without Connection: upgrade";
        }
        if (!acceptFor(key).equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            return "answered 101 with a wrong Sec-WebSocket-Accept";
        }
        if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)
                || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            return "answered 101 with an extension or protocol that was not asked for";
        }
        return null;
    }

    static String acceptFor(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static long retryAfterNs(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.RETRY_AFTER);
        try {
            return value == null ? 0 : TimeUnit.SECONDS.toNanos(Math.max(0, Long.parseLong(value.trim())));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
