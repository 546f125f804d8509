package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.api.AnswerFate;
import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.ApiReply;
import io.millrace.exchange.api.ApiRequest;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.JsonWriter;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The REST door: HTTP requests to the table of endpoints, and the exchange's own control requests.
 *
 * <p><b>Thread:</b> the loop; one instance serves all connections.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
@ChannelHandler.Sharable
final class RestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final byte[] EMPTY = JsonWriter.ascii("{}");
    private static final int NO_SUCH_PATH = 404;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int BANNED = 418;

    private final MarketHub hub;
    private final ControlEndpoint control;
    private final ApiDispatcher dispatcher;
    private final MarketEndpoints market;
    private final List<Runnable> held = new ArrayList<>();

    /**
     * Makes the handler.
     *
     * @param hub the market.
     * @param dispatcher serves the venue's requests.
     * @param market rows whose answers faults delay and tear.
     */
    RestHandler(MarketHub hub, ApiDispatcher dispatcher, MarketEndpoints market) {
        this.hub = hub;
        this.control = new ControlEndpoint(hub);
        this.dispatcher = dispatcher;
        this.market = market;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        RequestDeadline.onRequest(context);
        if (request.decoderResult().isFailure()) {
            hub.onCut(CutReason.GARBAGE);
            answer(context, false, new ApiReply(BAD_REQUEST, Map.of(), EMPTY));
            return;
        }
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        boolean isKeepAlive = HttpUtil.isKeepAlive(request);
        if (path.startsWith(ControlEndpoint.PREFIX)) {
            SocketFaults.onControl(context.channel());
            ApiReply controlled = control(request, path);
            AnswerLine.of(context.channel()).join().fill(() -> answer(context, isKeepAlive, controlled));
            return;
        }
        String symbol = symbol(uri);
        ActiveFault fault = hub.faults().onRequest(FaultKind.Target.REQUEST, symbol);
        if (fault != null) {
            ApiReply refusal = refusal(context, (int) fault.fault().amount());
            AnswerLine.of(context.channel()).join().fill(() -> answer(context, isKeepAlive, refusal));
            return;
        }
        AnswerLine.Place place = AnswerLine.of(context.channel()).join();
        ApiReply reply = dispatcher.serve(new ApiRequest(
                request.method().name(),
                path,
                mark < 0 ? "" : uri.substring(mark + 1),
                request.content().toString(StandardCharsets.UTF_8),
                headers(request.headers()),
                address(context),
                hub.nowMs(),
                hub.clockMs()));
        ActiveFault depthFault = market.takeDepthFault();
        FaultKind kind = depthFault == null ? null : depthFault.fault().kind();
        if (kind == FaultKind.DELAYED_SNAPSHOT) {
            later(depthFault.fault().amount(), place, () -> answer(context, isKeepAlive, reply));
        } else if (kind == FaultKind.TORN_SNAPSHOT) {
            byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
            place.fill(() -> answer(context, isKeepAlive, new ApiReply(reply.status(), reply.headers(), half)));
        } else {
            answer(context, isKeepAlive, reply, place);
        }
    }

    private void later(long delayMs, AnswerLine.Place place, Runnable writing) {
        hub.after(delayMs, () -> place.fill(writing));
    }

    /** Lets an answer go as faults want it. */
    private void answer(ChannelHandlerContext context, boolean isKeepAlive, ApiReply reply, AnswerLine.Place place) {
        AnswerFate fate = reply.fate();
        if (fate.isCut()) {
            place.fill(() -> cut(context, reply, fate.partPercent()));
        } else if (fate.isHeld()) {
            Runnable release = () -> place.fill(() -> answer(context, isKeepAlive, reply));
            held.add(release);
            hub.after(fate.delayMs(), () -> release(release));
        } else if (fate.delayMs() > 0) {
            later(fate.delayMs(), place, () -> answer(context, isKeepAlive, reply));
        } else if (fate.copies() > 0) {
            place.fill(() -> {
                for (int i = 0; i < fate.copies(); i++) {
                    answer(context, isKeepAlive || i < fate.copies() - 1, reply);
                }
            });
            List.copyOf(held).forEach(this::release);
        }
    }

    private void release(Runnable waiting) {
        if (held.remove(waiting)) {
            waiting.run();
        }
    }

    private void cut(ChannelHandlerContext context, ApiReply reply, int partPercent) {
        hub.onCut(CutReason.FAULT);
        if (partPercent > 0) {
            HttpResponse head = head(
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status())), reply);
            int bytes = reply.body().length * partPercent / 100;
            context.write(head);
            context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(reply.body(), 0, bytes)))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            Sockets.reset(context.channel());
        }
    }

    private ApiReply control(FullHttpRequest request, String path) {
        try {
            ObjectNode answer = control.serve(
                    request.method().name(), path, request.content().toString(StandardCharsets.UTF_8));
            return answer == null
                    ? new ApiReply(NO_SUCH_PATH, Map.of(), EMPTY)
                    : new ApiReply(OK, Map.of(), bytes(answer));
        } catch (IllegalArgumentException e) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("msg", e.getMessage());
            return new ApiReply(BAD_REQUEST, Map.of(), bytes(answer));
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return JsonWriter.ascii(node.toString());
    }

    private static String symbol(String uri) {
        try {
            List<String> values = new QueryStringDecoder(uri).parameters().get("symbol");
            return values == null || values.isEmpty() ? null : values.get(0);
        } catch (IllegalArgumentException e) {
            // A broken encoding; the dispatcher has the venue's words for it.
            return null;
        }
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> byName = new LinkedHashMap<>();
        headers.forEach(header -> byName.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return byName;
    }

    static String address(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress socket
                ? socket.getAddress().getHostAddress()
                : "local";
    }

    private ApiReply refusal(ChannelHandlerContext context, int status) {
        return dispatcher
                .refusal(status, address(context), hub.clockMs())
                .orElseGet(() -> new ApiReply(status, Map.of(), JsonWriter.ascii("<html></html>")));
    }

    private static void answer(ChannelHandlerContext context, boolean mayStay, ApiReply reply) {
        // Who goes on after a ban has to connect again for each refusal.
        boolean isKeepAlive = mayStay && reply.status() != BANNED;
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        head(response, reply);
        if (!isKeepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        var written = context.writeAndFlush(response);
        if (!isKeepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static <T extends HttpResponse> T head(T response, ApiReply reply) {
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        return response;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        // Who does not read the answers asks no more questions.
        context.channel().config().setAutoRead(context.channel().isWritable());
        super.channelWritabilityChanged(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that breaks the protocol or the connection is not the exchange's trouble.
        context.close();
    }
}
