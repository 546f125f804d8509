package io.millrace.app.runtime;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.codecs.event.JournalOpenedDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.journal.JournalReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The configuration that a journal begins with. */
public final class JournalConfiguration {
    private static final int MAX_CHUNKS = 1024;

    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final JournalOpenedDecoder opened = new JournalOpenedDecoder();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean isComplete;

    private JournalConfiguration() {}

    /**
     * Reads it.
     *
     * @param directory of the journal.
     * @throws CommandFailure if the journal does not begin with one.
     */
    public static Config read(Path directory) {
        JournalConfiguration configuration = new JournalConfiguration();
        try (JournalReader inputs = JournalReader.inputs(directory)) {
            int left = MAX_CHUNKS;
            while (!configuration.isComplete && left-- > 0 && inputs.poll(configuration::onMessage, 1) > 0) {
                // Until the last chunk.
            }
        }
        if (!configuration.isComplete) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "journal " + directory
                            + " does not begin with its configuration: it is empty, or its start is lost");
        }
        return ConfigLoader.parse(configuration.text.toString(StandardCharsets.UTF_8), "configuration of " + directory);
    }

    private void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        if (EventHeader.templateId(buffer, offset) != JournalOpenedDecoder.TEMPLATE_ID) {
            return;
        }
        opened.wrapAndApplyHeader(buffer, offset, frame);
        opened.skipBuild();
        byte[] chunk = new byte[opened.configurationLength()];
        opened.getConfiguration(chunk, 0, chunk.length);
        text.writeBytes(chunk);
        isComplete = EventFlags.isLast(EventHeader.flags(buffer, offset));
    }
}
