package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

class SocketsTest {
    @Test
    void shouldResetNothingWhenTheSocketIsClosedAlready() {
        NioSocketChannel channel = new NioSocketChannel();
        channel.unsafe().closeForcibly();
        assertFalse(channel.isOpen());
        assertDoesNotThrow(() -> Sockets.reset(channel));
    }
}
