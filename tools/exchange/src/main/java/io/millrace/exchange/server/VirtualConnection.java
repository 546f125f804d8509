package io.millrace.exchange.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A client's end of a connection in memory: the bytes of HTTP and WebSocket frames, as on a socket.
 *
 * <p><b>Thread:</b> the one that drives the server.
 */
public final class VirtualConnection implements AutoCloseable {
    private final EmbeddedChannel channel;

    VirtualConnection(EmbeddedChannel channel) {
        this.channel = channel;
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /**
     * Sends bytes; the exchange has them at once, or after its line's latency.
     *
     * @param bytes of a request or a frame, or of a part of one.
     */
    public void send(byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
        }
    }

    /** Takes the bytes that the exchange has sent since the last call. */
    public byte[] take() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            try {
                piece.readBytes(bytes, piece.readableBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("bytes in memory cannot be copied", e);
            } finally {
                piece.release();
            }
        }
        return bytes.toByteArray();
    }

    /** Says whether the exchange has not ended the connection; bytes that it sent before can still be taken. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Ends the connection from the client's side. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
