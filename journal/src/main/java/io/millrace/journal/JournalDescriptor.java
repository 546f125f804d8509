package io.millrace.journal;

import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.RecordFormat;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Properties;

/**
 * What {@code journal.properties} in a journal's directory says, for people and for the check on opening.
 *
 * @param formatVersion layout of records and directory, see {@link RecordFormat#FORMAT_VERSION}.
 * @param schemaId SBE schema of the messages.
 * @param schemaVersion newest version of that schema that wrote into the journal.
 * @param rollCycle Chronicle's roll cycle of both queues.
 * @param createdBy build that made the journal.
 * @param createdAt when, ISO-8601 in UTC.
 */
public record JournalDescriptor(
        int formatVersion, int schemaId, int schemaVersion, String rollCycle, String createdBy, String createdAt) {
    static final String FILE_NAME = "journal.properties";

    static JournalDescriptor create(JournalSettings settings) {
        return new JournalDescriptor(
                RecordFormat.FORMAT_VERSION,
                MessageHeaderDecoder.SCHEMA_ID,
                MessageHeaderDecoder.SCHEMA_VERSION,
                settings.rollCycle(),
                settings.build(),
                Instant.now().toString());
    }

    /**
     * Reads the descriptor of a journal and checks that this build can read it.
     *
     * @param directory of the journal.
     * @return what it says.
     * @throws JournalException if there is no journal, or a newer build or another schema wrote it.
     */
    public static JournalDescriptor read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            throw new JournalException("no journal in directory=" + directory + ": " + FILE_NAME + " is missing");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new JournalException(
                    "cannot read file=" + file + ": restore it from another journal of this build", e);
        }
        JournalDescriptor descriptor = new JournalDescriptor(
                number(properties, "format.version", file),
                number(properties, "schema.id", file),
                number(properties, "schema.version", file),
                text(properties, "roll.cycle", file),
                text(properties, "created.by", file),
                text(properties, "created.at", file));
        descriptor.check(file);
        return descriptor;
    }

    private void check(Path file) {
        atMost("format.version", formatVersion, RecordFormat.FORMAT_VERSION, file);
        if (schemaId != MessageHeaderDecoder.SCHEMA_ID) {
            throw new JournalException("file=" + file + " schema.id=" + schemaId + " is not this build's "
                    + MessageHeaderDecoder.SCHEMA_ID + ": it is no Millrace journal");
        }
        atMost("schema.version", schemaVersion, MessageHeaderDecoder.SCHEMA_VERSION, file);
    }

    private void atMost(String name, int value, int limit, Path file) {
        if (value < 1 || value > limit) {
            throw new JournalException("file=" + file + " " + name + "=" + value + " is newer than " + limit
                    + ", the newest that this build reads: use the build that wrote it (" + createdBy
                    + ") or a later one");
        }
    }

    JournalDescriptor withSchemaVersion(int version) {
        return new JournalDescriptor(formatVersion, schemaId, version, rollCycle, createdBy, createdAt);
    }

    void write(Path directory) {
        String text = "# A Millrace journal: see docs/journal-format.md\n"
                + "format.version=" + formatVersion + "\n"
                + "schema.id=" + schemaId + "\n"
                + "schema.version=" + schemaVersion + "\n"
                + "roll.cycle=" + rollCycle + "\n"
                + "created.by=" + escape(createdBy) + "\n"
                + "created.at=" + createdAt + "\n";
        Path file = directory.resolve(FILE_NAME);
        Path draft = directory.resolve(FILE_NAME + ".new");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot write file=" + file + ": check that the disk is writable and not full", e);
        }
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", " ");
    }

    private static String text(Properties properties, String key, Path file) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new JournalException("file=" + file + " lacks " + key + ": restore it");
        }
        return value;
    }

    private static int number(Properties properties, String key, Path file) {
        String value = text(properties, key, file);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new JournalException("file=" + file + " " + key + "=" + value + " is not a number: restore it", e);
        }
    }
}
