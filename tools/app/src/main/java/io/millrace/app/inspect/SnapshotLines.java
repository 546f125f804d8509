package io.millrace.app.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * REST bodies of depth that stand among a capture's frames: wrapped as {@code {"rest":"depth","symbol":…,"data":…}}, or bare,
 * and then of the only symbol of the file.
 */
final class SnapshotLines {
    private static final byte[] WRAPPED = "{\"rest\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BARE = "{\"lastUpdateId\"".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private SnapshotLines() {}

    static boolean isSnapshot(CaptureBlock block, int frame) {
        // The third byte tells a REST body from nearly all frames of a stream.
        return startsWith(block, frame, BARE) || startsWith(block, frame, WRAPPED);
    }

    /** Returns the instrument that a snapshot belongs to, null if nobody can say. */
    static InstrumentSpec instrument(CaptureBlock block, int frame, InstrumentTable table) {
        if (startsWith(block, frame, BARE)) {
            return table.size() == 1 ? table.byId(0) : null;
        }
        JsonNode root = root(block, frame);
        return root.path("rest").asText().equals("depth")
                ? table.find(root.path("symbol").asText())
                : null;
    }

    /** Returns the REST body itself. */
    static ByteBuffer body(CaptureBlock block, int frame) {
        if (startsWith(block, frame, BARE)) {
            return ByteBuffer.wrap(block.bytes(frame));
        }
        return ByteBuffer.wrap(root(block, frame).path("data").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode root(CaptureBlock block, int frame) {
        try {
            return JSON.readTree(block.bytes(frame));
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static boolean startsWith(CaptureBlock block, int frame, byte[] prefix) {
        if (block.length(frame) < prefix.length) {
            return false;
        }
        int offset = block.offset(frame);
        for (int i = 2; i < prefix.length; i++) {
            if (block.buffer().getByte(offset + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
