package io.millrace.exchange.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Lines of a capture, one at a time: the time in front and the JSON behind, in a buffer that is used again. */
final class LineReader implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path file;
    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkAt;
    private int chunkEnd;
    private byte[] line = new byte[CHUNK_BYTES];
    private int length;
    private long number;
    private long receivedNs;
    private int jsonOffset;

    LineReader(Path file) throws IOException {
        this.file = file;
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES);
        this.in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, CHUNK_BYTES) : raw;
    }

    /** Reads the next line that is not empty; returns false at the end. */
    boolean next() throws IOException {
        do {
            length = 0;
            if (!readLine()) {
                return false;
            }
            number++;
        } while (length == 0);
        parseTime();
        return true;
    }

    private boolean readLine() throws IOException {
        boolean isAny = false;
        while (true) {
            if (chunkAt == chunkEnd) {
                chunkEnd = in.read(chunk);
                chunkAt = 0;
                if (chunkEnd <= 0) {
                    chunkEnd = 0;
                    return isAny;
                }
            }
            isAny = true;
            int from = chunkAt;
            while (chunkAt < chunkEnd && chunk[chunkAt] != '\n') {
                chunkAt++;
            }
            append(from, chunkAt - from);
            if (chunkAt < chunkEnd) {
                chunkAt++;
                return true;
            }
        }
    }

    private void append(int from, int count) {
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
        }
        System.arraycopy(chunk, from, line, length, count);
        length += count;
    }

    private void parseTime() throws IOException {
        receivedNs = 0;
        int at = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            receivedNs = receivedNs * 10 + (line[at++] - '0');
        }
        if (at == 0 || at + 1 >= length || line[at] != ' ') {
            throw new IOException("line " + number + " of " + file
                    + " does not begin with a receive time and a space: is this a capture?");
        }
        jsonOffset = at + 1;
    }

    byte[] bytes() {
        return line;
    }

    int jsonOffset() {
        return jsonOffset;
    }

    /** Returns where the line ends. */
    int end() {
        return length;
    }

    long number() {
        return number;
    }

    long receivedNs() {
        return receivedNs;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
