package io.millrace.exchange.server;

import io.millrace.exchange.matching.LatencyModel;
import io.millrace.exchange.matching.LatencyModels;
import io.millrace.exchange.venue.VenueClock;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The way between a client and the exchange: bytes are under way as long as the latency models say, in both directions, and nothing
 * overtakes. Stands where the socket is, before TLS.
 *
 * <p><b>Thread:</b> the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a task that cannot run any more has nothing left to deliver
final class WireLatency extends ChannelDuplexHandler {
    private final LatencyModel toVenue;
    private final LatencyModel toClient;
    private final VenueClock clock;
    // Not the channel's own: one in memory forgets its tasks when it is told to close.
    private final EventLoop loop;
    // Each task delivers the oldest piece, so that two that are due together cannot change places.
    private final ArrayDeque<Object> inbound = new ArrayDeque<>();
    private final ArrayDeque<Departure> outbound = new ArrayDeque<>();

    /** Something that leaves for the client; without a message it is the end of the connection. */
    private record Departure(Object message, ChannelPromise promise) {}

    WireLatency(LatencyModel toVenue, LatencyModel toClient, VenueClock clock, EventLoop loop) {
        this.toVenue = LatencyModels.inOrder(toVenue);
        this.toClient = LatencyModels.inOrder(toClient);
        this.clock = clock;
        this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inbound.add(message);
        after(toVenue, () -> {
            Object arrived = inbound.poll();
            if (arrived != null) {
                context.fireChannelRead(arrived);
                context.fireChannelReadComplete();
            }
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Said again when what was read arrives.
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        leave(context, new Departure(message, promise));
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        // Each piece is flushed when it arrives.
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        leave(context, new Departure(null, promise));
    }

    private void leave(ChannelHandlerContext context, Departure departure) {
        outbound.add(departure);
        after(toClient, () -> {
            Departure arrived = outbound.poll();
            if (arrived == null) {
                return;
            }
            if (arrived.message() == null) {
                context.close(arrived.promise());
            } else {
                context.writeAndFlush(arrived.message(), arrived.promise());
            }
        });
    }

    private void after(LatencyModel latency, Runnable arrival) {
        loop.schedule(arrival, latency.latencyNs(clock.epochNs()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        inbound.forEach(ReferenceCountUtil::release);
        inbound.clear();
        for (Departure departure : outbound) {
            ReferenceCountUtil.release(departure.message());
            departure.promise().tryFailure(new java.nio.channels.ClosedChannelException());
        }
        outbound.clear();
    }
}
