package io.millrace.exchange.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes a connection whose request takes too long: from the first byte, and on a new connection from the beginning on. A
 * connection that is silent between two requests is left alone. Whoever gets a whole request says {@link #onRequest}.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nothing left to close
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final MarketHub hub;
    private final long requestMs;
    private LoopTimers.Timer deadline;

    RequestDeadline(MarketHub hub, long requestMs) {
        this.hub = hub;
        this.requestMs = requestMs;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        begin(context);
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (deadline == null) {
            begin(context);
        }
        super.channelRead(context, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        end();
        super.channelInactive(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    private void begin(ChannelHandlerContext context) {
        deadline = hub.after(requestMs, () -> {
            hub.onCut(CutReason.SLOW_REQUEST);
            context.close();
        });
    }

    private void end() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    /** A whole request has come; the next one's time begins with its first byte. */
    static void onRequest(ChannelHandlerContext context) {
        RequestDeadline handler = context.pipeline().get(RequestDeadline.class);
        if (handler != null) {
            handler.end();
        }
    }

    /** What follows are no requests. */
    static void remove(ChannelHandlerContext context) {
        if (context.pipeline().get(RequestDeadline.class) != null) {
            context.pipeline().remove(RequestDeadline.class);
        }
    }
}
