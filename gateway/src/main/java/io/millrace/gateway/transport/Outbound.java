package io.millrace.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * How far what was written to a channel has come. A channel takes bytes even when the socket takes none; whoever must not
 * release them late has to look.
 */
public final class Outbound {
    /** Everything has been handed to the socket. */
    public static final int DRAINED = 0;
    /** The first of what waits has begun to leave: it cannot be taken back. */
    public static final int LEAVING = 1;
    /** Not one byte of what waits has left; closing the channel drops it. */
    public static final int HELD = 2;
    /** The channel is closed. */
    public static final int CLOSED = 3;

    private Outbound() {}

    /**
     * Looks at a channel.
     *
     * @param channel of any kind; on its loop's thread.
     * @return one of the states above.
     */
    public static int stateOf(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || !channel.isActive()) {
            return CLOSED;
        }
        if (waiting.isEmpty() && waiting.totalPendingWriteBytes() == 0) {
            return DRAINED;
        }
        return waiting.currentProgress() > 0 ? LEAVING : HELD;
    }
}
