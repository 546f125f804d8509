package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

class StreamConnectionTest {
    @Test
    void shouldBearToBeCutWhenItsSocketIsClosedAlready() {
        NioSocketChannel channel = new NioSocketChannel();
        StreamConnection connection = new StreamConnection(1, channel, Door.PUBLIC, () -> {});
        channel.unsafe().closeForcibly();
        assertFalse(channel.isOpen());
        assertDoesNotThrow(connection::cut);
    }
}
