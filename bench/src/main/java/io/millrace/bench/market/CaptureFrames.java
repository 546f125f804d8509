package io.millrace.bench.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.agrona.BufferUtil;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frames of a recorded capture, back to back in memory outside the heap as a socket would deliver them. REST bodies in
 * the capture are kept apart, with the index of the frame that they came before.
 */
final class CaptureFrames {
    /** Readable bytes behind the last frame, so that whole words can be loaded up to its end. */
    private static final int SLACK = 64;

    /** A REST body and the frame before which it arrived. */
    static final class RestBody {
        private final int beforeFrame;
        private final byte[] json;

        RestBody(int beforeFrame, byte[] json) {
            this.beforeFrame = beforeFrame;
            this.json = json;
        }

        int beforeFrame() {
            return beforeFrame;
        }

        byte[] json() {
            return json;
        }
    }

    private final UnsafeBuffer buffer;
    private final byte[] heapCopy;
    private final int[] offsets;
    private final List<RestBody> restBodies;
    private final long[] arrivalNs;

    private CaptureFrames(List<byte[]> frames, List<RestBody> restBodies) {
        this(frames, restBodies, new long[frames.size()]);
    }

    private CaptureFrames(List<byte[]> frames, List<RestBody> restBodies, long[] arrivalNs) {
        this.arrivalNs = arrivalNs;
        this.offsets = new int[frames.size() + 1];
        int total = 0;
        for (int i = 0; i < frames.size(); i++) {
            offsets[i] = total;
            total += frames.get(i).length;
        }
        offsets[frames.size()] = total;
        ByteBuffer bytes = BufferUtil.allocateDirectAligned(total + SLACK, 64);
        this.buffer = new UnsafeBuffer(bytes);
        this.heapCopy = new byte[total];
        for (int i = 0; i < frames.size(); i++) {
            buffer.putBytes(offsets[i], frames.get(i));
            System.arraycopy(frames.get(i), 0, heapCopy, offsets[i], frames.get(i).length);
        }
        this.restBodies = List.copyOf(restBodies);
    }

    /**
     * Reads a capture.
     *
     * @param file lines of receive time, space, frame; gzip.
     */
    static CaptureFrames load(Path file) {
        List<byte[]> frames = new ArrayList<>();
        List<RestBody> rest = new ArrayList<>();
        LongArrayList arrivals = new LongArrayList();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int space = line.indexOf(' ');
                byte[] frame = line.substring(space + 1).getBytes(StandardCharsets.UTF_8);
                if (line.contains("\"lastUpdateId\"")) {
                    rest.add(new RestBody(frames.size(), frame));
                } else {
                    frames.add(frame);
                    arrivals.addLong(Long.parseLong(line, 0, space, 10));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the capture " + file + ", name another with --capture", e);
        }
        return new CaptureFrames(frames, rest, arrivals.toLongArray());
    }

    /** Returns the capture that the system property {@code millrace.bench.capture} names. */
    static CaptureFrames configured() {
        String named = System.getProperty("millrace.bench.capture");
        if (named == null) {
            throw new IllegalStateException("no capture: set millrace.bench.capture to a recorded .jsonl.gz file");
        }
        return load(Path.of(named));
    }

    /** Returns only the frames whose text contains {@code needle}. */
    CaptureFrames only(String needle) {
        List<byte[]> kept = new ArrayList<>();
        byte[] wanted = needle.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count(); i++) {
            byte[] frame = bytes(i);
            if (contains(frame, wanted)) {
                kept.add(frame);
            }
        }
        return new CaptureFrames(kept, List.of());
    }

    /** Returns the capture up to a frame, with the REST bodies that came before it. */
    CaptureFrames head(int count) {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(bytes(i));
        }
        List<RestBody> rest =
                restBodies.stream().filter(body -> body.beforeFrame() < count).toList();
        return new CaptureFrames(kept, rest, Arrays.copyOf(arrivalNs, count));
    }

    /** Returns the first {@code count} frames, from the front again where there are fewer. */
    CaptureFrames first(int count) {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kept.add(bytes(i % count()));
        }
        return new CaptureFrames(kept, List.of());
    }

    /** Returns frames made of the given texts, repeated in turn until there are {@code count}. */
    static CaptureFrames of(int count, String... texts) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(texts[i % texts.length].getBytes(StandardCharsets.UTF_8));
        }
        return new CaptureFrames(frames, List.of());
    }

    private static boolean contains(byte[] frame, byte[] wanted) {
        for (int i = 0; i + wanted.length <= frame.length; i++) {
            int k = 0;
            while (k < wanted.length && frame[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /** Returns when a frame was received, nanoseconds since the epoch; 0 if it was not recorded. */
    long arrivalNs(int frame) {
        return arrivalNs[frame];
    }

    int count() {
        return offsets.length - 1;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    byte[] heapCopy() {
        return heapCopy;
    }

    int offset(int frame) {
        return offsets[frame];
    }

    int length(int frame) {
        return offsets[frame + 1] - offsets[frame];
    }

    byte[] bytes(int frame) {
        byte[] bytes = new byte[length(frame)];
        buffer.getBytes(offsets[frame], bytes);
        return bytes;
    }

    List<RestBody> restBodies() {
        return restBodies;
    }
}
