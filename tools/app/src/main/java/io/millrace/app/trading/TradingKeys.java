package io.millrace.app.trading;

import io.millrace.app.config.TradingConfig;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.nio.file.Path;
import java.util.Map;

/** Where the account's keys come from: files that only their owner can read, or the environment. */
final class TradingKeys {
    private TradingKeys() {}

    /**
     * Reads the keys.
     *
     * @param config names the files; empty names are the environment.
     * @param environment of the process.
     * @throws CommandFailure that says what is missing, and never what is in a key.
     */
    static OrderAgent.Keys of(TradingConfig config, Map<String, String> environment) {
        try {
            ApiKey trading = read(config.keyFile(), environment, KeySource.TRADING);
            ApiKey reading = read(config.readKeyFile(), environment, KeySource.READING);
            if (trading == null) {
                throw new CommandFailure(
                        ExitCodes.USAGE,
                        "trading.mode=" + config.mode() + " needs a key: name its file in trading.keyFile, or set "
                                + KeySource.TRADING + "_KEY and " + KeySource.TRADING + "_SECRET");
            }
            return new OrderAgent.Keys(trading, reading == null ? trading : reading);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, e.getMessage(), e);
        }
    }

    private static ApiKey read(String file, Map<String, String> environment, String name) {
        return file.isEmpty() ? KeySource.fromEnvironment(environment, name) : KeySource.fromFile(Path.of(file));
    }

    /**
     * Reads the key for what only asks: the one that only reads, or the trading key where there is no other.
     *
     * @param config names the files; empty names are the environment.
     * @param environment of the process.
     * @throws CommandFailure as {@link #of}.
     */
    static ApiKey reading(TradingConfig config, Map<String, String> environment) {
        try {
            ApiKey reading = read(config.readKeyFile(), environment, KeySource.READING);
            ApiKey key = reading == null ? read(config.keyFile(), environment, KeySource.TRADING) : reading;
            if (key == null) {
                throw new CommandFailure(
                        ExitCodes.USAGE,
                        "asking the venue needs a key that may read: name its file in trading.readKeyFile, or set "
                                + KeySource.READING + "_KEY and " + KeySource.READING + "_SECRET");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, e.getMessage(), e);
        }
    }
}
