package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.journal.ProcessLock;
import io.millrace.journal.segment.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Lets one process of this machine trade with a key at a venue. A second engine on the account would take the first one's orders
 * for foreign ones and its positions for unexplained.
 *
 * <p>The lock is named by a digest of venue and key, from which nobody can tell either.
 */
final class AccountLock {
    private static final int NAME_BYTES = 8;

    private AccountLock() {}

    /**
     * Takes the lock.
     *
     * @param config names the venue and the directory of locks.
     * @param trading the key.
     * @return the lock, to be closed at the end.
     * @throws CommandFailure if another process has it, or the directory cannot be written.
     */
    static ProcessLock acquire(Config config, ApiKey trading) {
        Path directory = directory(config.trading().lockDirectory());
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "cannot make trading.lockDirectory=" + directory + ": name a directory that can be written",
                    e);
        }
        String name = "account-" + digest(config.venue().restUri().getAuthority(), trading.name());
        try {
            return ProcessLock.acquire(
                    directory,
                    name,
                    "the account of the trading key at "
                            + config.venue().restUri().getAuthority(),
                    "stop that process, or trade with the key of another account; one process per account, lock="
                            + directory.resolve(name + ".lock"));
        } catch (JournalException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private static Path directory(String configured) {
        return configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".millrace", "locks")
                : Path.of(configured);
    }

    private static String digest(String venue, String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest((venue + "\n" + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
