package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Market-data REST: ping, time, exchangeInfo and depth, with request weights.
 *
 * <p><b>Thread:</b> the loop; one instance serves all connections.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
@ChannelHandler.Sharable
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final byte[] EMPTY = JsonWriter.ascii("{}");
    private static final int DEFAULT_LIMIT = 500;
    private static final int NO_SUCH_PATH = 404;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    /** Depth limits and their weights. */
    private static final Map<Integer, Integer> DEPTH_WEIGHTS =
            Map.of(5, 2, 10, 2, 20, 2, 50, 2, 100, 5, 500, 10, 1000, 20);

    private final MarketHub hub;
    private final ControlEndpoint control;
    private final WeightLedger ledger;
    private final ServerSettings.Limits limits;
    private final byte[] exchangeInfo;
    private final JsonWriter out = new JsonWriter(128 * 1024);

    /**
     * Makes the handler.
     *
     * @param hub the market.
     * @param limits of the venue.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     */
    RestHandler(MarketHub hub, ServerSettings.Limits limits, byte[] exchangeInfo) {
        this.hub = hub;
        this.control = new ControlEndpoint(hub);
        this.limits = limits;
        this.ledger = new WeightLedger(limits);
        this.exchangeInfo = exchangeInfo;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        Exchange exchange = new Exchange(context, HttpUtil.isKeepAlive(request));
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (uri.path().startsWith(ControlEndpoint.PREFIX)) {
            control(exchange, request, uri.path());
            return;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            answer(exchange, NO_SUCH_PATH, EMPTY);
            return;
        }
        String symbol = parameter(uri, "symbol");
        ActiveFault fault = hub.faults().onRequest(FaultKind.Target.REQUEST, symbol);
        if (fault != null) {
            refuse(exchange, (int) fault.fault().amount());
            return;
        }
        int status = ledger.charge(exchange.address, weight(uri), hub.clockMs());
        if (status != WeightLedger.OK) {
            refuse(exchange, status);
            return;
        }
        switch (uri.path()) {
            case "/fapi/v1/ping" -> answer(exchange, OK, EMPTY);
            case "/fapi/v1/time" -> answer(exchange, OK, JsonWriter.ascii("{\"serverTime\":" + hub.nowMs() + "}"));
            case "/fapi/v1/exchangeInfo" -> answer(exchange, OK, exchangeInfo());
            case "/fapi/v1/depth" -> depth(exchange, symbol, parameter(uri, "limit"));
            default -> answer(exchange, NO_SUCH_PATH, EMPTY);
        }
    }

    private void control(Exchange exchange, FullHttpRequest request, String path) {
        try {
            ObjectNode answer = control.serve(
                    request.method().name(), path, request.content().toString(StandardCharsets.UTF_8));
            answer(exchange, answer == null ? NO_SUCH_PATH : OK, answer == null ? EMPTY : bytes(answer));
        } catch (IllegalArgumentException e) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("msg", e.getMessage());
            answer(exchange, BAD_REQUEST, bytes(answer));
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return JsonWriter.ascii(node.toString());
    }

    private byte[] exchangeInfo() {
        return exchangeInfo != null
                ? exchangeInfo
                : ExchangeInfoJson.write(hub.rules(), limits.weightPerMinute(), hub.nowMs());
    }

    private static int weight(QueryStringDecoder uri) {
        if (!uri.path().equals("/fapi/v1/depth")) {
            return 1;
        }
        return DEPTH_WEIGHTS.getOrDefault(limit(parameter(uri, "limit")), 1);
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void depth(Exchange exchange, String symbol, String limitText) {
        int limit = limit(limitText);
        if (symbol == null || symbol.isEmpty()) {
            error(exchange, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
        } else if (!hub.isListed(symbol)) {
            error(exchange, -1121, "Invalid symbol.");
        } else if (!DEPTH_WEIGHTS.containsKey(limit)) {
            error(exchange, -1130, "Data sent for parameter 'limit' is not valid.");
        } else {
            ActiveFault fault = hub.faults().onRequest(FaultKind.Target.DEPTH_REQUEST, symbol);
            FaultKind kind = fault == null ? null : fault.fault().kind();
            BookImage image = kind == FaultKind.STALE_SNAPSHOT && fault.keptBook(symbol) != null
                    ? fault.keptBook(symbol).top(limit)
                    : hub.book(symbol, limit);
            if (image == null) {
                error(exchange, -1122, "Invalid symbol status.");
                return;
            }
            byte[] body = depthBody(image, hub.nowMs());
            if (kind == FaultKind.DELAYED_SNAPSHOT) {
                exchange.context
                        .executor()
                        .schedule(
                                () -> answer(exchange, OK, body), fault.fault().amount(), TimeUnit.MILLISECONDS);
            } else {
                answer(exchange, OK, kind == FaultKind.TORN_SNAPSHOT ? Arrays.copyOf(body, body.length / 2) : body);
            }
        }
    }

    private byte[] depthBody(BookImage image, long nowMs) {
        out.clear().raw("{\"lastUpdateId\":").number(image.lastUpdateId());
        out.raw(",\"E\":").number(nowMs).raw(",\"T\":").number(image.timeMs()).raw(",\"bids\":[");
        levels(image.spec(), image.bidTicks(), image.bidLots());
        out.raw("],\"asks\":[");
        levels(image.spec(), image.askTicks(), image.askLots());
        out.raw("]}");
        return Arrays.copyOf(out.bytes(), out.length());
    }

    private void levels(SymbolSpec spec, long[] ticks, long[] lots) {
        long priceFactor = spec.priceFactor();
        long qtyFactor = spec.qtyFactor();
        for (int i = 0; i < ticks.length; i++) {
            out.raw(i == 0 ? "[\"" : ",[\"").decimal(ticks[i] * priceFactor, spec.priceDecimals());
            out.raw("\",\"").decimal(lots[i] * qtyFactor, spec.qtyDecimals()).raw("\"]");
        }
    }

    private void refuse(Exchange exchange, int status) {
        long nowMs = hub.clockMs();
        long untilMs = ledger.retryAtMs(exchange.address, nowMs);
        exchange.retryAfterSeconds = Math.max(1, (untilMs - nowMs) / 1000);
        switch (status) {
            case WeightLedger.LIMITED ->
                fail(
                        exchange,
                        status,
                        -1003,
                        "Too many requests; current limit of IP(" + exchange.address + ") is "
                                + limits.weightPerMinute()
                                + " requests per minute. Please use the websocket for live updates to avoid bans.");
            case WeightLedger.BANNED ->
                fail(
                        exchange,
                        status,
                        -1003,
                        "Way too many requests; IP(" + exchange.address + ") banned until " + untilMs
                                + ". Please use the websocket for live updates to avoid bans.");
            case 503 -> fail(exchange, status, -1008, "Service Unavailable.");
            default -> {
                exchange.retryAfterSeconds = 0;
                answer(exchange, status, JsonWriter.ascii("<html></html>"));
            }
        }
    }

    private void error(Exchange exchange, int code, String message) {
        fail(exchange, BAD_REQUEST, code, message);
    }

    private void fail(Exchange exchange, int status, int code, String message) {
        answer(exchange, status, JsonWriter.ascii("{\"code\":" + code + ",\"msg\":\"" + message + "\"}"));
    }

    private void answer(Exchange exchange, int status, byte[] body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set("X-MBX-USED-WEIGHT-1M", ledger.used(exchange.address));
        if (exchange.retryAfterSeconds > 0) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, exchange.retryAfterSeconds);
        }
        if (!exchange.isKeepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        var written = exchange.context.writeAndFlush(response);
        if (!exchange.isKeepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String parameter(QueryStringDecoder uri, String name) {
        List<String> values = uri.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that breaks the protocol or the connection is not the exchange's trouble.
        context.close();
    }

    /** One request and where its answer goes. */
    private static final class Exchange {
        private final ChannelHandlerContext context;
        private final boolean isKeepAlive;
        private final String address;
        private long retryAfterSeconds;

        Exchange(ChannelHandlerContext context, boolean isKeepAlive) {
            this.context = context;
            this.isKeepAlive = isKeepAlive;
            this.address = context.channel().remoteAddress() instanceof InetSocketAddress socket
                    ? socket.getAddress().getHostAddress()
                    : "local";
        }
    }
}
