package io.millrace.gateway.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where keys come from: a file that only its owner can read, or the environment. A file has a line {@code key = ...} and
 * either a line {@code secret = ...} or a private key in PEM form.
 */
public final class KeySource {
    /** Environment variable of the trading key. */
    public static final String TRADING = "MILLRACE_TRADING";
    /** Environment variable of the key that only reads. */
    public static final String READING = "MILLRACE_READING";

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Pattern KEY = Pattern.compile("(?m)^\\s*key\\s*=\\s*(\\S+)\\s*$");
    private static final Pattern SECRET = Pattern.compile("(?m)^\\s*secret\\s*=\\s*(\\S+)\\s*$");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", Pattern.DOTALL);

    private KeySource() {}

    /**
     * Reads a key from a file.
     *
     * @param file that only its owner, who runs this process, can read: mode 600 or 400.
     * @return the key.
     * @throws IllegalArgumentException if the file cannot be used; the message does not repeat what is in it.
     */
    public static ApiKey fromFile(Path file) {
        try {
            checkPermissions(file);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Matcher pem = PEM.matcher(text);
            String secret = pem.find() ? pem.group() : find(SECRET, text);
            return ApiKey.of(find(KEY, text), secret);
        } catch (IOException e) {
            throw new IllegalArgumentException("key file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "): name a file that is there and yours");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key file " + file + ": " + e.getMessage());
        }
    }

    /**
     * Reads a key from the environment.
     *
     * @param environment as of {@link System#getenv()}.
     * @param name {@link #TRADING} or {@link #READING}; {@code _KEY} and {@code _SECRET} follow it.
     * @return the key, or null if neither is there.
     * @throws IllegalArgumentException if they cannot be used.
     */
    public static ApiKey fromEnvironment(Map<String, String> environment, String name) {
        String key = environment.get(name + "_KEY");
        String secret = environment.get(name + "_SECRET");
        if (key == null && secret == null) {
            return null;
        }
        try {
            return ApiKey.of(key, secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "_KEY and " + name + "_SECRET: " + e.getMessage());
        }
    }

    private static void checkPermissions(Path file) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "its file system knows no owners: use the environment variables instead");
        }
        if (!attributes.isRegularFile()) {
            throw new IllegalArgumentException("it is no regular file: name the file itself, not a link");
        }
        Set<PosixFilePermission> more = EnumSet.noneOf(PosixFilePermission.class);
        more.addAll(attributes.permissions());
        more.removeAll(OWNERS);
        if (!more.isEmpty()) {
            throw new IllegalArgumentException(
                    "others may use it (" + more + "): run 'chmod 600' on it, and think about a new key");
        }
        String user = System.getProperty("user.name");
        if (!attributes.owner().getName().equals(user)) {
            throw new IllegalArgumentException("it belongs to "
                    + attributes.owner().getName() + " and not to " + user + ", who runs this: run 'chown' on it");
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
