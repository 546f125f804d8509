package io.millrace.app.inspect;

import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a capture in blocks, so that its size does not matter. Each line: receive time in epoch nanoseconds, a space, the
 * frame. Files that end in {@code .gz} are unpacked.
 */
final class CaptureReader implements AutoCloseable {
    private static final int BLOCK_BYTES = 16 << 20;
    private static final int LONGEST_LINE_BYTES = 8 << 20;

    private final Path file;
    private final InputStream in;
    private final boolean isReusing;
    private CaptureBlock block;
    private final byte[] chunk = new byte[1 << 16];
    private byte[] line = new byte[1 << 16];
    private int chunkAt;
    private int chunkEnd;
    private int lineLength;
    private long lineNumber;
    private boolean pending;

    /**
     * Opens a capture.
     *
     * @param file the capture.
     * @param isReusing whether a block is valid until the next call only, so that memory stays bounded.
     */
    CaptureReader(Path file, boolean isReusing) {
        this.file = file;
        this.isReusing = isReusing;
        try {
            InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "capture " + file + " does not exist", e);
        } catch (ZipException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT, "capture " + file + " is not gzip although it ends in .gz: rename it", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "capture " + file + " cannot be read: " + e, e);
        }
    }

    /** Returns the next lines, or null at the end. */
    CaptureBlock next() {
        if (block == null || !isReusing) {
            block = new CaptureBlock(new UnsafeBuffer(ByteBuffer.allocateDirect(BLOCK_BYTES)));
        }
        block.clear();
        while (pending || readLine()) {
            pending = true;
            int space = indexOfSpace();
            int length = lineLength - space - 1;
            if (!block.hasRoomFor(length)) {
                return block;
            }
            block.add(receivedNs(space), line, space + 1, length);
            pending = false;
        }
        return block.frames() == 0 ? null : block;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "capture " + file + " cannot be closed: " + e, e);
        }
    }

    private boolean readLine() {
        lineLength = 0;
        do {
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            append(end - chunkAt);
            boolean isWhole = end < chunkEnd;
            chunkAt = isWhole ? end + 1 : end;
            if (isWhole && lineLength > 0) {
                lineNumber++;
                return true;
            }
        } while (chunkAt < chunkEnd || fill());
        lineNumber++;
        return lineLength > 0;
    }

    private void append(int length) {
        if (lineLength + length > LONGEST_LINE_BYTES) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "capture " + file + " line " + (lineNumber + 1) + " is longer than " + LONGEST_LINE_BYTES
                            + " bytes: is it a capture, one frame a line?");
        }
        if (lineLength + length > line.length) {
            line = Arrays.copyOf(line, Math.max(lineLength + length, line.length * 2));
        }
        System.arraycopy(chunk, chunkAt, line, lineLength, length);
        lineLength += length;
    }

    private boolean fill() {
        try {
            chunkAt = 0;
            chunkEnd = Math.max(0, in.read(chunk));
            return chunkEnd > 0;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT, "capture " + file + " breaks off behind line " + lineNumber + ": " + e, e);
        }
    }

    private int indexOfSpace() {
        for (int i = 0; i < lineLength && i < 20; i++) {
            if (line[i] == ' ') {
                return i;
            }
        }
        throw notACapture();
    }

    private long receivedNs(int digits) {
        long ns = 0;
        for (int i = 0; i < digits; i++) {
            if (line[i] < '0' || line[i] > '9') {
                throw notACapture();
            }
            ns = ns * 10 + line[i] - '0';
        }
        return ns;
    }

    private CommandFailure notACapture() {
        return new CommandFailure(
                ExitCodes.ENVIRONMENT,
                "capture " + file + " line " + lineNumber
                        + " does not begin with a receive time in nanoseconds and a space");
    }
}
