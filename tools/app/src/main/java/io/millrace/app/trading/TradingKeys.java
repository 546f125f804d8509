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
            ApiKey trading = config.keyFile().isEmpty()
                    ? KeySource.fromEnvironment(environment, KeySource.TRADING)
                    : KeySource.fromFile(Path.of(config.keyFile()));
            ApiKey reading = config.readKeyFile().isEmpty()
                    ? KeySource.fromEnvironment(environment, KeySource.READING)
                    : KeySource.fromFile(Path.of(config.readKeyFile()));
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
}
