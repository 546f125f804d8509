package io.millrace.exchange.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request takes too long: from the first byte, and on a new connection from the beginning on. A
 * connection that is silent between two requests is left alone. Whoever gets a whole request says {@link #onRequest}.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nothing left to close
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final long requestMs;
    private final Runnable onCut;
    private Future<?> deadline;

    RequestDeadline(long requestMs, Runnable onCut) {
        this.requestMs = requestMs;
        this.onCut = onCut;
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
        deadline = context.executor()
                .schedule(
                        () -> {
                            onCut.run();
                            context.close();
                        },
                        requestMs,
                        TimeUnit.MILLISECONDS);
    }

    private void end() {
        if (deadline != null) {
            deadline.cancel(false);
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
