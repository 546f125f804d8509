package io.millrace.bench.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client that reads a stream connection as fast as the socket gives, and looks at nothing but the frames' headers: what it cannot do,
 * no client can.
 */
final class CountingClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int SILENCE_MS = 60_000;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_LENGTH_16 = 0xFFFF;
    private static final int MASKED = 0x80;
    private static final int TEXT = 0x81;
    private static final int LONGEST_HEADER = 14;
    private static final byte[] HANDSHAKE_END = {'\r', '\n', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    /** Bytes of a header that a read has cut. */
    private final byte[] header = new byte[LONGEST_HEADER];

    private int headerBytes;
    private long payloadLeft;
    private long frames;
    private long bytes;

    CountingClient(URI base) throws IOException {
        socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MS);
        in = socket.getInputStream();
        write(("GET " + base.getPath() + "/ws HTTP/1.1\r\nHost: " + base.getHost()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        int matched = 0;
        while (matched < HANDSHAKE_END.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the exchange closed " + base + " during the handshake");
            }
            matched = next == HANDSHAKE_END[matched] ? matched + 1 : (next == HANDSHAKE_END[0] ? 1 : 0);
        }
    }

    private void write(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
        socket.getOutputStream().flush();
    }

    /** Asks for streams. */
    void subscribe(List<String> streams) throws IOException {
        byte[] request = ("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + String.join("\",\"", streams) + "\"],\"id\":1}")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEADER + request.length);
        // A mask of zeros leaves the payload as it is.
        frame.put((byte) TEXT);
        if (request.length < LENGTH_16) {
            frame.put((byte) (MASKED | request.length));
        } else if (request.length <= MAX_LENGTH_16) {
            frame.put((byte) (MASKED | LENGTH_16)).putShort((short) request.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_64)).putLong(request.length);
        }
        frame.putInt(0).put(request).flip();
        byte[] message = new byte[frame.remaining()];
        frame.get(message);
        write(message);
    }

    /**
     * Reads until a time, but at least once; waits for something to read.
     *
     * @param untilNs as {@link System#nanoTime()} tells it.
     * @return whether the exchange is still there.
     */
    boolean readUntil(long untilNs) throws IOException {
        do {
            int count = in.read(buffer);
            if (count < 0) {
                return false;
            }
            bytes += count;
            count(count);
        } while (System.nanoTime() - untilNs < 0);
        return true;
    }

    private void count(int end) {
        int at = 0;
        while (at < end) {
            if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, end - at);
                payloadLeft -= skipped;
                at += skipped;
                continue;
            }
            header[headerBytes++] = buffer[at++];
            if (headerBytes >= 2 && headerBytes == headerLength()) {
                payloadLeft = payloadLength();
                headerBytes = 0;
                frames++;
            }
        }
    }

    private int headerLength() {
        int length = header[1] & 0x7F;
        return length < LENGTH_16 ? 2 : length == LENGTH_16 ? 4 : 10;
    }

    private long payloadLength() {
        int length = header[1] & 0x7F;
        if (length < LENGTH_16) {
            return length;
        }
        ByteBuffer extended = ByteBuffer.wrap(header);
        return length == LENGTH_16 ? Short.toUnsignedLong(extended.getShort(2)) : extended.getLong(2);
    }

    /** Returns the frames that have begun. */
    long frames() {
        return frames;
    }

    /** Returns the bytes that were read. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
