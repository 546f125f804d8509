package io.millrace.exchange.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** What is done to sockets in more than one place. */
final class Sockets {
    private Sockets() {}

    /**
     * Resets a connection: the client sees it broken, with no end in good order.
     *
     * @param channel of the connection; nothing happens if it is closed already.
     */
    static void reset(Channel channel) {
        // Its end may have come already, and wait behind this task to be told: a closed socket takes no options.
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = channel.close();
        }
    }
}
