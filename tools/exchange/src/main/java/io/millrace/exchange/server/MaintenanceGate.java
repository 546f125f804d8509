package io.millrace.exchange.server;

import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.ApiErrors;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.FaultKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Turns requests and handshakes away during maintenance; the exchange's own control requests pass.
 *
 * <p><b>Thread:</b> the loop; one instance serves all connections.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
@ChannelHandler.Sharable
final class MaintenanceGate extends ChannelInboundHandlerAdapter {
    private final MarketHub hub;

    MaintenanceGate(MarketHub hub) {
        this.hub = hub;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        ActiveFault maintenance = hub.faults().isArmed()
                        && message instanceof FullHttpRequest request
                        && !request.uri().startsWith(ControlEndpoint.PREFIX)
                ? hub.faults().held(FaultKind.MAINTENANCE)
                : null;
        if (maintenance == null) {
            super.channelRead(context, message);
            return;
        }
        ((FullHttpRequest) message).release();
        maintenance.hit(1);
        if (maintenance.fault().flag("reset")) {
            Sockets.reset(context.channel());
            return;
        }
        byte[] body = ApiDispatcher.error(ApiErrors.unavailable());
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, "close");
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
